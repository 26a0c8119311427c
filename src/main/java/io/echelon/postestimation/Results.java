package io.echelon.postestimation;

import io.echelon.design.Design;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Estimates;
import java.util.Optional;

/**
 * The results of one estimation as the commands that follow it see them: values only, no data.
 *
 * @param design    the bound model, collinear columns marked omitted
 * @param estimates the saved results
 * @param freedom   denominator degrees of freedom, where the model was fitted with {@code dfmethod()}
 */
public record Results(Design design, Estimates estimates, Optional<DenominatorDf> freedom) {}
