package io.echelon.optimize;

import java.util.Optional;

/**
 * The Hessian of a function to be maximised, carried from one point to the next by the change of the gradient between them
 * (Broyden, Fletcher, Goldfarb and Shanno; R. Fletcher, Practical Methods of Optimization, 1987, eq. 3.2.12). With B = −H, the step
 * s and the drop d of the gradient along it, B becomes B − Bss'B/s'Bs + dd'/d's.
 */
public final class SecantHessian {
    /** Over a relative change below this a gradient's rounding would drown its change. */
    private static final double STANDSTILL = 1e-6;

    private double[] parameters;
    private double[] gradient;
    private double[][] hessian;

    /** Says what the Hessian is at a point, exactly or not. */
    public void remember(double[] parameters, double[] gradient, double[][] hessian) {
        this.parameters = parameters.clone();
        this.gradient = gradient.clone();
        this.hessian = hessian;
    }

    /** The Hessian at another point; empty where none is known yet or the function is not concave along the way. */
    public Optional<double[][]> at(double[] point, double[] slope) {
        if (hessian == null) {
            return Optional.empty();
        }
        int k = point.length;
        double[] s = new double[k];
        double[] d = new double[k];
        double moved = 0;
        for (int i = 0; i < k; i++) {
            s[i] = point[i] - parameters[i];
            d[i] = gradient[i] - slope[i];
            moved = Math.max(moved, Math.abs(s[i]) / (1 + Math.abs(parameters[i])));
        }
        if (moved < STANDSTILL) {
            return Optional.of(hessian);
        }
        double[] hs = new double[k];
        double curvature = 0;
        double drop = 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                hs[i] += hessian[i][j] * s[j];
            }
            curvature -= s[i] * hs[i];
            drop += s[i] * d[i];
        }
        if (!(curvature > 0) || !(drop > 0)) {
            return Optional.empty();
        }
        double[][] next = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                next[i][j] = hessian[i][j] + hs[i] * hs[j] / curvature - d[i] * d[j] / drop;
            }
        }
        return Optional.of(next);
    }
}
