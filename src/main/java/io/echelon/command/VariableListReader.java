package io.echelon.command;

import io.echelon.spec.Factor;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Variable lists: names, patterns, ranges, and factor variables with their operators. */
final class VariableListReader {
    private final CommandText text;

    VariableListReader(CommandText text) {
        this.text = text;
    }

    /** The terms of a list, {@code ##} expanded in Stata's order: {@code a##b##c} is a b a#b c a#c b#c a#b#c. */
    List<Term> terms(List<CommandParser.TermContext> contexts) {
        return contexts.stream().flatMap(c -> expand(c).stream()).toList();
    }

    /** Names, patterns and ranges as typed, blanks left out. */
    static List<String> columns(List<CommandParser.ColumnsContext> contexts) {
        return contexts.stream().map(CommandParser.ColumnsContext::getText).toList();
    }

    private List<Term> expand(CommandParser.TermContext context) {
        boolean interaction = context.operand().size() > 1;
        List<Term> terms = operand(context.operand(0), interaction);
        int next = 1;
        for (var child : context.children) {
            if (child instanceof TerminalNode operator) {
                List<Term> right = operand(context.operand(next++), true);
                terms = combine(terms, right, operator.getSymbol().getType() == CommandParser.HASHES);
            }
        }
        return terms;
    }

    private static List<Term> combine(List<Term> left, List<Term> right, boolean mainEffects) {
        LinkedHashSet<Term> all = new LinkedHashSet<>();
        if (mainEffects) {
            all.addAll(left);
            all.addAll(right);
        }
        for (Term r : right) {
            for (Term l : left) {
                List<Factor> factors = new ArrayList<>(l.factors());
                factors.addAll(r.factors());
                all.add(new Term(factors));
            }
        }
        return List.copyOf(all);
    }

    private List<Term> operand(CommandParser.OperandContext context, boolean interaction) {
        List<Term> terms = new ArrayList<>();
        for (CommandParser.FactorContext f : context.factor()) {
            CommandParser.PrefixContext prefix = f.prefix() != null ? f.prefix() : context.prefix();
            terms.add(new Term(List.of(factor(prefix, f.columns().getText(), interaction))));
        }
        return terms;
    }

    private Factor factor(CommandParser.PrefixContext prefix, String variable, boolean interaction) {
        if (prefix != null) {
            return prefixed(prefix, variable);
        }
        return interaction ? new Factor.Categorical(variable, new Factor.Base.First()) : new Factor.Continuous(variable);
    }

    private Factor prefixed(CommandParser.PrefixContext prefix, String variable) {
        String operator = prefix.NAME() == null ? "" : prefix.NAME().getText();
        if (prefix.NUMBER() != null) {
            return numbered(prefix, operator, variable);
        }
        if (prefix.LPAREN() != null) {
            return listed(prefix, operator, variable);
        }
        return switch (operator) {
            case "i" -> new Factor.Categorical(variable, new Factor.Base.First());
            case "c" -> new Factor.Continuous(variable);
            case "ibn", "bn" -> new Factor.Categorical(variable, new Factor.Base.None());
            case "o", "io" -> throw text.error(prefix.start, "to omit " + variable + ", leave it out of the list");
            case "R" -> throw text.error(prefix.start, "R." + variable
                    + " belongs to a level and stands alone there, as in || _all: R." + variable);
            default -> leveled(prefix, operator, variable);
        };
    }

    /** {@code 3.x}, {@code 3bn.x}, {@code 3b.x}. */
    private Factor numbered(CommandParser.PrefixContext prefix, String operator, String variable) {
        String number = prefix.NUMBER().getText();
        if (operator.isEmpty() && !number.endsWith(".")) {
            throw text.error(prefix.start, number + variable + " is not a name; a level of a factor is written " + number
                    + "." + variable);
        }
        double level = Double.parseDouble(number);
        return switch (operator) {
            case "", "bn" -> new Factor.Levels(variable, List.of(level));
            case "b" -> new Factor.Categorical(variable, new Factor.Base.Value(level));
            case "o", "bo" -> throw text.error(prefix.start, "to omit a level of " + variable + ", leave it out of the list");
            default -> throw unknown(prefix.start, prefix.getText());
        };
    }

    /** {@code i3.x}, {@code ib3.x}, {@code b3.x}. */
    private Factor leveled(CommandParser.PrefixContext prefix, String operator, String variable) {
        String digits = operator.replaceFirst("^(ib|b|i)", "");
        if (digits.equals(operator) || !digits.matches("[0-9]+")) {
            throw unknown(prefix.start, prefix.getText());
        }
        double level = Double.parseDouble(digits);
        return operator.startsWith("ib") || operator.startsWith("b")
                ? new Factor.Categorical(variable, new Factor.Base.Value(level))
                : new Factor.Levels(variable, List.of(level));
    }

    /** {@code i(1 2).x}, {@code i(1/3).x}, {@code ib(first).x}, {@code ib(#2).x}. */
    private Factor listed(CommandParser.PrefixContext prefix, String operator, String variable) {
        if (operator.equals("i") || operator.isEmpty()) {
            return new Factor.Levels(variable, prefix.levels.stream().flatMap(l -> levels(l).stream()).toList());
        }
        if (!operator.equals("ib") && !operator.equals("b") || prefix.levels.size() != 1) {
            throw unknown(prefix.start, prefix.getText());
        }
        return new Factor.Categorical(variable, base(prefix.levels.get(0)));
    }

    private Factor.Base base(CommandParser.PrefixLevelContext level) {
        if (level.NAME() == null) {
            if (level.SLASH() != null) {
                throw text.error(level.start, "the base is one level, not a range");
            }
            double value = Double.parseDouble(level.NUMBER(0).getText());
            return level.HASH() == null ? new Factor.Base.Value(value)
                    : new Factor.Base.Position(Numbers.whole(text, level.start, value, "the position of the base", 1));
        }
        return switch (level.NAME().getText()) {
            case "first" -> new Factor.Base.First();
            case "last" -> new Factor.Base.Last();
            case "freq" -> new Factor.Base.Frequent();
            case "none" -> new Factor.Base.None();
            default -> throw text.error(level.start,
                    "the base is a level, #2 for the second smallest, first, last, freq or none, not " + level.getText());
        };
    }

    private List<Double> levels(CommandParser.PrefixLevelContext level) {
        if (level.NAME() != null || level.HASH() != null) {
            throw text.error(level.start, "levels are numbers, as in i(1 2).x, not " + level.getText());
        }
        double first = Double.parseDouble(level.NUMBER(0).getText());
        double last = level.SLASH() == null ? first : Double.parseDouble(level.NUMBER(1).getText());
        List<Double> levels = new ArrayList<>();
        for (double v = first; v <= last; v++) {
            levels.add(v);
        }
        return levels;
    }

    private RuntimeException unknown(Token at, String operator) {
        return text.error(at, "unknown operator " + operator + "; choose i., c., ib#., ibn., #. or i(# #).");
    }
}
