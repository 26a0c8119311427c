package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Estat;
import io.echelon.spec.Expression;
import io.echelon.spec.LinearConstraint.Parameter;
import io.echelon.spec.Lincom;
import io.echelon.spec.Lrtest;
import io.echelon.spec.Nlcom;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Statement;
import io.echelon.spec.Testparm;
import io.echelon.spec.WaldTest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ResultCommandsTest {
    @Test
    void resultsAreComparedByName() {
        assertEquals(new Lrtest("m1", ".", false, false, OptionalInt.empty()), command("lrtest m1"));
        assertEquals(new Lrtest("m1", "m2", true, true, OptionalInt.of(2)), command("lrtest m1 m2, force stats df(2)"));
        assertEquals(new Lrtest(".", "1", false, false, OptionalInt.empty()), command("lrtest . 1"));
        assertError("lrtest compares two results", "lrtest");
        assertError("lrtest compares two results", "lrtest a b c");
        assertError("unknown option farce; did you mean force?", "lrtest a b, farce");
    }

    @Test
    void hypotheses() {
        WaldTest list = (WaldTest) command("test 2.race [y]3.race#c.x _b[eq:z]");
        assertEquals(List.of(new WaldTest.Coefficient(new Parameter(Optional.empty(), "2.race")),
                new WaldTest.Coefficient(new Parameter(Optional.of("y"), "3.race#c.x")),
                new WaldTest.Coefficient(new Parameter(Optional.of("eq"), "z"))), list.conditions());
        WaldTest equations = (WaldTest) command("test (a = b = 2) ([lns1_1_1]_cons = /cut1), small mtest(h)");
        assertEquals(3, equations.conditions().size());
        assertTrue(equations.small());
        assertEquals(Optional.of(Adjustment.HOLM), equations.mtest());
        assertEquals(List.of(new WaldTest.OfEquation("y")), ((WaldTest) command("test [y], accum")).conditions());
        assertEquals(3, ((Testparm) command("testparm i.a##c.x")).terms().size());
        Lincom lincom = (Lincom) command("lincom 2*(a - b)/4 + 3, or level(90)");
        assertEquals(-3, lincom.combination().value());
        assertEquals(0.5, lincom.combination().summands().get(0).multiplier());
        assertEquals(Optional.of("Odds Ratio"), lincom.eform());
        assertError("a constraint must contain a parameter", "test 1 = 1");
        assertError("the command ends here", "test");
        assertError("mtest() cannot be foo", "test a, mtest(foo)");
    }

    @Test
    void functions() {
        Nlcom nlcom = (Nlcom) command("nlcom (r: _b[1.a#2.b] / [y]_b[x]) (_se[x])");
        assertEquals(List.of(Optional.of("r"), Optional.empty()), nlcom.functions().stream().map(Nlcom.Function::name).toList());
        assertEquals("_b[1.a#2.b] / [y]_b[x]", nlcom.functions().get(0).text());
        assertEquals(new Expression.Estimate(new Parameter(Optional.empty(), "x"), true),
                nlcom.functions().get(1).expression());
        assertEquals(1, ((Nlcom) command("nlcom (_b[x] + 1)/_b[z], level(90)")).functions().size());
        assertError("an estimate is written _b[name]", "nlcom x[1.a]");
    }

    @Test
    void estat() {
        assertEquals(new Estat.Icc(OptionalDouble.of(90)), command("estat icc, l(90)"));
        assertEquals(new Estat.Recovariance(Optional.of("school"), true), command("estat recov, rel(school) corr"));
        assertEquals(List.of(new Estat.Place("school", "3"), new Estat.Place("class", "b")),
                ((Estat.Wcorrelation) command("estat wcor, at(school=3 class=\"b\")")).at());
        assertEquals(new Estat.Ic(OptionalDouble.of(10)), command("estat ic, n(10)"));
        assertError("unknown option corrolation", "estat vce, corrolation");
    }

    private static PostestimationCommand command(String typed) {
        Statement.Postestimation statement = (Statement.Postestimation) CommandReader.read(typed);
        assertEquals(typed, statement.text());
        return statement.command();
    }

    private static void assertError(String message, String typed) {
        EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.read(typed));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
