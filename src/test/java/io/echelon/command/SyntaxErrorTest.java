package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the user sees for a mistake: sentence, command, and a caret under the place. */
class SyntaxErrorTest {
    private static final String MESSAGES = """
        unknown command mixd; did you mean mixed?
          mixd weight week || id:
          ^

        found "|"; expected a variable, if, in, a weight in [ ], a comma and options, || or the end (|| begins a level)
          mixed weight week | id:
                            ^

        the command ends here; expected a colon after the level variable, as in || id:
          mixed weight week || id
                                 ^

        found "week"; expected a colon after the level variable, as in || id:
          mixed weight week || id week
                                  ^

        "(" is never closed
          mixed weight week || id: week, cov(uns
                                            ^

        ")" closes nothing; take it away, or open it before
          mixed weight week || id: week, cov(uns))
                                                 ^

        covariance() cannot be foo; choose one of independent, exchangeable, identity, unstructured, fixed, pattern
          mixed weight week || id: week, cov(foo)
                                             ^

        fixed needs a matrix, as in covariance(fixed(m))
          mixed weight week || id: week, cov(fixed)
                                             ^

        option covariance() belongs to a level: put it after its comma, as in || id: x, cov(un)
          mixed weight week, cov(un) || id:
                             ^

        unknown option remll; did you mean reml?
          mixed weight week || id:, remll
                                    ^

        option exposure not allowed with mixed; it belongs to meglm, mepoisson, meqrpoisson, menbreg
          mixed weight week || id:, exposure(x)
                                    ^

        option reml not allowed with melogit; it belongs to mixed
          melogit y x || id:, reml
                              ^

        level() must be between 10 and 99.99, not 9
          mixed weight week || id:, level(9)
                                          ^

        option level needs an argument: level(#)
          mixed weight week || id:, level
                                    ^

        option level needs an argument: level(#)
          mixed weight week || id:, level()
                                    ^

        option reml takes no argument
          mixed weight week || id:, reml(3)
                                    ^

        option level() is given twice
          mixed weight week || id:, l(90) l(95)
                                          ^

        iterate() must be a whole number, 0 or more, not -1
          mixed weight week || id:, iterate(-1)
                                            ^

        iterate() must be a whole number, 0 or more, not 1.5
          mixed weight week || id:, iterate(1.5)
                                            ^

        option cformat() is not available yet; leave it out
          mixed weight week || id:, cformat(%9.2f)
                                    ^

        option robust is written vce(robust)
          mixed weight week || id:, robust
                                    ^

        option cluster() is written vce(cluster varname)
          mixed weight week || id:, cl(id)
                                    ^

        option co is abbreviated too much; mixed has covariance(vartype), coeflegend
          mixed weight week || id:, co(un)
                                    ^

        the response is missing; expected mixed response [variables] || level: ...
          mixed
               ^

        the response is missing; expected mixed response [variables] || level: ...
          mixed || id:
                ^

        the response must be one variable, not i.y
          mixed i.y x || id:
                ^

        found "||"; expected a name, a number or a function
          mixed y x if || id:
                       ^

        found "="; expected an operator, if, in, a weight in [ ], a comma and options, || or the end (== compares)
          mixed y x if a = 3 || id:
                         ^

        found "||"; expected a name, a number or a function
          mixed y x if a == || id:
                            ^

        "(" is never closed
          mixed y x if (a == 3 || id:
                       ^

        found "&"; expected a name, a number or a function (a single & means and)
          mixed y x if a && b || id:
                          ^

        rows count from 1
          mixed y x in 0/5 || id:
                       ^

        a row is a number, f for the first or l for the last, not g
          mixed y x in g/l || id:
                       ^

        analytic weights are not allowed; choose fweight, pweight or iweight
          mixed y x [aw=w] || id:
                     ^

        found "]"; expected =
          mixed y x [w] || id:
                      ^

        the kind of weight cannot be zw; choose one of fweight, pweight, iweight, aweight, weight
          mixed y x [zw=w] || id:
                     ^

        found "||"; expected a variable
          mixed y x# || id:
                     ^

        found "||"; expected a variable
          mixed y x#c.|| id:
                      ^

        R.x belongs to a level and stands alone there, as in || _all: R.x
          mixed y R.x || id:
                  ^

        unknown operator L.; choose i., c., ib#., ibn., #. or i(# #).
          mixed y L.x || id:
                  ^

        the base is a level, #2 for the second smallest, first, last, freq or none, not foo
          mixed y ib(foo).x || id:
                     ^

        found "||"; expected a variable
          mixed y tr1- || id:
                       ^

        R.a stands alone in its equation; write the other effects as another || id:
          mixed y x || id: R.a b
                           ^

        ar residuals need the time variable, as in residuals(ar, t(week))
          mixed y x || id:, res(ar 1)
                                ^

        exchangeable residuals take no number
          mixed y x || id:, res(ex 1)
                                   ^

        residuals() cannot be arr; did you mean ar? choose one of independent, exchangeable, ar, ma, unstructured, banded, toeplitz, exponential
          mixed y x || id:, res(arr, t(t))
                                ^

        unknown option q; did you mean t?
          mixed y x || id:, res(ar 1, t(t) q(3))
                                           ^

        dfmethod(kroger) needs option reml
          mixed y x || id:, dfm(kr)
                            ^

        the information matrix cannot be foo; choose one of eim, oim
          mixed y x || id:, reml dfm(kr, foo)
                                         ^

        eim and oim belong to satterthwaite and kroger only
          mixed y x || id:, dfm(anova, eim) reml
                                       ^

        reml and mle exclude each other
          mixed y x || id:, reml mle
                            ^

        vce(cluster) needs a variable, as in vce(cluster id)
          mixed y x || id:, vce(cluster)
                                ^

        vce() cannot be bootstrap; choose one of oim, robust, cluster
          mixed y x || id:, vce(bootstrap)
                                ^

        the number of iterations must be a whole number, 1 or more, not 0
          mixed y x || id:, tech(nr 0)
                                    ^

        tolerance() must be between 0 and 1, not -1
          mixed y x || id:, tolerance(-1)
                                      ^

        mestreg needs option distribution(); choose one of exponential, weibull, loglogistic, lognormal, gamma
          mestreg x || id:
                          ^

        time ratios need the accelerated failure-time metric; add option time
          mestreg x || id:, d(weib) tr
                                    ^

        intpoints() must be a whole number, 1 or more, not 0
          melogit y x || id:, intp(0)
                                   ^

        found "x"; expected a number or nothing more
          melogit y x || id:, intp(7 x)
                                     ^

        family() cannot be gausian; did you mean gaussian? choose one of gaussian, bernoulli, binomial, gamma, nbinomial, ordinal, poisson
          meglm y x || id:, f(gausian)
                              ^

        link() cannot be 90; choose one of identity, log, logit, probit, cloglog
          meglm y x || id:, l(90)
                              ^

        found "=="; expected a name or = (= gives a value, == compares)
          gen x == 3
                ^

        the command ends here; expected a name or =
          gen x
               ^

        found "3"; expected a name
          gen 3 = x
              ^

        duoble is not a storage type; choose one of byte, int, long, float, double, str, or leave it out
          gen duoble x = 3
              ^

        the command ends here; expected a name, a number or a function
          gen x = 3 +
                     ^

        "(" is never closed
          gen x = ln(3
                    ^

        this quotation mark is never closed
          gen x = "abc
                  ^

        data sets read here have one missing value: write . instead of .a
          gen x = .a
                  ^

        the command ends here; expected a name, a number or a function
          gen x = 3 if
                      ^

        found "3"; expected =
          replace x 3
                    ^

        the function of egen cannot be grup; did you mean group? choose one of group, tag, std, mean, total, sum, min, max, count, sd, median
          egen x = grup(a b)
                   ^

        unknown option foo
          egen x = std(a), by(g) foo
                                 ^

        tabulate makes indicator variables here; add option generate(stub)
          tab x
               ^

        the command ends here; expected a variable, if, in or a weight in [ ]
          keep
              ^

        found ","; expected an operator, if, in, a weight in [ ] or the end
          keep if x, y
                   ^

        found "if"; expected a variable or the end
          keep a if x
                 ^

        the command ends here; expected a name, a number or a function
          constraint 1
                      ^

        found "="; expected a number
          constraint x = 1
                       ^

        a constraint must be linear in the parameters
          constraint 1 _b[x]*_b[y] = 3
                            ^

        a constraint must contain a parameter, as in _b[week] = 1
          constraint 1 3 = 3
                       ^

        row 2 has another number of elements (1) than the first row (2)
          mat a = (1,2\\3)
                       ^

        unknown matrix function foo(); choose one of diag, I, inv, invsym, J, vecdiag
          mat a = foo(1)
                  ^

        the command ends here; expected =
          mat list a
                    ^

        expected est followed by one of store, restore, table, stats
          est
          ^

        expected est followed by one of store, restore, table, stats
          est foo
              ^

        expected estat followed by one of icc, group, sd, recovariance, wcorrelation, ic, vce, summarize, df, quadrature
          estat foo
                ^

        the command ends here; expected a command
          qui
             ^

        unknown command mixd; did you mean mixed?
          qui mixd y
              ^

        found "{"; expected a command, such as mixed y x || id:
          {
          ^

        found "a"; expected a command, such as mixed y x || id:
          "a"
          ^

        found "123"; expected a command, such as mixed y x || id:
          123
          ^

        unknown option é
          mixed y x || id: , é
                             ^

        the prefix by is not available; egen computes by groups with its option by()
          by g: gen x = 1
          ^

        intpoints() may be at most 195, not 300
          melogit y x || id:, intp(300)
                              ^

        "(" is never closed
          margins, at(x=(1(1)5)
                     ^

        found "if"; expected a variable, a comma and options, || or the end (if, in and weights stand before the first ||)
          mixed y x || id: x if a
                             ^

        found "["; expected a variable, a comma and options, || or the end (if, in and weights stand before the first ||)
          mixed y x || id: x [pw=w]
                             ^

        found ","; expected a colon after the level variable, as in || id:
          mixed y x if a || b, foo
                             ^

        the prefix bysort is not available; egen computes by groups with its option by()
          bysort g: gen x = 1
          ^

        option base takes no argument
          mixed y x || id:, base(3)
                            ^

        family(poisson) takes no argument
          meglm y x || id:, f(poisson 3)
                              ^

        vce(robust) takes no variable
          melogit y x || id:, vce(robust g)
                                  ^

        failure() is a variable, or variable==values
          stset t, fail(time x)
                        ^

        scale() must be greater than 0
          stset t, s(0)
                   ^

        write time before the expression, as in enter(time t0)
          stset t, enter(t0 + 1)
                         ^

        found "x"; expected nothing more
          mixed y x || id:, level(9x)
                                   ^

        nothing more before ")"; expected a name, a number or a function
          mixed y x || id:, fw(w +)
                                  ^

        iweights are not allowed with mixed; choose fweight or pweight
          mixed y x [iw=w] || id:
                    ^

        robust and clustered standard errors are not allowed with reml; use maximum likelihood (mle)
          mixed y x || id:, reml vce(robust)
                            ^

        the range 3/1 must run upwards, over at most 10000 numbers
          melogit y x || id:, const(3/1)
                                    ^

        option trace is not available yet; leave it out
          mixed y x x2 || id:, trace
                               ^

        the command ends here; expected a variable, if, in or a weight in [ ]
          drop
              ^

        _n is a reserved word; choose another name
          gen _n = 3
              ^

        this quotation mark is never closed
          mixed y x if x > "a || id:
                           ^

        3x is not a name; a level of a factor is written 3.x
          mixed y 3x || id:
                  ^

        found "3"; expected a level variable
          mixed y x || 3: x
                       ^

        found ":"; expected a level variable
          mixed y x || : x
                       ^

        the command ends here; expected a level variable
          mixed y x || id: x ||
                               ^

        found ","; expected an option, || or the end
          mixed y child * || id: x y z,, reml
                                       ^
        """;

    static Stream<String> messages() {
        return Arrays.stream(MESSAGES.split("\n\n")).map(String::stripTrailing);
    }

    private static String messageOf(String command) {
        EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.readAll(command), command);
        assertEquals(EchelonException.Kind.MISUSE, e.kind());
        return e.getMessage();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message(String expected) {
        assertEquals(expected, messageOf(expected.lines().skip(1).findFirst().orElseThrow().strip()));
    }

    @Test
    void theLineOfALongCommand() {
        assertEquals("""
                option reml not allowed with melogit; it belongs to mixed
                      || id:, reml
                              ^""", messageOf("melogit y x ///\n    || id:, reml"));
    }

    @Test
    void tabsKeepTheCaretInPlace() {
        assertEquals("unknown option foo\n  mixed y x\t|| id:,\tfoo\n           \t       \t^",
                messageOf("mixed y x\t|| id:,\tfoo"));
    }

    @Test
    void noCommandAtAll() {
        for (String nothing : new String[] {"", "  ", "// only a comment", "* only a comment"}) {
            EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.read(nothing));
            assertEquals("the command is empty; expected one such as mixed y x || id:", e.getMessage());
            assertTrue(CommandReader.readAll(nothing).isEmpty());
        }
    }

    @Test
    void anythingTypedGivesAMessage() {
        String command = "mixed y i.a##c.x if z >= 2 in 1/9 [pw=w] || id: x, cov(un) res(ar 1, t(t)) tech(nr 5 bfgs)";
        for (int i = 0; i <= command.length(); i++) {
            for (String insert : new String[] {"", "(", ")", "\"", ",", "|", "#", "[", "=", "é", "\\", "'", "%"}) {
                String typed = command.substring(0, i) + insert;
                for (String text : new String[] {typed, typed + command.substring(i)}) {
                    try {
                        CommandReader.readAll(text);
                    } catch (EchelonException e) {
                        assertEquals(EchelonException.Kind.MISUSE, e.kind(), text);
                        assertTrue(e.getMessage().endsWith("^") && e.getMessage().lines().count() == 3, e.getMessage());
                        assertTrue(!e.getMessage().contains("something else"), e.getMessage());
                    }
                }
            }
        }
    }
}
