package io.echelon.command;

import io.echelon.spec.LinearConstraint;
import io.echelon.spec.LinearConstraint.Parameter;
import io.echelon.spec.LinearConstraint.Summand;
import io.echelon.spec.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads {@code constraint [define] number equation} into a linear equation in the parameters. */
final class ConstraintReader extends CommandBaseVisitor<ConstraintReader.Form> {
    /** A linear form: a multiplier for each parameter, and a number. */
    record Form(Map<Parameter, Double> multipliers, double number) {
        Form times(double factor) {
            Map<Parameter, Double> scaled = new LinkedHashMap<>();
            multipliers.forEach((p, m) -> scaled.put(p, m * factor));
            return new Form(scaled, number * factor);
        }

        Form plus(Form other) {
            Map<Parameter, Double> sum = new LinkedHashMap<>(multipliers);
            other.multipliers.forEach((p, m) -> sum.merge(p, m, Double::sum));
            sum.values().removeIf(m -> m == 0);
            return new Form(sum, number + other.number);
        }

        boolean constant() {
            return multipliers.isEmpty();
        }
    }

    private final CommandText text;

    ConstraintReader(CommandText text) {
        this.text = text;
    }

    Statement read(int start, int rest) {
        CommandParser.ConstraintContext c = text.parser(rest, text.length()).constraint();
        if (c.action != null && !"define".startsWith(c.action.getText())) {
            throw text.error(c.action, "expected constraint [define] number equation, found " + c.action.getText());
        }
        int number = Numbers.whole(text, c.number, Double.parseDouble(c.number.getText()), "the number of a constraint", 1);
        return new Statement.ConstraintDefine(text.slice(start, text.length()), number, equation(c.left, c.right));
    }

    /** The equation of two linear forms. */
    LinearConstraint equation(CommandParser.LinearContext left, CommandParser.LinearContext right) {
        Form difference = visit(left).plus(visit(right).times(-1));
        if (difference.constant()) {
            throw text.error(left.start, "a constraint must contain a parameter, as in _b[week] = 1");
        }
        return constraint(difference);
    }

    /** A linear form; its number with the opposite sign is the {@code value}. */
    LinearConstraint combination(CommandParser.LinearContext linear) {
        Form form = visit(linear);
        if (form.constant()) {
            throw text.error(linear.start, "there is no parameter in this expression; write one such as _b[week]");
        }
        return constraint(form);
    }

    private static LinearConstraint constraint(Form form) {
        var summands = form.multipliers().entrySet().stream().map(e -> new Summand(e.getValue(), e.getKey())).toList();
        return new LinearConstraint(summands, 0.0 - form.number());
    }

    @Override
    public Form visitLinearNegative(CommandParser.LinearNegativeContext c) {
        return visit(c.linear()).times(-1);
    }

    @Override
    public Form visitLinearBinary(CommandParser.LinearBinaryContext c) {
        Form left = visit(c.linear(0));
        Form right = visit(c.linear(1));
        return switch (c.operator.getType()) {
            case CommandParser.PLUS -> left.plus(right);
            case CommandParser.MINUS -> left.plus(right.times(-1));
            case CommandParser.STAR -> {
                if (!left.constant() && !right.constant()) {
                    throw notLinear(c.operator);
                }
                yield left.constant() ? right.times(left.number()) : left.times(right.number());
            }
            default -> {
                if (!right.constant() || right.number() == 0) {
                    throw notLinear(c.operator);
                }
                yield left.times(1 / right.number());
            }
        };
    }

    private RuntimeException notLinear(Token operator) {
        return text.error(operator, "a constraint must be linear in the parameters");
    }

    @Override
    public Form visitLinearParentheses(CommandParser.LinearParenthesesContext c) {
        return visit(c.linear());
    }

    @Override
    public Form visitLinearNumber(CommandParser.LinearNumberContext c) {
        return new Form(Map.of(), Double.parseDouble(c.NUMBER().getText()));
    }

    @Override
    public Form visitParameter(CommandParser.ParameterContext c) {
        checkB(c.NAME());
        return form(Parameters.of(c.bracketed().getText()));
    }

    @Override
    public Form visitParameterInEquation(CommandParser.ParameterInEquationContext c) {
        checkB(c.NAME());
        return form(Parameters.of(c.equation.getText(), c.bracketed(1).getText()));
    }

    @Override
    public Form visitCoefficientInEquation(CommandParser.CoefficientInEquationContext c) {
        return form(Parameters.of(c.equation.getText(), c.coefficient().getText()));
    }

    @Override
    public Form visitBareCoefficient(CommandParser.BareCoefficientContext c) {
        return form(Parameters.of("", c.coefficient().getText()));
    }

    private void checkB(TerminalNode name) {
        if (!Parameters.ofEstimates(name) || name.getText().equals("_se")) {
            throw text.error(name.getSymbol(), "a parameter is written _b[name] or [equation]name, not " + name.getText()
                    + "[...]");
        }
    }

    private static Form form(Parameter parameter) {
        return new Form(Map.of(parameter, 1.0), 0);
    }
}
