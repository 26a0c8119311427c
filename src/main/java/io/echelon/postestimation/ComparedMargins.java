package io.echelon.postestimation;

import java.util.Optional;

/**
 * What {@code margins} gives.
 *
 * @param comparisons contrasts or pairwise comparisons of the margins, where these are asked for
 */
public record ComparedMargins(MarginalEstimates margins, Optional<Answer> comparisons) {
    /** What is reported. */
    public Answer answer() {
        return comparisons.orElse(margins);
    }
}
