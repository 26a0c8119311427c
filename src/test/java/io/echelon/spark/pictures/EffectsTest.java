package io.echelon.spark.pictures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.fit.RandomEffects;
import io.echelon.picture.CaterpillarPlot;
import io.echelon.spark.TestSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class EffectsTest {
    private static final StructType SCHEMA = new StructType().add("level", "string").add("group", "string")
            .add("term", "string").add("estimate", "double").add("std_error", "double");

    private static Dataset<Row> table(List<Row> rows) {
        return TestSession.spark().createDataFrame(rows, SCHEMA);
    }

    @Test
    void everyGroupOfFewHasItsInterval() {
        Effects effects = new Effects(table(List.of(RowFactory.create("id", "a", "_cons", 2.0, 1.0),
                RowFactory.create("id", "b", "_cons", -3.0, 1.0), RowFactory.create("id", "c", "_cons", .5, null),
                RowFactory.create("id", "a", "week", .1, .2))));
        Effects.Term term = effects.terms().get(0);
        assertEquals(List.of("_cons[id]", "week[id]"), effects.terms().stream().map(Effects.Term::label).toList());
        List<CaterpillarPlot.Item> items = effects.items(term);
        assertEquals(List.of("b", "c", "a"), items.stream().map(CaterpillarPlot.Item::name).toList());
        assertEquals(2 + 1.959964, items.get(2).high(), 1e-6);
        assertEquals(.5, items.get(1).low());
        assertEquals(2, effects.awayFromZero(term));
    }

    @Test
    void arraysAndTheTableGiveTheSamePicture() {
        int n = 500;
        List<Row> rows = new ArrayList<>();
        List<String[]> keys = new ArrayList<>();
        double[] estimates = new double[2 * n];
        double[] errors = new double[2 * n];
        for (int k = 0; k < 2 * n; k++) {
            estimates[k] = Math.sin(k);
            errors[k] = .1 + k % 3;
            if (k % 2 == 0) {
                keys.add(new String[] {"s" + k % 7, "c" + k});
            }
            rows.add(RowFactory.create("school>class", String.join(">", keys.get(k / 2)), k % 2 == 0 ? "x" : "_cons", estimates[k],
                    errors[k]));
        }
        Effects table = new Effects(table(rows));
        Effects arrays = new Effects(List.of(new RandomEffects("school>class", keys, List.of("x", "_cons"), estimates, errors)));
        assertEquals(table.terms(), arrays.terms());
        for (Effects.Term term : table.terms()) {
            assertEquals(table.awayFromZero(term), arrays.awayFromZero(term));
            assertEquals(table.items(term), arrays.items(term));
        }
    }

    @Test
    void indicatorsOfAFactorAreGroups() {
        Effects effects = new Effects(table(List.of(RowFactory.create("_all", "", "1.year", 2.0, 1.0),
                RowFactory.create("_all", "", "2.year", 1.0, 1.0))));
        assertEquals(List.of("R.year"), effects.terms().stream().map(Effects.Term::label).toList());
        assertEquals(List.of("2", "1"),
                effects.items(effects.terms().get(0)).stream().map(CaterpillarPlot.Item::name).toList());
    }

    @Test
    void manyGroupsAreMeansOfNeighboursThatCountAllOfThem() {
        int n = 10_000;
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            // Multiples of 7919 modulo 10,000 visit every group once, in no order.
            double b = (k * 7919L % n) / 1000.0 - 5;
            rows.add(RowFactory.create("id", "g" + k, "_cons", b, .1));
        }
        Effects effects = new Effects(table(rows).repartition(3));
        List<CaterpillarPlot.Item> items = effects.items(effects.terms().get(0));
        assertEquals(200, items.size());
        for (int k = 1; k < items.size(); k++) {
            assertTrue(items.get(k).estimate() > items.get(k - 1).estimate());
            assertTrue(items.get(k).rank() > items.get(k - 1).rank());
        }
        for (CaterpillarPlot.Item i : items) {
            assertEquals((i.rank() - 1) / 1000 - 5, i.estimate(), .0105);
            assertEquals(2 * 1.959964 * .1, i.high() - i.low(), 1e-6);
        }
        assertEquals(n, effects.values(effects.terms().get(0)).count());
    }
}
