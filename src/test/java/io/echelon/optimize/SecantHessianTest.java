package io.echelon.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** On the quadratic −½ x'Ax, whose gradient is −Ax. */
class SecantHessianTest {
    private static final double[][] A = {{4, 1}, {1, 3}};

    private static double[] gradient(double... x) {
        return new double[] {-A[0][0] * x[0] - A[0][1] * x[1], -A[1][0] * x[0] - A[1][1] * x[1]};
    }

    private static double[][] wrong() {
        return new double[][] {{-2, 0}, {0, -2}};
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertTrue(new SecantHessian().at(new double[] {1, 2}, gradient(1, 2)).isEmpty());
    }

    /** The secant condition: the Hessian times the step is the change of the gradient. */
    @Test
    void takesTheCurvatureAlongTheStep() {
        SecantHessian secant = new SecantHessian();
        secant.remember(new double[] {1, 2}, gradient(1, 2), wrong());
        double[][] h = secant.at(new double[] {0.4, 1.9}, gradient(0.4, 1.9)).orElseThrow();
        assertEquals(h[0][1], h[1][0], 1e-15);
        double[] change = {gradient(0.4, 1.9)[0] - gradient(1, 2)[0], gradient(0.4, 1.9)[1] - gradient(1, 2)[1]};
        assertArrayEquals(change, new double[] {-0.6 * h[0][0] - 0.1 * h[0][1], -0.6 * h[1][0] - 0.1 * h[1][1]}, 1e-14);
    }

    @Test
    void keepsTheHessianOverNoDistance() {
        SecantHessian secant = new SecantHessian();
        double[][] known = wrong();
        secant.remember(new double[] {1, 2}, gradient(1, 2), known);
        assertSame(known, secant.at(new double[] {1 + 1e-9, 2}, gradient(1 + 1e-9, 2)).orElseThrow());
    }

    @Test
    void givesUpWhereTheFunctionIsNotConcave() {
        SecantHessian secant = new SecantHessian();
        secant.remember(new double[] {1, 2}, gradient(1, 2), wrong());
        assertTrue(secant.at(new double[] {2, 2}, new double[] {0, 0}).isEmpty(), "the gradient rose along the step");
        secant.remember(new double[] {1, 2}, gradient(1, 2), new double[][] {{1, 0}, {0, -1}});
        assertTrue(secant.at(new double[] {2, 2}, gradient(2, 2)).isEmpty(), "the Hessian known is not negative along the step");
    }
}
