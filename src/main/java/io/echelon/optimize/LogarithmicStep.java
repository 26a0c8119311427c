package io.echelon.optimize;

import io.echelon.linalg.Cholesky;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The Newton step for log|a| in the place of each root a of a variance. Far from its maximum the log density −log a − s²/2a² of
 * effects that are known well is convex in a; in log a it is concave throughout. No logarithm changes by more than {@link #MOST}:
 * one that would is held there, and the others take their step given that.
 */
final class LogarithmicStep {
    private static final double MOST = Math.log(10);

    private LogarithmicStep() {}

    /** The change of the parameters themselves; empty where the function is not concave in the logarithms either. */
    static Optional<double[]> at(Objective.Point point) {
        boolean[] root = point.roots();
        double[] a = point.parameters();
        double[] g = point.gradient();
        int k = a.length;
        double[] inner = new double[k];
        for (int i = 0; i < k; i++) {
            root[i] &= a[i] != 0;
            inner[i] = root[i] ? a[i] : 1;
        }
        double[][] curvature = new double[k][k];
        double[] slope = new double[k];
        for (int i = 0; i < k; i++) {
            slope[i] = inner[i] * g[i];
            for (int j = 0; j < k; j++) {
                curvature[i][j] = -inner[i] * point.hessian()[i][j] * inner[j];
            }
            curvature[i][i] -= root[i] ? slope[i] : 0;
        }
        return bounded(curvature, slope, root).map(t -> {
            for (int i = 0; i < k; i++) {
                t[i] = root[i] ? a[i] * Math.expm1(t[i]) : t[i];
            }
            return t;
        }).filter(t -> IntStream.range(0, k).mapToDouble(i -> t[i] * g[i]).sum() > 0);
    }

    /** The largest g't − t'Ct/2, elements of t held at the bound as far as they go beyond it; empty where C is not definite. */
    private static Optional<double[]> bounded(double[][] curvature, double[] slope, boolean[] root) {
        int k = slope.length;
        double[] step = new double[k];
        List<Integer> free = new ArrayList<>(IntStream.range(0, k).boxed().toList());
        while (!free.isEmpty()) {
            int n = free.size();
            double[] scale = new double[n];
            double[][] c = new double[n][n];
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                int row = free.get(i);
                if (!(curvature[row][row] > 0)) {
                    return Optional.empty();
                }
                scale[i] = 1 / Math.sqrt(curvature[row][row]);
                for (int j = 0; j <= i; j++) {
                    c[i][j] = scale[i] * curvature[row][free.get(j)] * scale[j];
                    c[j][i] = c[i][j];
                }
                right[i] = slope[row];
                for (int j = 0; j < k; j++) {
                    right[i] -= free.contains(j) ? 0 : curvature[row][j] * step[j];
                }
                right[i] *= scale[i];
            }
            Optional<Cholesky> factor = Cholesky.of(c);
            if (factor.isEmpty()) {
                return Optional.empty();
            }
            double[] t = factor.get().solve(right);
            int farthest = -1;
            for (int i = 0; i < n; i++) {
                step[free.get(i)] = t[i] * scale[i];
                boolean beyond = root[free.get(i)] && Math.abs(step[free.get(i)]) > MOST;
                farthest = beyond && (farthest < 0 || Math.abs(step[free.get(i)]) > Math.abs(step[free.get(farthest)])) ? i : farthest;
            }
            if (farthest < 0) {
                return Arrays.stream(step).allMatch(Double::isFinite) ? Optional.of(step) : Optional.empty();
            }
            int held = free.remove(farthest);
            step[held] = Math.copySign(MOST, step[held]);
        }
        return Optional.of(step);
    }
}
