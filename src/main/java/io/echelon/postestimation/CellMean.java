package io.echelon.postestimation;

import java.util.Optional;

/**
 * The mean of a cell, or a combination of such means, as a function of the parameters of a fit.
 *
 * @param form       with what was left out of estimation taken as zero
 * @param unresolved for each column left out, by how much the combination depends on its coefficient beyond what the data
 *                   determine
 */
public record CellMean(LinearForm form, double[] unresolved) {
    /** Share of a margin's columns by which it may miss a combination that the data determine. */
    private static final double ESTIMABLE = 1e-6;

    /** A combination that is zero. */
    static CellMean zero(int parameters, int columns) {
        return new CellMean(new LinearForm(0, new double[parameters]), new double[columns]);
    }

    CellMean plus(CellMean other, double factor) {
        double[] sum = unresolved.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * other.unresolved[k];
        }
        return new CellMean(form.plus(other.form, factor), sum);
    }

    /** The form, if the data determine it. */
    public Optional<LinearForm> estimable() {
        for (double u : unresolved) {
            if (Math.abs(u) > ESTIMABLE) {
                return Optional.empty();
            }
        }
        return Double.isNaN(form.value()) ? Optional.empty() : Optional.of(form);
    }
}
