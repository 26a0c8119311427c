package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fits of simulated data: known parameters come back, options act, bad input is told. */
class GeneralizedEstimatorTest {
    private static final int GROUPS = 120;
    private static final int ROWS = GROUPS * 10;

    private static Table simulated() {
        Random random = new Random(3);
        double[] u = new double[GROUPS];
        double[] w = new double[GROUPS * 2];
        IntStream.range(0, u.length).forEach(g -> u[g] = 0.7 * random.nextGaussian());
        IntStream.range(0, w.length).forEach(g -> w[g] = 0.6 * random.nextGaussian());
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        IntToDoubleFunction eta = i -> 0.4 + 0.8 * x[i] + u[i / 10] + w[i / 5];
        return new Table().with("id", column(i -> i / 10)).with("visit", column(i -> i / 5 % 2)).with("x", x)
                .with("zero", column(i -> 0)).with("minus", column(i -> i % 7 - 1)).with("twice", column(i -> 2 * x[i]))
                .with("binary", column(i -> random.nextDouble() < 1 / (1 + Math.exp(-eta.applyAsDouble(i))) ? 1 : 0))
                .with("count", column(i -> poisson(random, Math.exp(eta.applyAsDouble(i)))))
                .with("positive", column(i -> -Math.exp(eta.applyAsDouble(i)) * Math.log(random.nextDouble())));
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        int k = 0;
        for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
            k++;
        }
        return k;
    }

    private static double[] column(IntToDoubleFunction f) {
        return IntStream.range(0, ROWS).mapToDouble(f).toArray();
    }

    private static Estimates fit(String command) {
        return new GeneralizedTestModel(simulated(), command).fit().estimates();
    }

    private static void recovers(Estimates e, String slope) {
        assertTrue(e.converged());
        for (Coefficient c : e.coefficients()) {
            double truth = c.term().equals("_cons") ? 0.4 : c.term().equals(slope) ? 0.8 : Double.NaN;
            if (!Double.isNaN(truth)) {
                assertEquals(truth, c.estimate(), 3 * c.stdError(), c.term());
            }
        }
        for (VarianceComponent v : e.varianceComponents()) {
            double truth = v.level().equals("id") ? 0.49 : 0.36;
            assertEquals(truth, v.estimate(), 3 * v.stdError(), v.term());
        }
    }

    @Test
    void parametersOfThreeLevelsComeBack() {
        recovers(fit("melogit binary x || id: || visit:, intpoints(5)"), "x");
        recovers(fit("mepoisson count x || id: || visit:, intpoints(5)"), "x");
        recovers(fit("meglm positive x || id: || visit:, family(gamma) intpoints(5)"), "x");
    }

    @Test
    void collinearRegressorsAreLeftOut() {
        Estimates e = fit("melogit binary x twice || id:");
        assertTrue(e.notes().contains("twice omitted because of collinearity"), e.notes().toString());
        assertEquals(fit("melogit binary x || id:").logLikelihood(), e.logLikelihood(), 1e-8);
    }

    @Test
    void equalCoefficientsUnderAConstraint() {
        Table t = simulated().with("x2", r -> r.get("x") * r.get("x"));
        Estimates e = new GeneralizedTestModel(t, "mepoisson count x x2 || id:").constraint("constraint 1 x = x2").fit()
                .estimates();
        assertEquals(e.coefficients().get(0).estimate(), e.coefficients().get(1).estimate(), 1e-12);
        assertEquals(e.coefficients().get(0).stdError(), e.coefficients().get(1).stdError(), 1e-12);
        Estimates sum = new GeneralizedTestModel(t.with("s", r -> r.get("x") + r.get("x2")), "mepoisson count s || id:").fit()
                .estimates();
        assertEquals(sum.logLikelihood(), e.logLikelihood(), 1e-7);
    }

    @Test
    void robustStandardErrorsOfAGoodModelAreCloseToTheOthers() {
        Estimates plain = fit("mepoisson count x || id: || visit:, intpoints(5)");
        Estimates robust = fit("mepoisson count x || id: || visit:, intpoints(5) vce(robust)");
        assertEquals(plain.logLikelihood(), robust.logLikelihood(), 1e-9);
        assertEquals(1, robust.coefficients().get(0).stdError() / plain.coefficients().get(0).stdError(), 0.3);
        assertTrue(robust.lr().isEmpty());
    }

    @Test
    void theGridOfStartingVariancesIsTried() {
        Estimates e = fit("melogit binary x || id:, startgrid(0.2 5)");
        assertEquals(2, e.iterations().stream().filter(i -> i.phase().equals("grid")).count());
    }

    private static void refused(String command, String message) {
        EchelonException e = assertThrows(EchelonException.class, () -> fit(command));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void badInputIsTold() {
        refused("mepoisson minus x || id:", "minus has a count of -1; counts must be whole numbers from 0");
        refused("mepoisson positive x || id:", "counts must be whole numbers");
        refused("meglm minus x || id:, family(gamma)", "must be positive");
        refused("melogit zero x || id:", "zero does not vary");
        refused("mepoisson count x, exposure(zero) || id:", "exposures must be positive");
        refused("meologit positive x || id:", "more than 100 distinct values");
        refused("melogit binary x || id: x zero minus twice count, intpoints(30)", "more than memory holds");
        refused("melogit binary x || id:, intpoints(3 3)", "2 numbers for 1 levels");
        refused("melogit minus x || id:, binomial(3)", "minus has a count of -1");
        refused("melogit twice x || id:, binomial(2)", "counts must be whole numbers from 0");
        refused("melogit count x || id:, binomial(2)", "above its binomial denominator 2");
        refused("meologit binary x || id: || visit: x minus, intpoints(150 60)", "GB, more than memory holds; use at most intpoints(");
    }

    @Test
    void contradictingConstraintsAreTold() {
        GeneralizedTestModel model = new GeneralizedTestModel(simulated(), "melogit binary x || id:")
                .constraint("constraint 1 x = 1").constraint("constraint 2 x = 2");
        EchelonException e = assertThrows(EchelonException.class, model::fit);
        assertTrue(e.getMessage().contains("contradicts"), e.getMessage());
        GeneralizedTestModel unknown = new GeneralizedTestModel(simulated(), "melogit binary x || id:")
                .constraint("constraint 1 _b[var(_cons[ids]):_cons] = 1");
        assertTrue(assertThrows(EchelonException.class, unknown::fit).getMessage().contains("did you mean var(_cons[id])?"));
    }
}
