package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models of many integration points start near their maximum, and end where they would have ended. */
class LaplaceStartTest {
    private static Table data() {
        Random random = new Random(21);
        int n = 400;
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] z = random.doubles(n, -1, 1).toArray();
        double[] u = random.doubles(3 * 20).map(p -> 3 * p - 1.5).toArray();
        return new Table().with("id", IntStream.range(0, n).mapToDouble(i -> (int) i / 20).toArray()).with("x", x).with("z", z)
                .with("y", IntStream.range(0, n).mapToDouble(i -> {
                    double eta = 0.3 + u[i / 20] + (1 + u[20 + i / 20]) * x[i] + u[40 + i / 20] * z[i];
                    return random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
                }).toArray());
    }

    private static Estimates fit(String options) {
        return new GeneralizedTestModel(data(), "melogit y x || id: x z, " + options).fit().estimates();
    }

    @Test
    void theStartSavesIterationsAndNothingElse() {
        Estimates near = fit("intpoints(7)");
        Estimates far = fit("intpoints(7) startgrid(1)");
        assertEquals(far.logLikelihood(), near.logLikelihood(), 1e-6 * Math.abs(far.logLikelihood()));
        for (int k = 0; k < 2; k++) {
            assertEquals(far.coefficients().get(k).estimate(), near.coefficients().get(k).estimate(),
                    1e-3 * far.coefficients().get(k).stdError());
        }
        assertTrue(iterations(near) < iterations(far), iterations(near) + " and " + iterations(far));
    }

    private static long iterations(Estimates e) {
        return e.iterations().stream().filter(i -> i.phase().equals("full")).count();
    }

    @Test
    void longFitsAreAnnounced() {
        assertEquals(List.of("1,000 integration points for each observation take long; fewer intpoints() or intmethod(laplace)"
                + " take less"), fit("intpoints(10) iterate(0)").notes());
        assertEquals(List.of(), fit("intmethod(laplace) iterate(0)").notes());
    }
}
