package io.echelon.spec;

import java.util.List;
import java.util.Optional;

/**
 * {@code estimates table [names] [, b(%fmt) se[(%fmt)] t[(%fmt)] p[(%fmt)] star[(# # #)] stats(names) keep(names) drop(names)]}: fits beside each other.
 *
 * @param names  of stored results; the last ones where there are none
 * @param b      format of the coefficients
 * @param se     format of standard errors, where they are shown
 * @param t      format of test statistics, where they are shown
 * @param p      format of p-values, where they are shown
 * @param stars  significance levels of one, two and three stars; none without stars
 * @param stats  statistics below the table: {@code N}, {@code ll}, {@code df}, {@code aic}, {@code bic}
 * @param keep   the only coefficients shown; all where it is empty
 * @param drop   coefficients not shown
 */
public record EstimatesTable(List<String> names, Optional<String> b, Optional<String> se, Optional<String> t,
                             Optional<String> p, List<Double> stars, List<String> stats, List<String> keep,
                             List<String> drop) implements PostestimationCommand {
    public EstimatesTable {
        names = List.copyOf(names);
        stars = List.copyOf(stars);
        stats = List.copyOf(stats);
        keep = List.copyOf(keep);
        drop = List.copyOf(drop);
    }

    @Override
    public String name() {
        return "estimates table";
    }
}
