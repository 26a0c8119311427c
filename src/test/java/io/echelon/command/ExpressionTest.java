package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.spec.Expression;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions: precedence shown by parentheses around every operation. */
class ExpressionTest {
    private static String shown(Expression e) {
        if (e instanceof Expression.Number n) {
            return Numbers.plain(n.value());
        } else if (e instanceof Expression.Text t) {
            return '"' + t.value() + '"';
        } else if (e instanceof Expression.Missing) {
            return ".";
        } else if (e instanceof Expression.Name n) {
            return n.name();
        } else if (e instanceof Expression.Subscript s) {
            return s.name() + "[" + shown(s.index()) + "]";
        } else if (e instanceof Expression.Unary u) {
            return "(" + u.operator() + shown(u.operand()) + ")";
        } else if (e instanceof Expression.Binary b) {
            return "(" + shown(b.left()) + b.operator() + shown(b.right()) + ")";
        }
        Expression.Call c = (Expression.Call) e;
        return c.function() + "(" + c.arguments().stream().map(ExpressionTest::shown).collect(Collectors.joining(",")) + ")";
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '$', value = {
        "1+2*3; (1+(2*3))",
        "a-b-c; ((a-b)-c)",
        "-2^2; (-(2^2))",
        "2^-1; (2^(-1))",
        "2^3^2; ((2^3)^2)",
        "!a & b; ((!a)&b)",
        "~a; (!a)",
        "!x==1; ((!x)==1)",
        "a | b & c; (a|(b&c))",
        "a == 1 | b ~= 2 & c < 3; ((a==1)|((b!=2)&(c<3)))",
        "a+1 > b*2; ((a+1)>(b*2))",
        "(a+b)*c; ((a+b)*c)",
        "x >= .; (x>=.)",
        "x<.; (x<.)",
        "ln(x)/max(a, b, 1); (ln(x)/max(a,b,1))",
        "cond(missing(x), 0, x); cond(missing(x),0,x)",
        "runiform(); runiform()",
        "name == \"a b\"; (name==\"a b\")",
        "x[_n-1] + x[1]; (x[(_n-1)]+x[1])",
        "_n/_N; (_n/_N)",
        "1e3+.5+2.; ((1000+0.5)+2)",
        "+x; x"})
    void precedence(String typed, String expected) {
        assertEquals(expected, shown(CommandReader.readExpression(typed)));
    }

    @Test
    void missingIsAValue() {
        assertEquals(new Expression.Missing(), CommandReader.readExpression("."));
    }
}
