package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.spec.Factor;
import io.echelon.spec.Factor.Base;
import io.echelon.spec.Factor.Categorical;
import io.echelon.spec.Factor.Continuous;
import io.echelon.spec.Factor.Levels;
import io.echelon.spec.Term;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variable lists and factor variables. */
class VariableListTest {
    private static List<Term> terms(String list) {
        return EstimationTest.model("mixed y " + list + " || id:").fixed().terms();
    }

    private static Factor factor(String typed) {
        List<Term> terms = terms(typed);
        assertEquals(1, terms.size());
        assertEquals(1, terms.get(0).factors().size());
        return terms.get(0).factors().get(0);
    }

    /** In a notation of its own: names of categorical factors are followed by their base unless it is the first level. */
    private static String shown(List<Term> terms) {
        return terms.stream().map(t -> t.factors().stream().map(VariableListTest::shown).collect(Collectors.joining("#")))
                .collect(Collectors.joining(" "));
    }

    private static String shown(Factor factor) {
        if (factor instanceof Categorical c) {
            return c.variable() + (c.base() instanceof Base.First ? "" : ":" + c.base().getClass().getSimpleName());
        }
        return (factor instanceof Continuous ? "c." : "l.") + factor.variable();
    }

    @Test
    void prefixes() {
        assertEquals(new Continuous("x"), factor("x"));
        assertEquals(new Continuous("x"), factor("c.x"));
        assertEquals(new Categorical("x", new Base.First()), factor("i.x"));
        assertEquals(new Categorical("x", new Base.First()), factor("ib(first).x"));
        assertEquals(new Categorical("x", new Base.Last()), factor("ib(last).x"));
        assertEquals(new Categorical("x", new Base.Frequent()), factor("ib(freq).x"));
        assertEquals(new Categorical("x", new Base.Position(2)), factor("ib(#2).x"));
        assertEquals(new Categorical("x", new Base.Value(3)), factor("ib3.x"));
        assertEquals(new Categorical("x", new Base.Value(3)), factor("b3.x"));
        assertEquals(new Categorical("x", new Base.Value(3)), factor("3b.x"));
        assertEquals(new Categorical("x", new Base.None()), factor("ibn.x"));
        assertEquals(new Categorical("x", new Base.None()), factor("bn.x"));
        assertEquals(new Levels("x", List.of(3.0)), factor("3.x"));
        assertEquals(new Levels("x", List.of(3.0)), factor("i3.x"));
        assertEquals(new Levels("x", List.of(1.0, 2.0)), factor("i(1 2).x"));
        assertEquals(new Levels("x", List.of(1.0, 2.0, 3.0)), factor("i(1/3).x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a b | c.a c.b",
        "child* x? ~z *q a*b | c.child* c.x? c.~z c.*q c.a*b",
        "tr1-tr9 z | c.tr1-tr9 c.z",
        "_all | c._all",
        "a#b | a#b",
        "a##b | a b a#b",
        "a##b##c | a b a#b c a#c b#c a#b#c",
        "a##c.x | a c.x a#c.x",
        "c.x##c.x | c.x c.x#c.x",
        "c.x#c.x#c.x | c.x#c.x#c.x",
        "ibn.g##ibn.h ibn.b | g:None h:None g:None#h:None b:None",
        "ib2.a#ib(last).b | a:Value#b:Last",
        "1.a#2.b | l.a#l.b",
        "i.(a b) | a b",
        "c.(x z)#g | c.x#g c.z#g",
        "(a b)##c | a b c a#c b#c",
        "(a b)#(c d) | a#c b#c a#d b#d",
        "(a c.x)##g z | a c.x g a#g c.x#g c.z",
        "a#b c | a#b c.c"})
    void expansion(String list, String expected) {
        assertEquals(expected, shown(terms(list)));
    }

    @Test
    void blanksSeparatePatterns() {
        assertEquals("c.child c.*", shown(terms("child *")));
        assertEquals("c.child*", shown(terms("child*")));
    }
}
