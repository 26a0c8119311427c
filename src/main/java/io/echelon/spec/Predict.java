package io.echelon.spec;

import java.util.List;
import java.util.Optional;

/**
 * {@code predict [type] newvarlist|stub* [if] [in] [, statistic options]}.
 *
 * @param type      storage type of the new variables
 * @param names     new variables, or one stub that ends in a star
 * @param subset    rows that get predictions
 * @param statistic what is predicted; empty for the default of the command that fitted
 * @param random    what stands for the random effects; empty for the default
 * @param nooffset  leave the offset out
 * @param outcome   {@code outcome()} of a categorical response
 * @param relevel   {@code relevel()}: the level whose random effects are meant, or down to which they are used
 * @param errors    {@code reses()}: variables for the standard errors of the random effects
 * @param interval  {@code ci}: lower and upper limits of the prediction
 */
public record Predict(Optional<Statement.StorageType> type, List<String> names, Subset subset,
                      Optional<Statistic> statistic, Optional<RandomPart> random, boolean nooffset,
                      Optional<Outcome> outcome, Optional<String> relevel, List<String> errors,
                      Optional<Interval> interval) implements PostestimationCommand {
    /**
     * An outcome of a categorical response: {@code outcome(2)}, {@code outcome(bus)}, or by its place, {@code outcome(#2)}.
     *
     * @param name its number or text, numbers as they are printed
     */
    public record Outcome(String name, boolean place) implements java.io.Serializable {}

    /**
     * Limits of predictions.
     *
     * @param level confidence level in percent
     * @param names of the variables with the limits; none for the predicted variable's name with _lb and _ub
     */
    public record Interval(double level, List<String> names) implements java.io.Serializable {
        public Interval {
            names = List.copyOf(names);
        }
    }

    public Predict {
        names = List.copyOf(names);
        errors = List.copyOf(errors);
    }

    /** {@code predict v, statistic}, for all rows. */
    public static Predict of(Statistic statistic) {
        return of("v", statistic);
    }

    /** {@code predict name, statistic}, for all rows. */
    public static Predict of(String name, Statistic statistic) {
        return new Predict(Optional.empty(), List.of(name), Subset.all(), Optional.of(statistic), Optional.empty(), false,
                Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    @Override
    public String name() {
        return "predict";
    }
}
