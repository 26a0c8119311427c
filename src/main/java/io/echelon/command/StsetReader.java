package io.echelon.command;

import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import io.echelon.spec.SurvivalTime;
import io.echelon.spec.SurvivalTime.Moment;
import java.util.List;
import java.util.Optional;

/** Reads {@code stset}. */
final class StsetReader {
    private static final OptionTable OPTIONS = OptionTable.of("stset", "f:ailure(varname[==numlist])", "id(varname)",
            "en:ter(time exp)", "o:rigin(time exp)", "ex:it(failure|time exp)", "time0(varname)", "s:cale(#)",
            "nosh:ow");

    private final CommandText text;

    StsetReader(CommandText text) {
        this.text = text;
    }

    Statement read(int start, int rest) {
        CommandParser.StsetContext c = text.parser(rest, text.length()).stset();
        GivenOptions options = GivenOptions.of(text, OPTIONS, c.optionList());
        Qualifiers qualifiers = new Qualifiers(text, c.qualifier());
        if (qualifiers.range().isPresent()) {
            throw text.error(c.qualifier(0).start, "stset takes if, not in");
        }
        double scale = options.number("scale", 0, Double.MAX_VALUE).orElse(1.0);
        if (scale == 0) {
            throw options.error("scale", "scale() must be greater than 0");
        }
        return new Statement.Stset(text.slice(start, text.length()), new SurvivalTime(c.variable.getText(),
                failure(options), options.variable("id"), moment(options, "enter"), moment(options, "origin"),
                moment(options, "exit"), options.variable("time0"), scale, qualifiers.condition(),
                qualifiers.weight(), !options.has("noshow")));
    }

    private Optional<SurvivalTime.Event> failure(GivenOptions options) {
        return options.read("failure", CommandParser::moment).map(c -> {
            if (c instanceof CommandParser.MomentTimeContext) {
                throw text.error(c.start, "failure() is a variable, or variable==values");
            }
            return event(c);
        });
    }

    private Optional<Moment> moment(GivenOptions options, String name) {
        return options.read(name, CommandParser::moment).map(c -> {
            if (c instanceof CommandParser.MomentTimeContext t) {
                if (!t.NAME().getText().equals("time")) {
                    throw text.error(t.start, "write time before the expression, as in enter(time t0)");
                }
                return new SurvivalTime.At(new ExpressionReader(text).read(t.expression()),
                        text.slice(t.expression().start.getStartIndex(), t.expression().stop.getStopIndex() + 1));
            }
            if (c instanceof CommandParser.MomentEventContext) {
                return event(c);
            }
            String word = c.start.getText();
            return name.equals("exit") && word.equals("failure") ? new SurvivalTime.FirstFailure()
                    : new SurvivalTime.At(new Expression.Name(word), word);
        });
    }

    private SurvivalTime.Event event(CommandParser.MomentContext context) {
        List<Double> values = context instanceof CommandParser.MomentEventContext c
                ? Numbers.wholes(text, c.numberList().numberRange(), "the value", Integer.MIN_VALUE).stream()
                        .map(Integer::doubleValue).toList()
                : List.of();
        return new SurvivalTime.Event(context.start.getText(), values);
    }
}
