package io.echelon.command;

import io.echelon.spec.Expression;
import io.echelon.spec.Sample;
import io.echelon.spec.Subset;
import io.echelon.spec.Weight;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** {@code if}, {@code in} and weights in brackets. */
final class Qualifiers {
    private static final Choices KINDS = Choices.of("fw:eight", "pw:eight", "iw:eight", "aw:eight", "w:eight");

    private final CommandText text;
    private Optional<Expression> condition = Optional.empty();
    private Optional<Sample.Range> range = Optional.empty();
    private Optional<Weight> weight = Optional.empty();

    /** Reads what was given; each may be given once. */
    Qualifiers(CommandText text, List<CommandParser.QualifierContext> contexts) {
        this.text = text;
        for (CommandParser.QualifierContext context : contexts) {
            if (context instanceof CommandParser.ConditionContext c) {
                condition = once(condition, c.start, "if", new ExpressionReader(text).read(c.expression()));
            } else if (context instanceof CommandParser.RangeContext c) {
                range = once(range, c.start, "in", range(c));
            } else if (context instanceof CommandParser.WeightContext c) {
                weight = once(weight, c.start, "a weight",
                        new Weight(kind(c.kind), new ExpressionReader(text).read(c.expression())));
            }
        }
    }

    Sample sample() {
        return new Sample(condition, range, weight);
    }

    Optional<Weight> weight() {
        return weight;
    }

    Optional<Expression> condition() {
        return condition;
    }

    Optional<Sample.Range> range() {
        return range;
    }

    /** For commands that take no weight. */
    Subset subset(List<CommandParser.QualifierContext> contexts) {
        if (weight.isPresent()) {
            CommandParser.QualifierContext at = contexts.stream()
                    .filter(CommandParser.WeightContext.class::isInstance).findFirst().orElseThrow();
            throw text.error(at.start, "this command takes no weight");
        }
        return new Subset(condition, range);
    }

    private <T> Optional<T> once(Optional<T> before, Token at, String what, T now) {
        if (before.isPresent()) {
            throw text.error(at, what + " is given twice");
        }
        return Optional.of(now);
    }

    private Weight.Kind kind(Token typed) {
        return switch (KINDS.find(text, typed, "the kind of weight")) {
            case "pweight" -> Weight.Kind.SAMPLING;
            case "iweight" -> Weight.Kind.IMPORTANCE;
            case "aweight" -> throw text.error(typed,
                    "analytic weights are not allowed; choose fweight, pweight or iweight");
            default -> Weight.Kind.FREQUENCY;
        };
    }

    private Sample.Range range(CommandParser.RangeContext c) {
        long first = place(c.first);
        long last = c.last == null ? first : place(c.last);
        if (last < first && (first < 0) == (last < 0)) {
            throw text.error(c.last.start, "row " + last + " comes before row " + first + "; write in " + last + "/" + first);
        }
        return new Sample.Range(first, last);
    }

    private long place(CommandParser.PlaceContext c) {
        if (c.NAME() != null) {
            return switch (c.NAME().getText()) {
                case "f", "F" -> 1;
                case "l", "L" -> -1;
                default -> throw text.error(c.start, "a row is a number, f for the first or l for the last, not "
                        + c.getText());
            };
        }
        long row;
        try {
            row = Long.parseLong(c.NUMBER().getText());
        } catch (NumberFormatException e) {
            throw text.error(c.start, "a row is a whole number, not " + c.NUMBER().getText());
        }
        if (row == 0) {
            throw text.error(c.start, "rows count from 1");
        }
        return c.MINUS() == null ? row : -row;
    }
}
