package io.echelon.optimize;

import io.echelon.linalg.SymmetricEigen;

/**
 * The Newton step of a maximisation, with what the Hessian says of the place. The Hessian is judged after scaling to
 * a unit diagonal, so that units of the parameters do not matter.
 *
 * @param direction      k
 * @param concave        whether no eigenvalue of −H is negative
 * @param flat           whether some direction has neither slope nor curvature
 * @param scaledGradient g'(−H)⁻¹g over the directions that are not flat; infinite where not concave
 * @param ridgeGradient  the same over the directions with notable curvature alone, as on a ridge; infinite where the function
 *                       notably curves upwards
 */
public record NewtonStep(double[] direction, boolean concave, boolean flat, double scaledGradient, double ridgeGradient) {
    /** Share of the largest eigenvalue below which curvature is rounding. */
    private static final double NO_CURVATURE = 1e-8;
    /** Share of the largest eigenvalue below which curvature may come from a ridge that is curved itself. */
    private static final double RIDGE = 1e-4;
    /** Gain in the function from a direction without curvature that is no gain. */
    private static final double NO_SLOPE = 1e-6;

    /**
     * The step at a point. Where the Hessian is not negative definite, but is in the logarithms of the standard deviations, that is
     * the step. Otherwise the Hessian is modified: by adding to the diagonal (Marquardt), or, with {@code difficult}, by steepest
     * ascent in the subspace where it is not.
     */
    public static NewtonStep at(Objective.Point point, boolean difficult) {
        NewtonStep step = inParameters(point, difficult);
        return step.concave ? step : LogarithmicStep.at(point).map(d -> new NewtonStep(d, false, step.flat, step.scaledGradient,
                step.ridgeGradient)).orElse(step);
    }

    private static NewtonStep inParameters(Objective.Point point, boolean difficult) {
        double[] g = point.gradient();
        int k = g.length;
        double[] scale = scale(point);
        SymmetricEigen eigen = curvature(point.hessian(), scale);
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double v : eigen.values()) {
            largest = Math.max(largest, Math.abs(v));
            smallest = Math.min(smallest, v);
        }
        double tiny = NO_CURVATURE * Math.max(largest, 1);
        boolean concave = smallest > -tiny;
        boolean flat = false;
        double[] direction = new double[k];
        double scaledGradient = 0;
        double ridgeGradient = smallest > -RIDGE * largest ? 0 : Double.POSITIVE_INFINITY;
        for (int e = 0; e < k; e++) {
            double[] v = eigen.vectors()[e];
            double slope = 0;
            for (int i = 0; i < k; i++) {
                slope += v[i] * scale[i] * g[i];
            }
            double curvature = eigen.values()[e];
            if (Math.abs(curvature) <= tiny && Math.abs(slope) <= NO_SLOPE) {
                flat = true;
                continue;
            }
            if (Math.abs(curvature) <= tiny) {
                concave = false;
            }
            ridgeGradient += curvature > RIDGE * largest ? slope * slope / curvature : 0;
            double modified = concave ? curvature
                    : difficult ? Math.max(Math.abs(curvature), tiny) : curvature - smallest + 0.1 * largest;
            scaledGradient += slope * slope / modified;
            for (int i = 0; i < k; i++) {
                direction[i] += slope / modified * v[i] * scale[i];
            }
        }
        return new NewtonStep(direction, concave, flat, concave ? scaledGradient : Double.POSITIVE_INFINITY, ridgeGradient);
    }

    /** Eigenvalues and eigenvectors of −DHD, D diagonal with the scale of each parameter. */
    public static SymmetricEigen curvature(double[][] hessian, double[] scale) {
        int k = scale.length;
        double[][] b = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                b[i][j] = -scale[i] * hessian[i][j] * scale[j];
            }
        }
        return SymmetricEigen.of(b);
    }

    /** 1/√|H_ii|; for a parameter without influence on the function, its size, so that it stays without. */
    static double[] scale(Objective.Point point) {
        double[] scale = new double[point.gradient().length];
        double[] sizes = point.sizes();
        for (int i = 0; i < scale.length; i++) {
            double curvature = Math.abs(point.hessian()[i][i]);
            double size = Math.max(sizes[i], Double.MIN_NORMAL);
            scale[i] = curvature * size * size > NO_CURVATURE || point.parameters()[i] == 0 && curvature > 0
                    ? 1 / Math.sqrt(curvature) : size;
        }
        return scale;
    }
}
