package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.report.TextReport;
import io.echelon.spark.TestSession;
import io.echelon.spark.engine.DriverBudget;
import io.echelon.spark.read.StoredResults;
import io.echelon.spark.write.ResultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a user: a data set, commands, a fit, tables on disk. */
class EchelonTest {
    private final SparkSession spark = TestSession.spark();
    private final Echelon echelon = Echelon.on(spark);

    @TempDir
    private Path folder;

    @AfterEach
    void restoreSettings() {
        spark.conf().unset(DriverBudget.GATHER);
        spark.conf().unset(DriverBudget.EXCHANGE);
        spark.conf().unset(DriverBudget.MOMENTS);
    }

    /** 60 schools of 3 classes of 10 pupils; a fixed mixture of sines stands in for chance. */
    private Dataset<Row> pupils(int partitions) {
        return spark.range(0, 1800, 1, 1).selectExpr("concat('s', id div 30) AS school", "id div 10 % 3 AS class",
                "sin(id * 12.9898) AS x",
                "2 + sin(id * 12.9898) + 1.5 * sin((id div 30) * 78.233) + sin((id div 10) * 37.719) "
                        + "+ 0.5 * sin((id div 30) * 4.1) * sin(id * 12.9898) + sin(id * 3.7) AS y").repartition(partitions);
    }

    private static final String THREE_LEVELS = "mixed y x || school: x, cov(un) || class:";

    @Test
    void pigs() {
        Session session = echelon.open(TestSession.shared("pig.csv"));
        Fit fit = session.fit("mixed weight week || id:");
        assertEquals(-1014.9268, fit.estimates().logLikelihood(), 5e-5);
        assertEquals(6.209896, fit.coefficients().filter("term = 'week'").first().<Double>getAs("estimate"), 5e-7);
        assertEquals(14.81749, fit.varianceComponents().filter("term = 'var(_cons[id])'").first().<Double>getAs("estimate"), 5e-6);
        assertEquals(TextReport.of(fit.estimates()), fit.toString());
        assertEquals(48, fit.randomEffects().count());
    }

    @Test
    void stringsAndPreparingCommands() {
        Session session = echelon.open(TestSession.shared("clippings.csv"));
        Fit clippings = session.fit("egen wpunit = group(nitrogen block)\n"
                + "mixed chlorophyll ibn.nitrogen##ibn.thatch ibn.block, noomitted noconstant || wpunit:, reml");
        assertEquals(-13.203125, clippings.estimates().logLikelihood(), 5e-7);
        assertEquals(8, clippings.estimates().groups().get(0).n());
        Fit machines = echelon.open(TestSession.shared("machines.csv")).fit("mixed score i.machine || worker: || machine:, reml");
        assertEquals(-107.843784, machines.estimates().logLikelihood(), 1e-6);
        assertEquals(List.of("A", "B", "C"), machines.estimates().labels().get("machine"));
        assertEquals("1>A", machines.randomEffects().filter("level = 'worker>machine'").orderBy("group").first().getAs("group"));
    }

    @Test
    void rowsExchangedInMemoryGiveTheSumsOfAShuffle() {
        Estimates gathered = echelon.fit(pupils(3), THREE_LEVELS).estimates();
        spark.conf().set(DriverBudget.GATHER, "1");
        for (String inMemory : List.of("true", "false")) {
            spark.conf().set(DriverBudget.EXCHANGE, inMemory);
            Estimates exchanged = echelon.fit(pupils(4), THREE_LEVELS).estimates();
            near(gathered.logLikelihood(), exchanged.logLikelihood());
            assertEquals(gathered.groups(), exchanged.groups());
            for (int i = 0; i < gathered.coefficients().size(); i++) {
                near(gathered.coefficients().get(i).estimate(), exchanged.coefficients().get(i).estimate());
            }
        }
        spark.conf().set(DriverBudget.EXCHANGE, "maybe");
        assertError("spark.echelon.driver.exchange is maybe; write true or false", () -> echelon.fit(pupils(4), THREE_LEVELS));
    }

    @Test
    void driverAndExecutorsAgree() {
        Estimates driver = echelon.fit(pupils(3), THREE_LEVELS).estimates();
        spark.conf().set(DriverBudget.GATHER, "1");
        spark.conf().set(DriverBudget.EXCHANGE, "false");
        spark.conf().set(DriverBudget.MOMENTS, "1");
        Fit remote = echelon.fit(pupils(5), THREE_LEVELS);
        Estimates executors = remote.estimates();
        assertEquals(driver.logLikelihood(), executors.logLikelihood(), 1e-10 * Math.abs(driver.logLikelihood()));
        for (int i = 0; i < driver.coefficients().size(); i++) {
            near(driver.coefficients().get(i).estimate(), executors.coefficients().get(i).estimate());
            near(driver.coefficients().get(i).stdError(), executors.coefficients().get(i).stdError());
        }
        for (int i = 0; i < driver.varianceComponents().size(); i++) {
            near(driver.varianceComponents().get(i).estimate(), executors.varianceComponents().get(i).estimate());
        }
        assertEquals(60 * 2 + 180, remote.randomEffects().count());
    }

    @Test
    void predictsTheEffectsOfManyGroups() {
        Dataset<Row> pairs = spark.range(0, 24_000, 1, 2).selectExpr("CAST(id / 2 AS BIGINT) AS g",
                "sin(CAST(id / 2 AS BIGINT)) + 0.5 * cos(7 * id) AS y");
        Fit fit = echelon.fit(pairs, "mixed y || g:");
        assertEquals(12_000, fit.randomEffects().count());
        List<VarianceComponent> v = fit.estimates().varianceComponents();
        double shrinkage = 1 / (1 + v.get(1).estimate() / (2 * v.get(0).estimate()));
        double mean = (Double) pairs.filter("g = 11999").selectExpr("avg(y)").first().get(0);
        Row last = fit.randomEffects().filter("group = '11999'").first();
        near(shrinkage * (mean - fit.estimates().coefficients().get(0).estimate()), last.getAs("estimate"));
    }

    private static void near(double expected, double actual) {
        assertEquals(expected, actual, 1e-10 * Math.max(1, Math.abs(expected)));
    }

    @Test
    void buildersGiveTheSameFit() {
        Model model = Model.mixed("y").on("x").group("school", g -> g.slope("x").unstructured()).group("class");
        assertEquals(echelon.fit(pupils(1), THREE_LEVELS).estimates().logLikelihood(),
                echelon.fit(pupils(1), model).estimates().logLikelihood());
    }

    @Test
    void resultsAreStoredWholeAndReadAgain() throws Exception {
        Session session = echelon.open(pupils(2));
        session.runAll("mixed y || school:\nestimates store small\nmixed y x || school: || class:");
        List<Fit> fits = session.fits();
        String out = folder.resolve("results").toString();
        session.write(echelon.folder(out, false));
        StoredResults stored = echelon.stored(out);
        assertEquals(ResultFolder.TABLES.stream().sorted().toList(), stored.tables());
        assertEquals(fits.stream().map(Fit::toString).toList(), stored.estimates().stream().map(TextReport::of).toList());
        assertEquals(60 + 60 + 180, stored.table("random_effects").count());
        Row x = stored.table("coefficients").filter("model = 2 AND term = 'x'").first();
        assertEquals(fits.get(1).estimates().coefficients().get(0).estimate(), x.<Double>getAs("estimate"));
        assertEquals(List.of("results"), Files.list(folder).map(p -> p.getFileName().toString()).toList());

        Session later = echelon.open().restore(out);
        assertEquals(session.run("lrtest small .").orElseThrow().toJson(),
                later.run("lrtest small .").orElseThrow().toJson());
        assertEquals(fits.get(1).design().fixed(), later.last().orElseThrow().design().fixed());
        assertEquals(60, later.run("estimates restore 1").isEmpty() ? later.last().orElseThrow().randomEffects().count() : 0);
        assertError("this needs data, and the session has none", () -> later.run("mixed y || school:"));

        assertError("output folder " + out + " exists", () -> fits.get(0).write(out));
        Session once = echelon.open(pupils(1));
        once.fit("mixed y || school:");
        once.write(echelon.folder(out, true));
        assertEquals(1, echelon.stored(out).estimates().size());
        assertError("no table coefs in", () -> echelon.stored(out).table("coefs"));
        assertError("no such folder", () -> echelon.stored(out + "x"));
        assertError(folder + " holds no results", () -> echelon.stored(folder.toString()));
        assertFalse(Files.list(folder).anyMatch(p -> p.getFileName().toString().startsWith(".results")));
    }

    @Test
    void commandsOfASessionSeeWhatWentBefore() {
        Session session = echelon.open(pupils(2));
        session.runAll("generate big = y > 2\nkeep if school != \"s3\"");
        Fit first = session.fit("mixed y x || school:");
        assertEquals(59, first.estimates().groups().get(0).n());
        session.run("estimates store first");
        assertTrue(session.run("quietly mixed y x if big || school:").isPresent());
        session.run("estimates restore first");
        assertEquals(first.toString(), session.last().orElseThrow().toString());
        assertError("there is no estimation command", () -> echelon.fit(pupils(1), "generate z = 1"));
    }

    private static void assertError(String message, org.junit.jupiter.api.function.Executable action) {
        EchelonException e = assertThrows(EchelonException.class, action);
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
