package io.echelon.command;

import io.echelon.spec.Expression;
import java.util.List;

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
    public Expression visitCall(CommandParser.CallContext c) {
        List<Expression> arguments = c.expression().stream().map(this::visit).toList();
        return new Expression.Call(c.NAME().getText(), arguments);
    }

    @Override
    public Expression visitSubscript(CommandParser.SubscriptContext c) {
        return new Expression.Subscript(c.NAME().getText(), visit(c.expression()));
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
        String typed = c.STRING().getText();
        int quotes = typed.startsWith("`") ? 2 : 1;
        return new Expression.Text(typed.substring(quotes, typed.length() - quotes));
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
