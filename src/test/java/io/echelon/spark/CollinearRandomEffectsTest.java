package io.echelon.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.error.EchelonException;
import io.echelon.fit.VarianceComponent;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of a random-effects equation that depend on others are left out, however the rows are packed. */
class CollinearRandomEffectsTest {
    private final SparkSession spark = TestSession.spark();

    /** Of the variables {@code shifted = 2 year + 1}, {@code both = x + year}; years lie far from zero. */
    private Dataset<Row> data() {
        return spark.range(0, 600, 1, 3).selectExpr("id % 30 AS g", "floor(id / 30) AS t", "2000 + floor(id / 30) AS year",
                "sin(id) AS x", "0 AS zero", "0 AS nil").selectExpr("*", "2 * year + 1 AS shifted", "x + year AS both",
                "3 + cos(g) + 0.1 * t * sin(2 * g) + 0.3 * x + 0.2 * sin(7 * x * t + g) AS y")
                .selectExpr("*", "CAST(y AS INT) AS n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "mixed y year || g: year shifted zero, cov(un); mixed y year || g: year, cov(un); shifted zero",
        "mixed y year || g: x zero year both, nocons; mixed y year || g: x year, nocons; zero both",
        "mixed y year || g: x year both || g:; mixed y year || g: x year || g:; both",
        "mixed y year || _all: R.t || g: x shifted year; mixed y year || _all: R.t || g: x shifted; year",
        "mixed y year, vce(robust) || g: x both year; mixed y year, vce(robust) || g: x both; year",
        "mepoisson n x || g: x zero, cov(un) intp(3); mepoisson n x || g: x, cov(un) intp(3); zero"})
    void areLeftOut(String command, String without, String dropped) {
        Fit fit = Echelon.on(spark).fit(data(), command);
        Fit same = Echelon.on(spark).fit(data(), without);
        List<String> terms = same.estimates().varianceComponents().stream().map(VarianceComponent::term).toList();
        assertEquals(terms, fit.estimates().varianceComponents().stream().map(VarianceComponent::term).toList());
        assertEquals(same.estimates().logLikelihood(), fit.estimates().logLikelihood(), 1e-9);
        for (String name : dropped.split(" ")) {
            assertTrue(fit.estimates().notes().contains(name + " omitted from the equation for g because of collinearity"),
                    fit.estimates().notes().toString());
        }
        assertEquals(dropped.split(" ").length, fit.estimates().notes().size());
    }

    @Test
    void anEquationOfZerosIsRefused() {
        EchelonException e = assertThrows(EchelonException.class,
                () -> Echelon.on(spark).fit(data(), "mixed y || g: zero nil, nocons"));
        assertTrue(e.getMessage().contains("all variables of the random-effects equation for g are zero"), e.getMessage());
    }
}
