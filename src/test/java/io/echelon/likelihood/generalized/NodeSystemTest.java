package io.echelon.likelihood.generalized;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two factorisations of a node against each other. */
class NodeSystemTest {
    /** A child with two own normals under a parent with two, under a grandparent with one. */
    private static final int GRAND = 1;
    private static final int PARENT = 2;
    private static final int OWN = 2;

    private record Solved(double[] factor, double[] coupling, double[] parentFactor, double[] parentCoupling) {}

    private static Solved solve(Factorization factorization) {
        NodeSystem system = factorization.system();
        Random random = new Random(2);
        int a = GRAND + PARENT;
        double[] h = new double[(a + OWN) * (a + OWN)];
        double[] z = new double[1 + a + OWN];
        for (int row = 0; row < 9; row++) {
            for (int i = 1; i < z.length; i++) {
                z[i] = row == 4 && i < 3 ? 0 : random.nextGaussian();
            }
            system.add(random.nextDouble(), z, 1, a, OWN, h);
        }
        system.addOwn(1, 0, a, OWN, h);
        system.addOwn(2.5, 1, a, OWN, h);
        double[] factor = new double[1 + OWN * OWN];
        double[] coupling = new double[1 + OWN * a];
        assertTrue(system.eliminate(a, OWN, h, factor, 1, coupling, 1));
        double[] parent = new double[a * a];
        for (double w : new double[] {1, 0.7, 3}) {
            system.addUp(w, a, OWN, h, coupling, 1, PARENT, parent);
        }
        system.addOwn(1, 1, GRAND, PARENT, parent);
        double[] parentFactor = new double[PARENT * PARENT];
        double[] parentCoupling = new double[PARENT * GRAND];
        assertTrue(system.eliminate(GRAND, PARENT, parent, parentFactor, 0, parentCoupling, 0));
        return new Solved(lower(factor, 1, OWN), coupling, lower(parentFactor, 0, PARENT), parentCoupling);
    }

    private static double[] lower(double[] factor, int at, int q) {
        double[] kept = Arrays.copyOfRange(factor, at, at + q * q);
        for (int i = 0; i < q; i++) {
            Arrays.fill(kept, i * q + i + 1, (i + 1) * q, 0);
        }
        return kept;
    }

    @Test
    void agree() {
        Solved cholesky = solve(Factorization.CHOLESKY);
        Solved qr = solve(Factorization.QR);
        assertArrayEquals(cholesky.factor, qr.factor, 1e-13);
        assertArrayEquals(cholesky.coupling, qr.coupling, 1e-13);
        assertArrayEquals(cholesky.parentFactor, qr.parentFactor, 1e-13);
        assertArrayEquals(cholesky.parentCoupling, qr.parentCoupling, 1e-13);
    }

    /** Rows (1, 1) and (1, 1 + d) have a factor of √2, √2 + d/√2 and d/√2, whose square is lost in 2 + d². */
    @Test
    void rotationsKeepDigitsThatTheMatrixLoses() {
        double d = 1e-9;
        for (Factorization factorization : Factorization.values()) {
            NodeSystem system = factorization.system();
            double[] h = new double[4];
            system.add(1, new double[] {1, 1}, 0, 0, 2, h);
            system.add(1, new double[] {1, 1 + d}, 0, 0, 2, h);
            double[] factor = new double[4];
            boolean definite = system.eliminate(0, 2, h, factor, 0, new double[0], 0);
            if (factorization == Factorization.QR) {
                assertTrue(definite);
                assertEquals(d / Math.sqrt(2), factor[3], 1e-6 * d);
            } else {
                assertFalse(definite && Math.abs(factor[3] * Math.sqrt(2) / d - 1) < 0.01);
            }
        }
    }

    @Test
    void noFactorOfWhatIsNotPositive() {
        for (Factorization factorization : Factorization.values()) {
            NodeSystem system = factorization.system();
            double[] h = new double[4];
            system.addOwn(1, 0, 0, 2, h);
            system.addOwn(1, 1, 0, 2, h);
            system.add(-3, new double[] {1, 0.5}, 0, 0, 2, h);
            double[] factor = new double[4];
            assertFalse(system.eliminate(0, 2, h, factor, 0, new double[0], 0), factorization.name());
            assertArrayEquals(new double[] {1, 0, 0, 1}, lower(factor, 0, 2));
        }
    }
}
