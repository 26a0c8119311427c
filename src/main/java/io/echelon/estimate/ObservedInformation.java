package io.echelon.estimate;

import io.echelon.linalg.SymmetricEigen;
import io.echelon.optimize.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Covariance matrix of parameters as the inverse of their observed information.
 *
 * @param covariance k×k, over the directions that carry information
 * @param flat       directions that carry none, scaled to the sizes of the parameters
 * @param scale      what counts as a change of each parameter
 */
public record ObservedInformation(double[][] covariance, List<double[]> flat, double[] scale) {
    /** Share of the largest eigenvalue (after scaling to a unit diagonal) below which there is no information. */
    private static final double NONE = 1e-9;
    /** Share of a quantity's gradient along a flat direction from which on the quantity is unidentified. */
    public static final double UNIDENTIFIED = 0.01;

    /** From the Hessian of ℓ at a point. */
    public static ObservedInformation of(Objective.Point point) {
        double[][] hessian = point.hessian();
        double[] sizes = point.sizes();
        int k = hessian.length;
        double[] scale = new double[k];
        for (int i = 0; i < k; i++) {
            double size = Math.max(sizes[i], Double.MIN_NORMAL);
            double curvature = Math.abs(hessian[i][i]);
            scale[i] = curvature * size * size > NONE || sizes[i] == 0 && curvature > 0
                    ? 1 / Math.sqrt(curvature) : size;
        }
        double[][] b = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                b[i][j] = -scale[i] * hessian[i][j] * scale[j];
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(b);
        double[][] covariance = new double[k][k];
        List<double[]> flat = new ArrayList<>();
        for (int e = 0; e < k; e++) {
            double[] v = new double[k];
            for (int i = 0; i < k; i++) {
                v[i] = scale[i] * eigen.vectors()[e][i];
            }
            if (eigen.values()[e] <= NONE) {
                flat.add(v);
                continue;
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    covariance[i][j] += v[i] * v[j] / eigen.values()[e];
                }
            }
        }
        return new ObservedInformation(covariance, flat, scale);
    }

    /** The same with another covariance matrix of the parameters. */
    public ObservedInformation with(double[][] other) {
        return new ObservedInformation(other, flat, scale);
    }

    /** The same with standard errors that nobody asked for. */
    public ObservedInformation unknown() {
        double[][] none = new double[covariance.length][covariance.length];
        Arrays.stream(none).forEach(row -> Arrays.fill(row, Double.NaN));
        return new ObservedInformation(none, flat, scale);
    }

    /** Covariance of two functions of the parameters with these gradients. */
    public double covariance(double[] first, double[] second) {
        double s = 0;
        for (int i = 0; i < first.length; i++) {
            for (int j = 0; j < second.length; j++) {
                s += first[i] * covariance[i][j] * second[j];
            }
        }
        return s;
    }

    /** Standard error of a function with this gradient; NaN where it is constant or not identified. */
    public double standardError(double[] gradient) {
        return identified(gradient) ? Math.sqrt(Math.max(0, covariance(gradient, gradient))) : Double.NaN;
    }

    private boolean identified(double[] gradient) {
        double all = 0;
        for (int i = 0; i < gradient.length; i++) {
            all = Math.max(all, Math.abs(gradient[i]) * Math.sqrt(covariance[i][i]));
        }
        for (double[] v : flat) {
            if (share(gradient, v) > UNIDENTIFIED) {
                return false;
            }
        }
        return all > 0;
    }

    /** Change of a function along a flat direction, relative to the changes of its terms. */
    public double share(double[] gradient, double[] direction) {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < gradient.length; i++) {
            sum += gradient[i] * direction[i];
            size = Math.max(size, Math.abs(gradient[i]) * scale[i]);
        }
        return size == 0 ? 0 : Math.abs(sum) / size;
    }
}
