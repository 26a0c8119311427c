package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Unstructured;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.ResidualModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final String[] NAMES = {"a", "b", "x", "y", "row", "inner", "outer"};

    /** 8 groups a of 3 groups b of 4 rows; weights 1 to 3 of rows, of groups b and of groups a. */
    private static List<double[]> rows() {
        Random random = new Random(11);
        List<double[]> rows = new ArrayList<>();
        for (int a = 0; a < 8; a++) {
            double u = random.nextGaussian();
            for (int b = 0; b < 3; b++) {
                double v = 0.8 * random.nextGaussian();
                for (int i = 0; i < 4; i++) {
                    double x = 5 + random.nextGaussian();
                    rows.add(new double[] {a, b, x, u + v + x + random.nextGaussian(), 1 + (a + i) % 3, 1 + (a + b) % 2,
                        1 + a % 3});
                }
            }
        }
        return rows;
    }

    /** Rows and groups written out as often as their weights say. */
    private static List<double[]> writtenOut() {
        List<double[]> all = new ArrayList<>();
        for (double[] r : rows()) {
            for (int outer = 0; outer < r[6]; outer++) {
                for (int inner = 0; inner < r[5]; inner++) {
                    for (int row = 0; row < r[4]; row++) {
                        double[] copy = r.clone();
                        copy[0] = 10 * r[0] + outer;
                        copy[1] = 10 * r[1] + inner;
                        all.add(copy);
                    }
                }
            }
        }
        return all;
    }

    private static Table table(List<double[]> rows) {
        Table table = new Table();
        for (int c = 0; c < NAMES.length; c++) {
            int column = c;
            table = table.with(NAMES[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return table;
    }

    private static TestModel model(List<double[]> rows) {
        return new TestModel(table(rows), "y").x("x").level("a", new Unstructured(2), "x", "_cons")
                .level("b", new Identity(1), "_cons");
    }

    private static TestModel weighted(boolean frequency) {
        return model(rows()).weight("_row", "row", frequency).weight("b", "inner", frequency)
                .weight("a", "outer", frequency);
    }

    private static void same(Estimates wanted, Estimates got, boolean errors) {
        assertEquals(wanted.logLikelihood(), got.logLikelihood(), 1e-9 * Math.abs(wanted.logLikelihood()));
        for (int i = 0; i < wanted.coefficients().size(); i++) {
            Coefficient w = wanted.coefficients().get(i);
            Coefficient g = got.coefficients().get(i);
            assertEquals(w.estimate(), g.estimate(), 1e-6);
            if (errors) {
                assertEquals(w.stdError(), g.stdError(), 1e-6);
            }
        }
        for (int i = 0; i < wanted.varianceComponents().size(); i++) {
            VarianceComponent w = wanted.varianceComponents().get(i);
            VarianceComponent g = got.varianceComponents().get(i);
            assertEquals(w.estimate(), g.estimate(), 1e-5);
            if (errors) {
                assertEquals(w.stdError(), g.stdError(), 1e-4);
            }
        }
    }

    @Test
    void frequencyWeightsEqualRowsAndGroupsWrittenOut() {
        Estimates wanted = model(writtenOut()).fit().estimates();
        Estimates got = weighted(true).fit(3).estimates();
        same(wanted, got, true);
        assertEquals(wanted.observations(), got.observations());
        assertEquals(wanted.groups(), got.groups());
    }

    @Test
    void frequencyWeightsOfCorrelatedRowsEqualRowsWrittenOut() {
        Estimates wanted = exchangeable(writtenOut()).fit().estimates();
        same(wanted, exchangeable(rows()).weight("_row", "row", true).weight("b", "inner", true).weight("a", "outer", true)
                .fit(3).estimates(), true);
    }

    private static TestModel exchangeable(List<double[]> rows) {
        return new TestModel(table(rows), "y").x("x").level("a", new Identity(1), "_cons").level("b")
                .residuals(new ResidualModel(List.of(new Exchangeable()), null, null), null, null);
    }

    @Test
    void robustErrorsOfFrequencyWeightsEqualThoseOfRowsAndGroupsWrittenOut() {
        same(model(writtenOut()).robust().fit().estimates(), weighted(true).robust().fit(2).estimates(), true);
    }

    @Test
    void samplingWeightsGiveTheSameEstimates() {
        Estimates wanted = model(writtenOut()).fit().estimates();
        Estimates got = weighted(false).fit().estimates();
        same(wanted, got, false);
        assertEquals(96, got.observations());
    }

    @Test
    void weightsThatCannotBeAreRefused() {
        List<double[]> rows = rows();
        rows.get(3)[4] = -1;
        EchelonException negative = assertThrows(EchelonException.class,
                () -> model(rows).weight("_row", "row", false).fit());
        assertTrue(negative.getMessage().contains("must not be negative"), negative.getMessage());
        rows.get(3)[4] = 1.5;
        EchelonException fraction = assertThrows(EchelonException.class,
                () -> model(rows).weight("_row", "row", true).fit());
        assertTrue(fraction.getMessage().contains("pweight"), fraction.getMessage());
    }

    @Test
    void robustErrorsOfReferenceResults() throws IOException {
        JsonNode models = MixedGoldenTest.golden("robust_se").get("models");
        robust(models.get(0), new TestModel(Table.shared("pig.csv"), "weight").x("week")
                .level("id", new Identity(1), "_cons"));
        robust(models.get(1), new TestModel(Table.shared("pig.csv"), "weight").x("week")
                .level("id", new Unstructured(2), "week", "_cons"));
        robust(models.get(2), new TestModel(Table.shared("sleepstudy.csv"), "reaction").x("days")
                .level("subject", new Unstructured(2), "days", "_cons"));
    }

    private static void robust(JsonNode golden, TestModel model) {
        List<Coefficient> table = model.robust().fit().estimates().coefficients();
        JsonNode se = golden.get("se").get("with_M_over_M_minus_1");
        assertEquals(se.get("(Intercept)").asDouble(), table.get(1).stdError(), 2e-6 * table.get(1).stdError());
        assertEquals(se.get(table.get(0).term()).asDouble(), table.get(0).stdError(), 2e-6 * table.get(0).stdError());
    }
}
