package io.echelon.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every implementation must do; the system's libraries are tested where there are any. */
class LargeSymmetricTest {
    private static final double ABOVE = 77;

    static Stream<LargeSymmetric> implementations() {
        return Stream.concat(Stream.of(new JavaSymmetric()), NativeSymmetric.installed().stream());
    }

    /** Lower triangle of a positive definite matrix, with something else above the diagonal. */
    private static double[] positiveDefinite(int n) {
        Random random = new Random(n);
        double[] a = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i * n + j] = j > i ? ABOVE : j == i ? n : random.nextGaussian();
            }
        }
        return a;
    }

    private static RealMatrix symmetric(double[] a, int n) {
        RealMatrix m = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                m.setEntry(i, j, a[Math.max(i, j) * n + Math.min(i, j)]);
            }
        }
        return m;
    }

    private static RealMatrix full(double[] a, int n) {
        RealMatrix m = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            m.setRow(i, Arrays.copyOfRange(a, i * n, (i + 1) * n));
        }
        return m;
    }

    /** Largest difference of two elements. */
    private static double distance(RealMatrix a, RealMatrix b) {
        return Arrays.stream(a.subtract(b).getData()).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElse(0);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void factorsAndInverts(LargeSymmetric algebra) {
        for (int n : new int[] {1, 2, 31, 32, 33, 65, 129, 200, 301}) {
            double[] a = positiveDefinite(n);
            RealMatrix original = symmetric(a, n);
            assertTrue(algebra.factor(a, n));
            RealMatrix lower = MatrixUtils.createRealMatrix(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    lower.setEntry(i, j, a[i * n + j]);
                }
            }
            assertEquals(0, distance(lower.multiply(lower.transpose()), original), 1e-12 * n, "factor of " + n);
            algebra.invert(a, n);
            RealMatrix identity = MatrixUtils.createRealIdentityMatrix(n);
            assertEquals(0, distance(symmetric(a, n).multiply(original), identity), 1e-12 * n, "inverse of " + n);
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    assertEquals(ABOVE, a[i * n + j], "above the diagonal of " + n);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void multiplies(LargeSymmetric algebra) {
        for (int n : new int[] {1, 7, 128, 131, 260}) {
            double[] a = positiveDefinite(n);
            double[] b = new Random(1).doubles((long) n * n).toArray();
            double[] c = new double[n * n];
            algebra.multiply(a, b, c, n);
            RealMatrix product = symmetric(a, n).multiply(full(b, n));
            assertEquals(0, distance(product, full(c, n)), 1e-12 * n * n, "n = " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void refusesWhatIsNotPositiveDefinite(LargeSymmetric algebra) {
        int n = 150;
        double[] a = positiveDefinite(n);
        a[140 * n + 140] = -1;
        assertFalse(algebra.factor(a, n));
        a = positiveDefinite(n);
        a[3 * n + 3] = Double.NaN;
        assertFalse(algebra.factor(a, n));
    }
}
