package io.echelon.estimate.fitted;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Residuals;
import io.echelon.estimate.linear.VarianceTables;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.group.BlockMoments;
import io.echelon.group.GroupBlock;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.group.WeightScaling;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.residual.ResidualModel;
import java.util.List;

/**
 * The estimates of a linear model as its likelihood sees them, taken from the tables of a fit.
 *
 * @param parameters covariance parameters
 * @param natural    their natural values, σ² last
 * @param beta       coefficients in standardised coordinates
 */
record LinearPoint(CovarianceParameters parameters, double[] natural, double[] beta) {

    static LinearPoint of(Design design, Estimates estimates, Standardization standardization) {
        CovarianceParameters parameters = new CovarianceParameters(design, standardization);
        double[] natural = new double[parameters.count() + 1];
        int at = 0;
        for (EquationEstimates e : EquationEstimates.of(design, estimates)) {
            System.arraycopy(e.theta(), 0, natural, at, e.theta().length);
            at += e.theta().length;
        }
        List<VarianceComponent> residual = ofResidual(estimates);
        for (VarianceComponent c : residual.subList(1, residual.size())) {
            natural[at++] = c.estimate();
        }
        natural[at] = Math.exp(2 * residual.get(0).estimate());
        return new LinearPoint(parameters, natural, standardization.standardized(beta(design, estimates)));
    }

    /** The residual parameters of the estimation metric, ln σ first. */
    static List<VarianceComponent> ofResidual(Estimates estimates) {
        return estimates.estimationMetric().stream().filter(c -> c.level().equals(VarianceTables.RESIDUAL)).toList();
    }

    /** The coefficients that were estimated, in original units. */
    static double[] beta(Design design, Estimates estimates) {
        return estimates.coefficients().subList(0, design.fixed().size()).stream()
                .filter(c -> c.status() == Column.Status.ESTIMATED).mapToDouble(Coefficient::estimate).toArray();
    }

    /** σ². */
    double residualVariance() {
        return natural[parameters.count()];
    }

    /** Makes cross-products of packed rows; with those of each top-level group, which scores need. */
    static PartStore.Kernel<GroupBlock, Moments> moments(Design design, Standardization standardization, boolean groups) {
        ResidualModel residuals = design.residuals().map(Residuals::model).orElse(null);
        WeightScaling weights = new WeightScaling(design.frequencyWeights(), design.spec().linear().pwscale().orElse(null));
        return block -> BlockMoments.of(block, standardization, residuals, weights, groups);
    }
}
