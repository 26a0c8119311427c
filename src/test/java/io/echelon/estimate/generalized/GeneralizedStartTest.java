package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.Iteration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever a maximisation starts and by whatever algorithm it goes, it ends at the same maximum; bad starts are told. */
class GeneralizedStartTest {
    private static final String COMMAND = "melogit y x || id: x, cov(un) intpoints(5)";

    private static GeneralizedTestModel model(String command) {
        Random random = new Random(5);
        int n = 600;
        double[] u = IntStream.range(0, 60).mapToDouble(g -> random.nextGaussian()).toArray();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] y = IntStream.range(0, n).mapToDouble(i -> random.nextDouble()
                < 1 / (1 + Math.exp(-0.3 - 0.7 * x[i] - u[i / 10] * (1 + 0.5 * x[i]))) ? 1 : 0).toArray();
        Table t = new Table().with("id", IntStream.range(0, n).mapToDouble(i -> i / 10).toArray()).with("x", x).with("y", y);
        return new GeneralizedTestModel(t, command).matrix("b", new double[][] {{0.5}, {0.2}, {0.8}, {1.1}, {0.1}})
                .matrix("square", new double[][] {{1, 2}, {3, 4}});
    }

    private static Estimates fit(String options) {
        return model(COMMAND + " " + options).fit().estimates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"startvalues(zero)", "startvalues(constantonly)", "startgrid", "startgrid(0.5 2 _cons[id])",
        "startgrid(0.1 x[id]*_cons[id])", "from(b)", "from(.5 .2 .8 1.1 .1, copy)", "from(x=1 y:_cons=-1 var(x[id])=2)",
        "from(cov(x,_cons[id])=-0.3 foo=2, skip)", "technique(bhhh)", "technique(bhhh 3 nr 2)", "technique(dfp)", "difficult"})
    void endsAtTheSameMaximum(String options) {
        Estimates wanted = fit("");
        Estimates e = fit(options);
        assertTrue(e.converged(), options);
        assertEquals(wanted.logLikelihood(), e.logLikelihood(), 1e-6);
        for (int k = 0; k < 2; k++) {
            assertEquals(wanted.coefficients().get(k).estimate(), e.coefficients().get(k).estimate(),
                    5e-3 * wanted.coefficients().get(k).stdError());
        }
    }

    @Test
    void fromSaysWhereTheFirstIterationIs() {
        Estimates e = fit("from(b) iterate(0)");
        assertEquals(List.of(0.5, 0.2), e.coefficients().stream().map(c -> c.estimate()).toList());
        assertEquals(1.1, e.varianceComponents().get(1).estimate(), 1e-12);
        assertEquals(0.1, e.varianceComponents().get(2).estimate(), 1e-12);
        assertTrue(e.coefficients().get(0).stdError() > 0);
        assertEquals(0, fit("from(_cons=0 x=0) iterate(0)").coefficients().get(1).estimate());
        assertTrue(fit("from(_cons=0 x=0) iterate(0)").coefficients().get(1).stdError() > 0);
        assertEquals(List.of("fixed", "full"), e.iterations().stream().map(Iteration::phase).distinct().toList());
    }

    @Test
    void theGridMovesEveryVariance() {
        long nodes = model("melogit y x || id: x, intpoints(3) startgrid").fit().estimates().iterations().stream()
                .filter(i -> i.phase().equals("grid")).count();
        assertEquals(9, nodes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"from(z=1); no parameter z", "from(1 2); need option copy", "from(1 2, copy); 2 values given",
        "from(x=1, keep); copy or skip, not keep", "from(c); matrix c not found", "from(square); 2 rows and 2 columns",
        "from(x); matrix x not found", "from(x=one); not of the form name=value", "from(var(x[id])=-1); positive variances",
        "from(cov(x,_cons[id])=7); definite covariance matrices", "startgrid(1 z[id]); no parameter var(z[id])",
        "startgrid(1 2 3 4 5 6 7 8 9 10 11 _cons[id] x[id] x[id]*_cons[id]); at most 1000"})
    void badStartsAreTold(String option, String message) {
        EchelonException e = assertThrows(EchelonException.class, () -> fit(option));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
