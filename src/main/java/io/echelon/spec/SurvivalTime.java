package io.echelon.spec;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
 * @param show      whether estimation commands say what was declared: not with {@code noshow}
 */
public record SurvivalTime(String time, Optional<Event> failure, Optional<String> id, Optional<Moment> enter,
                           Optional<Moment> origin, Optional<Moment> exit, Optional<String> time0, double scale,
                           Optional<Expression> condition, Optional<Weight> weight, boolean show) implements Serializable {
    /** A point in time. */
    public sealed interface Moment extends Serializable {
        /** As typed. */
        String text();
    }

    /** {@code time exp}, or a variable alone: the value of an expression. */
    public record At(Expression time, String expression) implements Moment {
        @Override
        public String text() {
            return "time " + expression;
        }
    }

    /** {@code variable[==values]}: when the variable has one of the values; without values, when it is neither 0 nor missing. */
    public record Event(String variable, List<Double> values) implements Moment {
        public Event {
            values = List.copyOf(values);
        }

        @Override
        public String text() {
            return values.isEmpty() ? variable : variable + " == " + values.stream().map(v -> v == Math.rint(v)
                    ? Long.toString(v.longValue()) : Double.toString(v)).collect(Collectors.joining(" "));
        }
    }

    /** {@code exit(failure)}: the first failure (the default of {@code exit()}). */
    public record FirstFailure() implements Moment {
        @Override
        public String text() {
            return "failure";
        }
    }

    /** What an estimation command says of it, by name: {@code failure _d} and others. Empty with {@code noshow}. */
    public Map<String, String> setting() {
        Map<String, String> setting = new LinkedHashMap<>();
        if (show) {
            setting.put("failure _d", failure.map(Event::text).orElse("1 (meaning all fail)"));
            setting.put("analysis time _t", analysisTime(time));
            origin.ifPresent(o -> setting.put("origin", o.text()));
            enter.ifPresent(e -> setting.put("enter on or after", e.text()));
            exit.filter(e -> !(e instanceof FirstFailure)).ifPresent(e -> setting.put("exit on or before", e.text()));
            id.ifPresent(v -> setting.put("id", v));
        }
        return setting;
    }

    /** What {@code stset} itself says of it, by name. */
    public Map<String, String> declaration() {
        Map<String, String> all = new LinkedHashMap<>();
        id.ifPresent(v -> all.put("id", v));
        all.put("failure event", failure.map(f -> f.values.isEmpty() ? f.variable + " != 0 & " + f.variable + " < ." : f.text())
                .orElse("(assumed to fail at time=" + time + ")"));
        all.put("obs. time interval", "(" + time0.orElse(id.isPresent() ? time + "[_n-1]" : "0") + ", " + time + "]");
        enter.ifPresent(e -> all.put("enter on or after", e.text()));
        all.put("exit on or before", exit.map(Moment::text).orElse("failure"));
        if (origin.isPresent() || scale != 1) {
            all.put("t for analysis", analysisTime("time"));
        }
        origin.ifPresent(o -> all.put("origin", o.text()));
        return all;
    }

    /** The analysis time of a time: {@code (time-origin)/365.25}. */
    private String analysisTime(String variable) {
        String since = origin.isPresent() ? "(" + variable + "-origin)" : variable;
        String by = scale == Math.rint(scale) ? Long.toString((long) scale) : Double.toString(scale);
        return scale == 1 ? since : since + "/" + by;
    }
}
