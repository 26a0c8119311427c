package io.echelon.design;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a response consists of besides its value: indices into {@link Design#sources()}, those that the model has.
 *
 * @param trials         binomial denominator
 * @param constantTrials binomial denominator of every observation, where it is a number; NaN otherwise
 * @param entry          time at which observation begins
 * @param event          whether observation ends with a failure (1) or is censored (0)
 * @param outcomes       of a multinomial response
 */
public record ResponseColumns(OptionalInt trials, double constantTrials, OptionalInt entry, OptionalInt event,
                              Optional<Outcomes> outcomes) {
    /** The response is its value alone. */
    public static ResponseColumns none() {
        return new ResponseColumns(OptionalInt.empty(), Double.NaN, OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty());
    }

    /** A binomial denominator that is a number. */
    public static ResponseColumns trials(double constant) {
        return new ResponseColumns(OptionalInt.empty(), constant, OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty());
    }

    /** A binomial denominator that is a variable. */
    public static ResponseColumns trials(int source) {
        return new ResponseColumns(OptionalInt.of(source), Double.NaN, OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty());
    }

    /** A survival time. */
    public static ResponseColumns survival(int entry, int event) {
        return new ResponseColumns(OptionalInt.empty(), Double.NaN, OptionalInt.of(entry), OptionalInt.of(event),
                Optional.empty());
    }

    /** A multinomial response. */
    public static ResponseColumns of(Outcomes outcomes) {
        return new ResponseColumns(OptionalInt.empty(), Double.NaN, OptionalInt.empty(), OptionalInt.empty(),
                Optional.of(outcomes));
    }
}
