package io.echelon.fit;

/**
 * One random-effects parameter in one metric (variance, standard deviation, or the parameter of the maximisation).
 *
 * @param level     path of the level ({@code school>class}); {@code Residual} for residual parameters
 * @param block     number of the equation within the level, from 0
 * @param structure title of the block in the table: {@code Identity}, {@code Independent}, {@code Exchangeable}, {@code Unstructured}
 * @param label     label in the table: {@code var(week)}, {@code cov(week,_cons)}, {@code sd(_cons)}, {@code var(Residual)}
 * @param term      full name: {@code var(week[id])}, {@code cov(week,_cons[id])}, {@code var(Residual)}
 * @param stdError  NaN where there is none: at a boundary, or constrained
 */
public record VarianceComponent(String level, int block, String structure, String label, String term, double estimate,
                                double stdError, double confLow, double confHigh) {
    /**
     * The same with limits that are another number of standard errors away, on the scale on which they are symmetric.
     *
     * @param z    quantile of the limits
     * @param next quantile of the new limits
     */
    public VarianceComponent widened(double z, double next) {
        if (Double.isNaN(stdError) || z == next) {
            return this;
        }
        IntervalScale scale = IntervalScale.of(this, z);
        return new VarianceComponent(level, block, structure, label, term, estimate, stdError,
                scale.limit(estimate, stdError, -next), scale.limit(estimate, stdError, next));
    }
}
