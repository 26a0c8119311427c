package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Regressors that predict a binary response perfectly are left out with their observations, as the manual does. */
class PerfectPredictionTest {
    private static final int ROWS = 400;

    private static double[] column(IntToDoubleFunction f) {
        return IntStream.range(0, ROWS).mapToDouble(f).toArray();
    }

    /** Group 7 holds nothing but observations with {@code sure = 1}; {@code other} is 1 for half of those and for few others. */
    private static Table table() {
        Random random = new Random(8);
        double[] u = random.doubles(20, -1, 1).toArray();
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        double[] sure = column(i -> i / 20 == 7 || i % 50 == 3 ? 1 : 0);
        double[] y = column(i -> sure[i] == 1 || random.nextDouble() < 1 / (1 + Math.exp(-x[i] - u[i / 20])) ? 1 : 0);
        double[] other = column(i -> sure[i] == 1 ? i % 2 : i % 40 == 6 ? y[i] : 1);
        return new Table().with("id", column(i -> i / 20)).with("x", x).with("sure", sure).with("y", y).with("other", other)
                .with("decisive", column(i -> y[i] * 2 - 1)).with("touching", column(i -> i % 3 == 0 ? 1 : y[i] == 1 ? 1 + x[i] * x[i] : x[i]))
                .with("n", column(i -> 3)).with("k", column(i -> sure[i] == 1 ? 3 : y[i] + 1));
    }

    private static Estimates fit(String command) {
        return new GeneralizedTestModel(table(), command).fit().estimates();
    }

    private static Table without(String name) {
        Table all = table();
        int[] left = IntStream.range(0, ROWS).filter(i -> all.column(name)[i] == 0).toArray();
        Table rest = new Table();
        for (String column : all.names()) {
            rest = rest.with(column, IntStream.of(left).mapToDouble(i -> all.column(column)[i]).toArray());
        }
        return rest;
    }

    @Test
    void areLeftOutWithTheirObservations() {
        int left = 400 - 20 - 8 + 1;
        for (String binomial : List.of("melogit y x sure || id:", "melogit k x sure || id:, binomial(n)")) {
            Estimates e = fit(binomial);
            assertEquals(List.of("sure != 0 predicts success perfectly; sure omitted and " + (400 - left) + " obs not used"),
                    e.notes());
            assertEquals(left, e.observations());
            assertEquals(19, e.groups().get(0).n());
            Coefficient sure = e.coefficients().get(1);
            assertEquals(Column.Status.OMITTED, sure.status());
            Estimates rest = new GeneralizedTestModel(without("sure"), binomial.replace(" sure", "")).fit().estimates();
            assertEquals(rest.logLikelihood(), e.logLikelihood(), 1e-9);
            assertEquals(rest.coefficients().get(0).estimate(), e.coefficients().get(0).estimate(), 1e-7);
            assertEquals(rest.wald().orElseThrow().statistic(), e.wald().orElseThrow().statistic(), 1e-9);
            assertEquals(1, e.wald().orElseThrow().df());
        }
    }

    @Test
    void asisKeepsThem() {
        Estimates e = fit("melogit y x sure, asis || id:");
        assertEquals(400, e.observations());
        assertEquals(List.of(), e.notes());
        assertTrue(e.coefficients().get(1).estimate() > 10);
    }

    @Test
    void aValueOfAVariableMayDecide() {
        Estimates e = fit("melogit y x touching || id:");
        assertEquals(List.of("outcome = touching > 1 predicts data perfectly except for touching == 1 subsample; touching"
                + " omitted and all other obs not used"), e.notes());
        assertEquals(IntStream.range(0, ROWS).filter(i -> table().column("touching")[i] == 1).count(), e.observations());
    }

    @Test
    void aRegressorThatDecidesEveryOutcomeIsRefused() {
        EchelonException e = assertThrows(EchelonException.class, () -> fit("meprobit y x decisive || id:"));
        assertTrue(e.getMessage().startsWith("outcome = decisive > -1 predicts data perfectly"), e.getMessage());
    }
}
