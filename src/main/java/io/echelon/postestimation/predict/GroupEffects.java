package io.echelon.postestimation.predict;

/**
 * What is known of the groups of a row: for each level of a {@link FittedModel} the predicted random effects, their
 * standard errors, and whether the group was seen at all. Of a group not seen the effects are zero and their standard
 * errors the standard deviations of the model.
 */
public final class GroupEffects {
    final double[][] effects;
    public final double[][] errors;
    public final boolean[] seen;
    /** Of each level whose group was seen: Var(û − u) of it and the levels above, and Cov(û − u, β̂ − β); null where not known. */
    public final PredictionError[] joint;
    /** Of all levels, where groups cross. */
    public PredictionError all;
    private final double[][] deviations;

    GroupEffects(FittedModel model) {
        int levels = model.levels().size();
        effects = new double[levels][];
        errors = new double[levels][];
        seen = new boolean[levels];
        joint = new PredictionError[levels];
        deviations = new double[levels][];
        for (int l = 0; l < levels; l++) {
            double[][] sigma = model.levels().get(l).sigma();
            effects[l] = new double[sigma.length];
            errors[l] = new double[sigma.length];
            deviations[l] = new double[sigma.length];
            for (int i = 0; i < sigma.length; i++) {
                deviations[l][i] = Math.sqrt(sigma[i][i]);
            }
        }
    }

    /** The errors of the groups of all levels together, where groups cross; null where they nest. */
    public void all(PredictionError error) {
        all = error;
    }

    /** Number of random effects of a level. */
    public int size(int level) {
        return effects[level].length;
    }

    /** The errors of a group that was seen, where they are known. */
    public void error(int level, PredictionError error) {
        joint[level] = error;
    }

    /** The group of a level was not seen. */
    public void unseen(int level) {
        joint[level] = null;
        seen[level] = false;
        java.util.Arrays.fill(effects[level], 0);
        System.arraycopy(deviations[level], 0, errors[level], 0, errors[level].length);
    }

    /** The group of a level has these values: q effects and q standard errors from {@code from} on. */
    public void seen(int level, double[] values, int from) {
        seen[level] = true;
        int q = effects[level].length;
        System.arraycopy(values, from, effects[level], 0, q);
        System.arraycopy(values, from + q, errors[level], 0, q);
    }
}
