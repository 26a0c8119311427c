package io.echelon.spark;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.Echelon;
import io.echelon.Fit;
import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.fit.VarianceComponent;
import io.echelon.spark.engine.DriverBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generalized models from a data set to a fit, whichever way the rows take. */
class GeneralizedCommandTest {
    private static final Path SHARED = Path.of(System.getProperty("echelon.shared", "../shared"));

    private final SparkSession spark = TestSession.spark();

    @AfterEach
    void restoreSettings() {
        spark.conf().unset(DriverBudget.GATHER);
        spark.conf().unset(DriverBudget.MOMENTS);
    }

    /** 1200 counts of 30 schools by name with classes numbered anew in each, some values missing. */
    private Dataset<Row> schools() {
        return spark.range(0, 1200, 1, 4).selectExpr("concat('school ', id % 30) AS school", "id % 120 AS class",
                "IF(id % 100 = 0, NULL, sin(id)) AS x", "1 + id % 3 AS e",
                "CAST(exp(0.4 * sin(id % 30) + 0.3 * cos(id % 120) + 0.2 * sin(id)) * (1 + id % 3) * (id % 7) / 3 AS INT) AS y");
    }

    private Fit fit(String command) {
        return Echelon.on(spark).fit(schools(), command);
    }

    private static double[] figures(Fit fit) {
        return DoubleStream.concat(DoubleStream.of(fit.estimates().logLikelihood()), DoubleStream.concat(
                fit.estimates().coefficients().stream().flatMapToDouble(GeneralizedCommandTest::figures),
                fit.estimates().varianceComponents().stream().mapToDouble(VarianceComponent::estimate))).toArray();
    }

    private static DoubleStream figures(Coefficient c) {
        return DoubleStream.of(c.estimate(), c.stdError());
    }

    private static List<Row> effects(Fit fit) {
        return fit.randomEffects().orderBy("level", "group").collectAsList();
    }

    @Test
    void everyWayGivesTheSameFit() {
        String command = "mepoisson y x || school: || class:, exposure(e) intpoints(3)";
        Fit here = fit(command);
        assertEquals(1188, here.estimates().observations());
        assertEquals(List.of("12 observations dropped because of missing values in x (12)"), here.estimates().notes());
        List<Row> effects = effects(here);
        assertEquals(30 + 120, effects.size());
        spark.conf().set(DriverBudget.GATHER, "1");
        assertSame(here, effects, fit(command));
        spark.conf().set(DriverBudget.MOMENTS, "1");
        Fit remote = fit(command);
        assertSame(here, effects, remote);
        assertArrayEquals(figures(remote), figures(fit(command)), "the same digits again");
    }

    private static void assertSame(Fit expected, List<Row> effects, Fit fit) {
        double[] wanted = figures(expected);
        double[] got = figures(fit);
        for (int k = 0; k < wanted.length; k++) {
            assertEquals(wanted[k], got[k], 1e-10 * Math.abs(wanted[k]) + 1e-12);
        }
        List<Row> others = effects(fit);
        for (int k = 0; k < effects.size(); k++) {
            assertEquals(effects.get(k).getString(1), others.get(k).getString(1));
            assertEquals(effects.get(k).getDouble(3), others.get(k).getDouble(3), 1e-9);
            assertEquals(effects.get(k).getDouble(4), others.get(k).getDouble(4), 1e-9);
        }
    }

    @Test
    void complaintsComeFromTheExecutorsToo() {
        spark.conf().set(DriverBudget.GATHER, "1");
        spark.conf().set(DriverBudget.MOMENTS, "1");
        EchelonException e = assertThrows(EchelonException.class, () -> fit("mepoisson x || school:"));
        assertTrue(e.getMessage().contains("counts must be whole numbers from 0 (observation "), e.getMessage());
    }

    @Test
    void withoutRandomEffectsItIsAGeneralizedLinearModel() {
        Fit fit = fit("mepoisson y x, exposure(e)");
        assertTrue(fit.estimates().converged());
        assertEquals(List.of(), fit.estimates().groups());
        assertEquals(0, fit.randomEffects().count());
        // One constant: exp(b) = sum of counts / sum of exposures.
        Row sums = schools().selectExpr("sum(y)", "sum(e)").first();
        assertEquals(Math.log((double) sums.getLong(0) / sums.getLong(1)),
                fit("mepoisson y, exposure(e)").estimates().coefficients().get(0).estimate(), 1e-9);
    }

    /** A row of weight 2, or a group of weight 2, counts as two of them. */
    @Test
    void frequencyWeightsCountEqualRowsAndGroups() {
        Dataset<Row> data = schools().withColumn("w", expr("1 + class % 2")).withColumn("s", expr("1 + length(school) % 2"));
        Dataset<Row> rows = data.withColumn("copy", expr("explode(sequence(1, w))"));
        assertSameFigures("mepoisson y x || school:, intpoints(5)", rows, "mepoisson y x [fweight=w] || school:, intpoints(5)",
                data);
        Dataset<Row> groups = data.withColumn("copy", expr("explode(sequence(1, s))"))
                .withColumn("school", expr("concat(school, ' ', copy)"));
        assertSameFigures("mepoisson y x || school: || class:, intpoints(3)", groups,
                "mepoisson y x || school:, fweight(s) || class:, intpoints(3)", data);
        Dataset<Row> classes = data.withColumn("k", expr("1 + class % 3"));
        Dataset<Row> copies = classes.withColumn("copy", expr("explode(sequence(1, k))"))
                .withColumn("class", expr("class * 10 + copy"));
        assertSameFigures("mepoisson y x || school: || class:, intpoints(3) exposure(e)", copies,
                "mepoisson y x || school: || class:, fweight(k) intpoints(3) exposure(e)", classes);
    }

    private void assertSameFigures(String command, Dataset<Row> data, String weighted, Dataset<Row> shorter) {
        Fit expected = Echelon.on(spark).fit(data, command);
        Fit fit = Echelon.on(spark).fit(shorter, weighted);
        assertEquals(expected.estimates().groups(), fit.estimates().groups());
        assertEquals(expected.estimates().observations(), fit.estimates().observations());
        double[] wanted = figures(expected);
        double[] got = figures(fit);
        for (int k = 0; k < wanted.length; k++) {
            assertEquals(wanted[k], got[k], 1e-5 * Math.abs(wanted[k]));
        }
    }

    @Test
    void samplingWeightsMakeRobustStandardErrors() {
        Fit robust = fit("mepoisson y x || school:, vce(robust)");
        Dataset<Row> data = schools().withColumn("w", expr("1"));
        Fit weighted = Echelon.on(spark).fit(data, "mepoisson y x [pweight=w] || school:");
        assertArrayEquals(figures(robust), figures(weighted), 1e-9);
        assertTrue(weighted.toString().contains("Log pseudolikelihood = "), weighted.toString());
        assertTrue(weighted.estimates().lr().isEmpty());
    }

    /** The older commands integrate about the mode and print a table of random-effects parameters as mixed does. */
    @Test
    void olderCommandsPrintTwoTables() {
        Fit older = fit("meqrpoisson y x || school: x || school:, intpoints(5)");
        Fit same = fit("mepoisson y x || school: x || school:, intpoints(5) intmethod(mcaghermite)");
        assertArrayEquals(figures(same), figures(older), 1e-9);
        String text = older.toString();
        assertTrue(text.contains("  Random-effects Parameters  |   Estimate   Std. Err."), text);
        assertTrue(text.contains("school: Identity             |"), text);
        assertEquals(1, text.split("LR test vs. Poisson model", -1).length - 1);
    }

    /** Clusters that are the top-level groups are those of vce(robust); larger ones differ. */
    @Test
    void clustersHoldWholeGroups() {
        Dataset<Row> data = schools().withColumn("g", expr("class % 30")).withColumn("region", expr("class % 10"));
        Fit robust = Echelon.on(spark).fit(data, "mepoisson y x || g:, vce(robust)");
        Fit same = Echelon.on(spark).fit(data, "mepoisson y x || g:, vce(cluster g)");
        assertArrayEquals(figures(robust), figures(same), 1e-9);
        Fit regions = Echelon.on(spark).fit(data, "mepoisson y x || g:, vce(cluster region)");
        assertEquals(10, regions.estimates().clusters().orElseThrow().n());
        assertEquals(robust.estimates().logLikelihood(), regions.estimates().logLikelihood(), 1e-9);
        EchelonException e = assertThrows(EchelonException.class,
                () -> Echelon.on(spark).fit(data, "mepoisson y x || g:, vce(cluster y)"));
        assertTrue(e.getMessage().contains("is split over clusters"), e.getMessage());
    }

    @Test
    void crossedEffectsAreIntegratedByTheLaplaceApproximation() {
        Fit fit = fit("mepoisson y || _all: R.e || school:");
        assertEquals("laplace", fit.estimates().method());
        assertEquals(List.of("var(R.e[_all])", "var(_cons[school])"),
                fit.estimates().varianceComponents().stream().map(VarianceComponent::term).toList());
        assertEquals(3 + 30, fit.randomEffects().count());
    }

    /** Posterior means and standard deviations by numerical integration at the exact estimates. */
    @Test
    void empiricalBayesPredictions() throws IOException {
        Path golden = SHARED.resolve("golden/admissions_eb.json");
        assumeTrue(Files.exists(golden), golden + " is not there");
        JsonNode wanted = new ObjectMapper().readTree(golden.toFile());
        List<Row> got = Echelon.on(spark).open(SHARED.resolve("data/admissions.csv").toString())
                .fit("melogit nadmitted female || department:, binomial(napplied) intpoints(15)")
                .randomEffects().orderBy(expr("cast(group as int)")).collectAsList();
        double[] estimates = got.stream().mapToDouble(r -> r.getDouble(3)).toArray();
        double[] errors = got.stream().mapToDouble(r -> r.getDouble(4)).toArray();
        assertArrayEquals(numbers(wanted.get("eb_mean")), estimates, 1e-3);
        assertArrayEquals(numbers(wanted.get("eb_mean_se")), errors, 1e-3);
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = array.get(k).asDouble();
        }
        return numbers;
    }
}
