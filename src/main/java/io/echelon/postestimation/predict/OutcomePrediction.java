package io.echelon.postestimation.predict;

import io.echelon.family.Multinomial;
import io.echelon.linalg.Packed;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Probabilities of the outcomes of a multinomial model at given columns, with their gradients in the parameters of the fit. For use
 * by one thread.
 */
public final class OutcomePrediction {
    private final FittedModel model;
    private final OutcomeProbabilities probabilities;
    private final double[] eta;
    private final double[] variance;
    /** For each level and linear predictor: z of the effects that enter it, zero elsewhere. */
    private final double[][][] entering;

    public OutcomePrediction(FittedModel model, Multinomial family) {
        this.model = model;
        probabilities = new OutcomeProbabilities(family);
        eta = new double[family.predictors()];
        variance = new double[Packed.size(eta.length)];
        entering = model.levels().stream().map(l -> new double[eta.length][l.size()]).toArray(double[][][]::new);
    }

    /**
     * The probability of an outcome.
     *
     * @param x        the columns with coefficients
     * @param z        the columns of the random effects of each level; null where these are zero
     * @param offset   what is added to every linear predictor
     * @param gradient filled with the derivatives in the parameters of the fit
     */
    public double at(int outcome, double[] x, double[][] z, double offset, double[] gradient) {
        Arrays.fill(gradient, 0);
        for (int e = 0; e < eta.length; e++) {
            eta[e] = model.linear(x, e) + offset;
        }
        Arrays.fill(variance, 0);
        if (z != null) {
            fillVariance(z);
        }
        double value = probabilities.at(outcome, eta, variance);
        for (int j = 0; j < x.length; j++) {
            gradient[j] += probabilities.first()[model.predictorOf(j)] * x[j];
        }
        for (int l = 0; z != null && l < z.length; l++) {
            for (int e = 0, t = 0; e < eta.length; e++) {
                for (int f = 0; f <= e; f++, t++) {
                    model.levels().get(l).addGradient(entering[l][e], entering[l][f],
                            (e == f ? 0.5 : 1) * probabilities.second()[t], gradient);
                }
            }
        }
        return value;
    }

    /** Columns, and how they move with a covariate: x + t dx, and z + t dz of each level. */
    public record Line(double[] x, double[] dx, double[][] z, double[][] dz) {
        private double[] x(double t) {
            return moved(x, dx, t);
        }

        private double[][] z(double t) {
            return z == null ? null : IntStream.range(0, z.length).mapToObj(l -> moved(z[l], dz[l], t)).toArray(double[][]::new);
        }

        private static double[] moved(double[] from, double[] by, double t) {
            double[] moved = new double[from.length];
            for (int j = 0; j < moved.length; j++) {
                moved[j] = from[j] + t * by[j];
            }
            return moved;
        }
    }

    /** The derivative along a line, by central differences of {@link #at} and of its gradient. */
    public double slope(int outcome, Line line, double offset, double[] gradient) {
        double size = 0;
        for (int e = 0; e < eta.length; e++) {
            size = Math.max(size, Math.abs(model.linear(line.dx, e)));
        }
        for (int l = 0; line.z != null && l < line.dz.length; l++) {
            size = Math.max(size, Math.sqrt(model.levels().get(l).bilinear(line.dz[l], line.dz[l])));
        }
        double unit = size > 0 ? 1 / size : 1;
        double[] own = new double[gradient.length];
        double[] values = new double[1 + own.length];
        double[] slopes = new double[values.length];
        Differences.slopes(t -> {
            values[0] = at(outcome, line.x(t * unit), line.z(t * unit), offset, own);
            System.arraycopy(own, 0, values, 1, own.length);
            return values;
        }, 0, slopes);
        for (int k = 0; k < own.length; k++) {
            gradient[k] = slopes[1 + k] / unit;
        }
        return slopes[0] / unit;
    }

    /** V, from Σ of each level. */
    private void fillVariance(double[][] z) {
        for (int l = 0; l < z.length; l++) {
            EffectLevel level = model.levels().get(l);
            for (int e = 0, t = 0; e < eta.length; e++) {
                for (int i = 0; i < z[l].length; i++) {
                    entering[l][e][i] = level.enters(i, e) ? z[l][i] : 0;
                }
                for (int f = 0; f <= e; f++, t++) {
                    variance[t] += level.bilinear(entering[l][e], entering[l][f]);
                }
            }
        }
    }

    /** The probability of an outcome at linear predictors that are known. */
    public double at(int outcome, double[] known) {
        Arrays.fill(variance, 0);
        return probabilities.at(outcome, known, variance);
    }

    /** The derivatives of the last probability in the linear predictors. */
    double[] slopes() {
        return probabilities.first();
    }

    /** The mean probability of an outcome of a row over the random effects. */
    double marginal(int outcome, double[] row, boolean offset) {
        double[] x = new double[model.columns().length];
        model.fill(row, x);
        double[][] z = model.levels().stream().map(l -> new double[l.size()]).toArray(double[][]::new);
        for (int l = 0; l < z.length; l++) {
            model.levels().get(l).fill(row, z[l]);
        }
        return at(outcome, x, z, offset ? model.offset(row) : 0, new double[model.covariance().length]);
    }
}
