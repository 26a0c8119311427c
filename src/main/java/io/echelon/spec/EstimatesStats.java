package io.echelon.spec;

import java.util.List;
import java.util.OptionalDouble;

/**
 * {@code estimates stats [names] [, n(#)]}: information criteria of several fits.
 *
 * @param names of stored results; the last ones where there are none
 * @param n     the number of observations that the criterion of Schwarz counts
 */
public record EstimatesStats(List<String> names, OptionalDouble n) implements PostestimationCommand {
    public EstimatesStats {
        names = List.copyOf(names);
    }

    @Override
    public String name() {
        return "estimates stats";
    }
}
