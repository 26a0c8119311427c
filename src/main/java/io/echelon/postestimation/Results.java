package io.echelon.postestimation;

import io.echelon.design.Design;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import java.util.Arrays;
import java.util.Optional;

/**
 * The results of one estimation as the commands that follow it see them: values only, no data.
 *
 * @param design    the bound model, collinear columns marked omitted
 * @param estimates the saved results
 * @param freedom   denominator degrees of freedom, where the model was fitted with {@code dfmethod()}
 */
public record Results(Design design, Estimates estimates, Optional<DenominatorDf> freedom) {
    /** The equation of the fixed effects: the response, {@code _t} of survival times; empty for one of several. */
    public String equation() {
        return design.responseColumns().outcomes().isPresent() ? "" : estimates.coefficients().stream().findFirst().map(Coefficient::equation).orElse("");
    }

    /**
     * Covariance matrix of the parameters.
     *
     * @param small with that of the fixed effects which the tests of {@code dfmethod()} use: Kenward and Roger adjust it
     */
    public double[][] variance(boolean small) {
        double[][] matrix = estimates.vcov().matrix();
        if (!small || freedom.isEmpty()) {
            return matrix;
        }
        double[][] fixed = freedom.get().variance();
        double[][] adjusted = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        for (int i = 0; i < fixed.length; i++) {
            System.arraycopy(fixed[i], 0, adjusted[i], 0, fixed.length);
        }
        return adjusted;
    }
}
