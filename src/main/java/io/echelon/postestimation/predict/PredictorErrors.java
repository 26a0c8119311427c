package io.echelon.postestimation.predict;

import io.echelon.design.Column;

/**
 * Covariances of the errors of the linear predictors of a row. Of the fixed part alone x'Var(β̂)x; with the groups known those of β̂
 * and û together, x'Var(β̂)x + 2 z'Cov(û − u, β̂)x + z'Var(û − u)z (Henderson, Biometrics 31, 1975), and z'Σz for a group that was
 * not seen. For use by one thread.
 */
public final class PredictorErrors {
    private final FittedModel model;
    private final double[] x;
    private final double[][] z;
    private GroupEffects groups;
    /** The last level whose group was seen, together with those above it; −1 for none. */
    private int last;

    PredictorErrors(FittedModel model) {
        this.model = model;
        x = new double[model.columns().length];
        z = model.levels().stream().map(l -> new double[l.size()]).toArray(double[][]::new);
    }

    /** Of a row from now on; {@code effects} are null for the fixed part alone. */
    PredictorErrors of(double[] row, GroupEffects effects) {
        model.fill(row, x);
        groups = effects;
        last = -1;
        if (effects != null) {
            for (int l = 0; l < z.length; l++) {
                model.levels().get(l).fill(row, z[l]);
                last = effects.all != null || effects.seen[l] && last == l - 1 ? l : last;
            }
        }
        return this;
    }

    /** The covariance of the errors of two linear predictors; of a base outcome, which has none, 0. */
    double covariance(int e, int f) {
        double sum = model.linearCovariance(x, e, f);
        for (int l = last + 1; groups != null && l < z.length; l++) {
            EffectLevel level = model.levels().get(l);
            sum += level.bilinear(entering(l, e), entering(l, f));
        }
        return last < 0 ? sum : sum + known(e, f);
    }

    /** The covariance of the errors of the one linear predictor and of an ancillary parameter. */
    double withAncillary(int a) {
        int place = model.ancillaryPlace(a);
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += x[j] * model.covariance()[j][place];
        }
        PredictionError error = last < 0 ? null : groups.all != null ? groups.all : groups.joint[last];
        if (error != null) {
            double[] path = path(0);
            int stride = error.withFixed().length / path.length;
            for (int i = 0; i < path.length; i++) {
                sum += path[i] * error.withFixed()[i * stride + x.length + a];
            }
        }
        return sum;
    }

    private double[] entering(int l, int e) {
        double[] own = new double[z[l].length];
        for (int i = 0; i < own.length; i++) {
            own[i] = e >= 0 && model.levels().get(l).enters(i, e) ? z[l][i] : 0;
        }
        return own;
    }

    /** What the predicted effects add. */
    private double known(int e, int f) {
        PredictionError error = groups.all != null ? groups.all : groups.joint[last];
        if (error != null) {
            return joint(path(e), path(f), error, e, f);
        }
        double sum = 0;
        for (int l = 0; l <= last; l++) {
            sum += entering(l, e)[0] * entering(l, f)[0] * groups.errors[l][0] * groups.errors[l][0];
        }
        return sum;
    }

    /** z of a linear predictor from the outermost level to the last one known. */
    private double[] path(int e) {
        int s = 0;
        for (int l = 0; l <= last; l++) {
            s += z[l].length;
        }
        double[] path = new double[s];
        int at = 0;
        for (int l = 0; l <= last; l++) {
            System.arraycopy(entering(l, e), 0, path, at, z[l].length);
            at += z[l].length;
        }
        return path;
    }

    /** z'Var(û − u)w + z'Cov(û − u, β̂)x_f + w'Cov(û − u, β̂)x_e. */
    private double joint(double[] z, double[] w, PredictionError error, int e, int f) {
        double sum = 0;
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z.length; j++) {
                sum += z[i] * error.variance()[i * z.length + j] * w[j];
            }
            int stride = error.withFixed().length / z.length;
            for (int j = 0; j < x.length; j++) {
                double c = error.withFixed()[i * stride + j] * x[j];
                sum += (model.predictorOf(j) == f ? z[i] * c : 0) + (model.predictorOf(j) == e ? w[i] * c : 0);
            }
        }
        return sum;
    }
}
