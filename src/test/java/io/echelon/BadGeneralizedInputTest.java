package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What generalized commands say of data and options that they cannot use: which value, where, and what to do. */
class BadGeneralizedInputTest {
    private final Dataset<Row> data = TestSession.spark().range(0, 60).selectExpr("id DIV 10 AS g", "id % 4 AS h", "sin(id) AS x",
            "CAST(sin(id * id) > 0 AS INT) AS y", "id % 5 AS n", "CAST(id = 23 AS INT) * -3 + 1 AS w", "1 + 0.5 * CAST(id = 23 AS INT) AS half",
            "0 AS zero", "1 AS one", "CASE WHEN id = 31 THEN -2 ELSE 1 + id % 3 END AS t", "1 + id % 3 AS time",
            "CASE WHEN id = 31 THEN 2 ELSE id % 2 END AS d", "CASE WHEN id = 31 THEN 9 ELSE 0 END AS t0").coalesce(1);

    private EchelonException thrown(String script) {
        Session session = Echelon.on(TestSession.spark()).open(data);
        return assertThrows(EchelonException.class, () -> {
            for (String command : script.split(" ; ")) {
                session.run(command);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", value = {
        "mepoisson half x || g: => half has a count of 1.5; counts must be whole numbers from 0 (observation 4 of group 2)",
        "melogit n x || g:, binomial(3) => n has a count of 4 above its binomial denominator 3 (observation 5 of group 0)",
        "melogit one x || g: => one does not vary in the estimation sample: all 60 values are 1",
        "mepoisson n x || g:, exposure(zero) => exposure zero has the value 0; exposures are positive: leave such rows out with if",
        "meglm t x || g:, family(gamma) => t has a value of -2; a gamma response must be positive (observation 2 of group 3)",
        "melogit y x [pw=w] || g: => a weight is -2 (observation 4 of group 2): weights must not be negative; leave such rows out with if",
        "melogit y x [fw=half] || g: => a frequency weight is not a whole number (observation 4 of group 2); use pweight for sampling weights",
        "melogit y x [pw=zero] || g: => all weights are zero: no observation counts",
        "melogit y x if g == 1, vce(cluster g) => there is one cluster only in g: robust standard errors need several; leave vce() out, or name smaller clusters",
        "stset time, failure(zero) ; mestreg x || g:, distribution(weibull) => no failures: none of the 60 records ends in failure, and the hazard could be anything near zero; see failure() of stset",
        "stset one, failure(y) ; mestreg x || g:, distribution(gamma) => all 60 times are 1: the shape of their distribution cannot be told; use distribution(exponential)",
        "stset time, failure(y) ; replace _t = t ; mestreg x || g:, distribution(weibull) => _t has a time of -2; survival times must be positive (observation 2 of group 3)",
        "stset time, failure(y) ; replace _d = d ; mestreg x || g:, distribution(weibull) => _t has a failure indicator of 2; it is 1 for a failure and 0 for none (observation 2 of group 3)",
        "stset time, failure(y) ; replace _t0 = t0 ; mestreg x || g:, distribution(weibull) => _t has entry at 9 and exit at 2; observation must begin at 0 or later and end after it begins (observation 2 of group 3)"})
    void dataThatCannotBeUsed(String script, String message) {
        EchelonException e = thrown(script);
        assertEquals(EchelonException.Kind.FAILURE, e.kind());
        assertEquals(message, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", value = {
        "melogit y x || y: => y is the response and cannot tell groups apart; name another level variable",
        "melogit y x || g:, startgrid(-1) => startgrid(-1): variances to start with are greater than zero",
        "constraint 1 _b[var(_cons[g]):_cons] = -1 ; melogit y x || g:, constraints(1) => constraints() hold a variance of level g at -1.0; variances are not negative",
        "constraint 1 _b[x] = 1 ; constraint 2 _b[x] = 2 ; melogit y x || g:, constraints(1 2) => contradicts the other constraints; leave one of them out",
        "melogit y x || g:, constraints(3) => constraint 3 is not defined; write it first",
        "matrix m = (1,2\\2,1) ; melogit y x || g: x, cov(fixed(m)) => the covariance 2.0 of rows 1 and 2 is too large for the variances 1.0 and 1.0",
        "matrix m = (1,.9,-.9\\.9,1,.9\\-.9,.9,1) ; melogit y x || g: x n, cov(fixed(m)) => has a negative eigenvalue; give a positive semidefinite one",
        "matrix m = (1) ; melogit y x || g: x, cov(fixed(m)) => matrix m is 1 by 1, but the equation for g has 2 effects and needs 2 by 2",
        "matrix m = (1,0\\0,1.5) ; melogit y x || g: x, cov(pattern(m)) => element (2,2) is 1.5; elements are whole numbers",
        "melogit y x || g:, from(zeta=1) => no parameter zeta; parameters are x, _cons, var(_cons[g])",
        "meglm y x || g:, family(poisson) link(logit) => link(logit) does not go with family(poisson); use log",
        "melogit y x [pw=one] || g:, intmethod(laplace) => weights are not allowed with intmethod(laplace); use intmethod(mvaghermite)",
        "melogit y x [fw=one] || _all: R.h || g: => weights are not allowed with crossed effects, which are integrated by intmethod(laplace)",
        "melogit y x || g: x n h w half t time, cov(un) intpoints(30) => more than memory holds; use at most intpoints("})
    void optionsThatDoNotGoTogether(String script, String part) {
        EchelonException e = thrown(script);
        assertEquals(EchelonException.Kind.MISUSE, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
