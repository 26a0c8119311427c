package io.echelon.postestimation.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.link.Normal;
import org.junit.jupiter.api.Test;

/** Means over a normal variable against closed forms and Gauss-Hermite rules. */
class NormalMeanTest {
    @Test
    void closedForms() {
        for (double s : new double[] {0, 1e-8, 0.1, 1, 3}) {
            assertEquals(Math.exp(0.4 + s * s / 2), NormalMean.of(Math::exp, 0.4, s), 1e-12 * Math.exp(0.4 + s * s / 2));
            assertEquals(0.4, NormalMean.of(e -> e, 0.4, s), 1e-13);
            assertEquals(Math.exp(Normal.logCdf(0.4 / Math.sqrt(1 + s * s))),
                    NormalMean.of(e -> Math.exp(Normal.logCdf(e)), 0.4, s), 1e-12);
        }
    }

    @Test
    void steepFunctions() {
        for (double s : new double[] {1, 5, 20}) {
            // A logistic function of slope 5, by midpoints of a fine grid.
            double fine = 0;
            for (int k = -400_000; k < 400_000; k++) {
                double t = (k + 0.5) * 3e-5;
                fine += 3e-5 * Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI) / (1 + Math.exp(-5 * (0.3 + s * t)));
            }
            assertEquals(fine, NormalMean.of(e -> 1 / (1 + Math.exp(-5 * e)), 0.3, s), 1e-9);
        }
    }

    /** Those of exp(η + s²/2), and of Φ(η/√(1 + s²)), whose derivatives are φ times Hermite polynomials. */
    @Test
    void derivativesInTheLinearPredictor() {
        double[] d = new double[5];
        for (double s : new double[] {0, 0.01, 0.099, 0.1, 0.7, 3}) {
            NormalMean.derivatives(Math::exp, 0.4, s, d);
            double mean = Math.exp(0.4 + s * s / 2);
            for (int k = 0; k <= 4; k++) {
                assertEquals(mean, d[k], (k < 3 ? 1e-10 : 3e-8) * mean, "s = " + s + ", derivative " + k);
            }
            NormalMean.derivatives(e -> Math.exp(Normal.logCdf(e)), 0.4, s, d);
            double a = 1 / Math.sqrt(1 + s * s);
            double z = 0.4 * a;
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double[] wanted = {Math.exp(Normal.logCdf(z)), a * density, -a * a * z * density,
                a * a * a * (z * z - 1) * density, Math.pow(a, 4) * (3 * z - z * z * z) * density};
            for (int k = 0; k <= 4; k++) {
                assertEquals(wanted[k], d[k], k < 3 ? 1e-10 : 3e-8, "s = " + s + ", derivative " + k);
            }
        }
    }
}
