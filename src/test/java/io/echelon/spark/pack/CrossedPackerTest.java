package io.echelon.spark.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.design.Binder;
import io.echelon.error.EchelonException;
import io.echelon.estimate.linear.MixedEstimator;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.group.CrossedMoments;
import io.echelon.group.NodeKeys;
import io.echelon.spark.Fitted;
import io.echelon.spark.TestSession;
import io.echelon.spark.Workspace;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** Crossed groups from Spark rows: however the rows lie in partitions, the cross-products are the same. */
class CrossedPackerTest {
    private static final String COMMAND = "mixed y x || _all: R.item || school: || pupil:";

    /** 2000 rows: 30 items by name, 8 schools of 5 to 9 pupils numbered anew in each, some values missing. */
    private static Dataset<Row> answers(int partitions) {
        return TestSession.spark().range(0, 2000, 1, 1)
                .selectExpr("*", "pmod(hash(id), 30) AS i", "pmod(hash(id, 1), 8) AS school", "sin(id) AS x")
                .selectExpr("concat('item ', i) AS item", "school", "pmod(hash(id, 2), 5 + school % 5) AS pupil", "x",
                        "IF(id % 100 = 3, NULL, cos(id * 3) + school * 0.3D + i * 0.1D) AS y").repartition(partitions);
    }

    private static PackedCrossed pack(Dataset<Row> data, String command) {
        Statement.Estimation e = (Statement.Estimation) CommandReader.read(command);
        return CrossedPacker.pack(data, Binder.bind(e.spec(), Schemas.of(data.schema()), new FactorSurvey(data), Map.of()));
    }

    @Test
    void partitionsMakeNoDifference() {
        PackedCrossed one = pack(answers(1), COMMAND);
        PackedCrossed many = pack(answers(5).orderBy("x"), COMMAND);
        CrossedMoments a = one.moments();
        CrossedMoments b = many.moments();
        assertEquals(1980, a.n());
        assertEquals(2, a.leafTerm());
        assertEquals(List.of("20 observations dropped because of missing values in y (20)"), one.design().notes());
        assertEquals(30 + 8, a.rootColumns());
        assertEquals("item 0", a.keys()[0][0].label(0));
        assertEquals("item 1", a.keys()[0][0].label(1));
        for (int t = 0; t < 3; t++) {
            assertArrayEquals(a.rows()[t], b.rows()[t]);
            assertEquals(labels(a.keys()[t]), labels(b.keys()[t]));
        }
        assertArrayEquals(a.cells().start(), b.cells().start());
        assertArrayEquals(a.cells().column(), b.cells().column());
        assertArrayEquals(a.root().column(), b.root().column());
        assertArrayEquals(a.cells().value(), b.cells().value(), 1e-12);
        assertArrayEquals(a.root().value(), b.root().value(), 1e-12);
    }

    private static List<String> labels(NodeKeys[] keys) {
        int nodes = keys[0] instanceof NodeKeys.Whole w ? w.values().length : 30;
        return IntStream.range(0, nodes)
                .mapToObj(k -> Arrays.stream(keys).map(v -> v.label(k)).toList().toString()).toList();
    }

    @Test
    void cellsHoldWhatTheRowsHold() {
        CrossedMoments m = pack(answers(3), COMMAND).moments();
        Map<String, Long> counts = new java.util.HashMap<>();
        for (Row r : answers(3).where("y IS NOT NULL").groupBy("item", "school", "pupil").count().collectAsList()) {
            counts.put(r.get(0) + "," + r.get(1) + "," + r.get(2), r.getLong(3));
        }
        int seen = 0;
        for (int pupil = 0; pupil < m.nodes(2); pupil++) {
            for (int cell = m.cells().start()[pupil]; cell < m.cells().start()[pupil + 1]; cell++) {
                int column = m.cells().column()[cell];
                if (column < 30) {
                    String key = m.keys()[0][0].label(column) + "," + m.keys()[2][0].label(pupil) + ","
                            + m.keys()[2][1].label(pupil);
                    assertEquals(counts.get(key).doubleValue(), m.cells().value()[cell], key);
                    seen++;
                }
            }
        }
        assertEquals(counts.size(), seen);
    }

    @Test
    void theFactorWithMostLevelsBecomesTheInnermost() {
        PackedCrossed packed = pack(answers(2), "mixed y x || _all: R.item || _all: R.school");
        assertEquals(0, packed.moments().leafTerm());
        assertTrue(packed.design().notes().contains("the effects of item, with 30 groups, were taken as the innermost level"),
                packed.design().notes().toString());
    }

    @Test
    void fitsFromTheCommandAndPredicts() {
        Workspace workspace = new Workspace(answers(3));
        Fitted fit = (Fitted) workspace.run(CommandReader.read(COMMAND), i -> { }).orElseThrow();
        assertTrue(fit.estimates().converged());
        assertEquals(List.of("_all", "school", "pupil"), fit.estimates().groups().stream().map(g -> g.level()).toList());
        Dataset<Row> effects = fit.randomEffects().get();
        assertEquals(30, effects.where("level = '_all' AND term = 'R.item'").count());
        assertEquals(1, effects.where("level = 'school>pupil' AND group = '3>2'").count());
        double low = effects.where("group = 'item 0'").first().getDouble(3);
        double high = effects.where("group = 'item 29'").first().getDouble(3);
        assertTrue(high - low > 2.5, low + " " + high);
    }

    private static Fitted fitted(Dataset<Row> data, String command) {
        return (Fitted) new Workspace(data).run(CommandReader.read(command), i -> { }).orElseThrow();
    }

    /** Indicators of the crossed factor in nested levels: another way to the same likelihood. */
    @Test
    void agreesWithIndicators() {
        Dataset<Row> data = answers(2);
        Statement.Estimation e = (Statement.Estimation) CommandReader.read(COMMAND);
        PackedMoments nested = MomentsPacker.pack(data, Binder.bindWithIndicators(e.spec(), Schemas.of(data.schema()),
                new FactorSurvey(data), Map.of()));
        Estimates wanted = MixedEstimator.fit(nested.design(), nested.parts(), nested.standardization(), i -> { }).estimates();
        Estimates got = fitted(data, COMMAND).estimates();
        assertEquals(wanted.logLikelihood(), got.logLikelihood(), 1e-7);
        assertEquals(wanted.groups(), got.groups());
        for (int i = 0; i < 4; i++) {
            VarianceComponent want = wanted.varianceComponents().get(i);
            VarianceComponent have = got.varianceComponents().get(i);
            assertEquals(want.term(), have.term());
            assertEquals(want.estimate(), have.estimate(), 1e-6 * (1 + want.estimate()), want.term());
            assertEquals(want.stdError(), have.stdError(), 1e-5, want.term());
        }
    }

    /** What needs the rows of a group together takes the crossed factor as indicators. */
    @Test
    void weightsCountRows() {
        Dataset<Row> data = answers(1).withColumn("two", functions.lit(2));
        Estimates weighted = fitted(data, "mixed y x [fweight=two] || _all: R.school || pupil:").estimates();
        Estimates doubled = fitted(data.union(data), "mixed y x || _all: R.school || pupil:").estimates();
        assertEquals(doubled.observations(), weighted.observations());
        assertEquals(doubled.logLikelihood(), weighted.logLikelihood(), 1e-6);
    }

    @Test
    void saysWhatIsWrongWithGroups() {
        Dataset<Row> data = answers(1).withColumn("half", functions.expr("x / 2"));
        EchelonException e = assertThrows(EchelonException.class, () -> pack(data, "mixed y || _all: R.half || school:"));
        assertTrue(e.getMessage().startsWith("level variable half has the value "), e.getMessage());
        e = assertThrows(EchelonException.class,
                () -> pack(data.where("x > 5"), "mixed y || _all: R.item || school:"));
        assertTrue(e.getMessage().startsWith("no observations"), e.getMessage());
    }
}
