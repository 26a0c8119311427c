package io.echelon.command;

import io.echelon.spec.Expression;
import io.echelon.spec.LinearConstraint;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Turns the parse tree of an expression into an {@link Expression}. */
final class ExpressionReader extends CommandBaseVisitor<Expression> {
    private final CommandText text;

    ExpressionReader(CommandText text) {
        this.text = text;
    }

    Expression read(CommandParser.ExpressionContext context) {
        return visit(context);
    }

    @Override
    public Expression visitNot(CommandParser.NotContext c) {
        return new Expression.Unary("!", visit(c.expression()));
    }

    @Override
    public Expression visitSign(CommandParser.SignContext c) {
        Expression operand = visit(c.expression());
        return c.MINUS() == null ? operand : new Expression.Unary("-", operand);
    }

    @Override
    public Expression visitPower(CommandParser.PowerContext c) {
        return new Expression.Binary("^", visit(c.expression(0)), visit(c.expression(1)));
    }

    @Override
    public Expression visitBinary(CommandParser.BinaryContext c) {
        String operator = c.operator.getText();
        return new Expression.Binary(operator.equals("~=") ? "!=" : operator, visit(c.expression(0)),
                visit(c.expression(1)));
    }

    @Override
    public Expression visitParentheses(CommandParser.ParenthesesContext c) {
        return visit(c.expression());
    }

    @Override
    public Expression visitPrediction(CommandParser.PredictionContext c) {
        String typed = text.slice(c.LPAREN().getSymbol().getStopIndex() + 1, c.RPAREN().getSymbol().getStartIndex());
        return new Expression.Prediction(new PredictReader(text, c.option()).prediction(typed));
    }

    @Override
    public Expression visitCall(CommandParser.CallContext c) {
        List<Expression> arguments = c.expression().stream().map(this::visit).toList();
        return new Expression.Call(c.NAME().getText(), arguments);
    }

    @Override
    public Expression visitSubscript(CommandParser.SubscriptContext c) {
        if (Parameters.ofEstimates(c.NAME())) {
            return estimate(c.NAME(), Parameters.of(c.expression().getText()));
        }
        return new Expression.Subscript(c.NAME().getText(), visit(c.expression()));
    }

    @Override
    public Expression visitEstimate(CommandParser.EstimateContext c) {
        return estimate(c.NAME(), Parameters.of(c.bracketed().getText()));
    }

    @Override
    public Expression visitEstimateInEquation(CommandParser.EstimateInEquationContext c) {
        String equation = c.equation.getText();
        return c.coefficient() != null
                ? new Expression.Estimate(Parameters.of(equation, c.coefficient().getText()), false)
                : estimate(c.NAME(), Parameters.of(equation, c.bracketed(1).getText()));
    }

    private Expression estimate(TerminalNode name, LinearConstraint.Parameter parameter) {
        if (!Parameters.ofEstimates(name)) {
            throw text.error(name.getSymbol(), "an estimate is written _b[name] or [equation]name, not " + name.getText()
                    + "[...]; the value of a variable in another row has a row number in brackets, as in x[_n-1]");
        }
        return new Expression.Estimate(parameter, name.getText().equals("_se"));
    }

    @Override
    public Expression visitName(CommandParser.NameContext c) {
        return new Expression.Name(c.NAME().getText());
    }

    @Override
    public Expression visitNumber(CommandParser.NumberContext c) {
        return new Expression.Number(Double.parseDouble(c.NUMBER().getText()));
    }

    @Override
    public Expression visitText(CommandParser.TextContext c) {
        return new Expression.Text(unquoted(c.STRING()));
    }

    /** What stands between quotes. */
    static String unquoted(TerminalNode string) {
        String typed = string.getText();
        int quotes = typed.startsWith("`") ? 2 : 1;
        return typed.substring(quotes, typed.length() - quotes);
    }

    @Override
    public Expression visitMissing(CommandParser.MissingContext c) {
        if (c.NAME() != null) {
            throw text.error(c.start, "data sets read here have one missing value: write . instead of "
                    + c.getText());
        }
        return new Expression.Missing();
    }
}
