package io.echelon.spark.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Expressions mean what Stata users expect. */
class ExpressionTranslatorTest {
    private static final Dataset<Row> DATA = TestSession.table("2 AS x, 0 AS zero, -3.5D AS neg, CAST(NULL AS DOUBLE) AS miss, "
            + "double('NaN') AS nan, 'ab' AS s, '' AS empty, CAST(NULL AS STRING) AS nul, true AS flag, "
            + "DATE '2024-03-05' AS day").cache();

    private static final Object MISSING = null;

    private final Map<String, Object> expected = new LinkedHashMap<>();

    private void expect(String expression, Object value) {
        expected.put(expression, value);
    }

    private void check() {
        ExpressionTranslator translator = new ExpressionTranslator(DATA);
        Column[] columns = expected.keySet().stream().map(CommandReader::readExpression).map(translator::value)
                .map(v -> v instanceof Value.Text ? v.text() : v.number()).toArray(Column[]::new);
        Row row = DATA.select(columns).first();
        int i = 0;
        for (Map.Entry<String, Object> e : expected.entrySet()) {
            Object value = row.get(i++);
            if (e.getValue() instanceof Double d && value instanceof Double v) {
                assertEquals(d, v, 1e-12, e.getKey());
            } else {
                assertEquals(e.getValue(), value, e.getKey());
            }
        }
    }

    @Test
    void missingSpreadsThroughArithmeticAndIsLargestInComparisons() {
        expect("x + miss", MISSING);
        expect("x + nan", MISSING);
        expect("-miss", MISSING);
        expect("x / zero", MISSING);
        expect("ln(zero)", MISSING);
        expect("sqrt(neg)", MISSING);
        expect("exp(1000)", MISSING);
        expect("neg ^ .5", MISSING);
        expect("miss > 1e300", 1.0);
        expect("x < miss", 1.0);
        expect("miss < x", 0.0);
        expect("miss == .", 1.0);
        expect("nan == .", 1.0);
        expect("x == .", 0.0);
        expect("miss >= .", 1.0);
        expect("x != miss", 1.0);
        expect("missing(miss)", 1.0);
        expect("missing(x, zero)", 0.0);
        expect("missing(x, s, empty)", 1.0);
        expect("mi(nul)", 1.0);
        check();
    }

    @Test
    void comparisonsAndLogicAreTheNumbersZeroAndOne() {
        expect("(x > 1) + (x > 0) + (x > 5)", 2.0);
        expect("!x", 0.0);
        expect("!zero", 1.0);
        expect("!miss", 0.0);
        expect("miss & x", 1.0);
        expect("zero | miss", 1.0);
        expect("zero & miss", 0.0);
        expect("x == 2 & neg < 0 | zero", 1.0);
        expect("flag + 1", 2.0);
        expect("s == \"ab\"", 1.0);
        expect("s < \"b\"", 1.0);
        expect("nul == \"\"", 1.0);
        expect("s != empty", 1.0);
        check();
    }

    @Test
    void functionsAreStatas() {
        expect("cond(x > 1, 10, 20)", 10.0);
        expect("cond(miss, 1, 2)", 1.0);
        expect("cond(miss, 1, 2, 3)", 3.0);
        expect("cond(zero, \"yes\", \"no\")", "no");
        expect("inlist(x, 1, 2, 3)", 1.0);
        expect("inlist(miss, 1, .)", 1.0);
        expect("inlist(s, \"x\", \"ab\")", 1.0);
        expect("inrange(x, 1, 2)", 1.0);
        expect("inrange(miss, 1, 2)", 0.0);
        expect("inrange(x, 1, .)", 1.0);
        expect("int(neg)", -3.0);
        expect("floor(neg)", -4.0);
        expect("ceil(neg)", -3.0);
        expect("round(2.5)", 3.0);
        expect("round(7.3, .5)", 7.5);
        expect("mod(neg, 2)", 0.5);
        expect("mod(x, zero)", MISSING);
        expect("min(x, miss, neg)", -3.5);
        expect("max(x, miss, neg)", 2.0);
        expect("max(miss, .)", MISSING);
        expect("abs(neg)", 3.5);
        expect("x^3", 8.0);
        expect("log10(1000)", 3.0);
        expect("normal(1.96)", 0.9750021048517795);
        expect("invnormal(.975)", 1.959963984540054);
        expect("invlogit(0)", 0.5);
        expect("logit(.5)", 0.0);
        expect("lngamma(5)", Math.log(24));
        expect("_pi", Math.PI);
        expect("_N", 1.0);
        check();
    }

    @Test
    void stringsHaveTheirFunctions() {
        expect("s + \"c\"", "abc");
        expect("s + nul", "ab");
        expect("strlen(s)", 2.0);
        expect("upper(s)", "AB");
        expect("substr(s, 2, .)", "b");
        expect("substr(s, -2, 1)", "a");
        expect("strpos(s, \"b\")", 2.0);
        expect("real(\"1.5\")", 1.5);
        expect("real(s)", MISSING);
        expect("string(x)", "2");
        expect("string(neg)", "-3.5");
        expect("regexm(s, \"^a\")", 1.0);
        check();
    }

    @Test
    void otherFunctionsAreSparks() {
        expect("year(day)", 2024.0);
        expect("datediff(day, \"2024-03-01\")", 4.0);
        expect("repeat(s, 2)", "abab");
        expect("isnull(miss) + 1", 2.0);
        expect("hypot(3, 4)", 5.0);
        check();
    }

    @Test
    void mistakesAreNamed() {
        assertMisuse("variable ned not found; did you mean neg?", "ned + 1");
        assertMisuse("function sqr() is not known; did you mean sqrt?", "sqr(x)");
        assertMisuse("type mismatch: a number is wanted where a string stands", "s + 1");
        assertMisuse("type mismatch: a string is wanted where a number stands", "upper(x)");
        assertMisuse("type mismatch: a string is wanted where a number stands", "s == 1");
        assertMisuse("ln() takes 1 argument, 2 given", "ln(x, 2)");
        assertMisuse("cond() takes 3 to 4 arguments, 1 given", "cond(x)");
    }

    private static void assertMisuse(String message, String expression) {
        EchelonException e = assertThrows(EchelonException.class,
                () -> new ExpressionTranslator(DATA).value(CommandReader.readExpression(expression)));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
