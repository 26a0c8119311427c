package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What {@code stset} declares.
 *
 * @param time      variable with the time at which the record ends
 * @param failure   {@code failure()}; empty when every record ends in failure
 * @param id        {@code id()}: subject, where a subject has several records
 * @param enter     {@code enter()}: when the subject comes under observation
 * @param origin    {@code origin()}: when the subject comes at risk (time 0)
 * @param exit      {@code exit()}: when the subject leaves
 * @param time0     {@code time0()}: when the record begins
 * @param scale     {@code scale()}: analysis time is (time − origin) / scale
 * @param condition {@code if exp}
 * @param weight    weight in brackets
 */
public record SurvivalTime(String time, Optional<Event> failure, Optional<String> id, Optional<Moment> enter,
                           Optional<Moment> origin, Optional<Moment> exit, Optional<String> time0, double scale,
                           Optional<Expression> condition, Optional<Weight> weight) implements Serializable {
    /** A point in time. */
    public sealed interface Moment extends Serializable {}

    /** {@code time exp}: the value of an expression. */
    public record At(Expression time) implements Moment {}

    /** {@code variable[==values]}: when the variable has one of the values; without values, when it is neither 0 nor missing. */
    public record Event(String variable, List<Double> values) implements Moment {
        public Event {
            values = List.copyOf(values);
        }
    }

    /** {@code exit(failure)}: the first failure (the default of {@code exit()}). */
    public record FirstFailure() implements Moment {}
}
