package io.echelon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application jar through spark-submit: the same job in local mode and on a cluster of two executor processes, where
 * everything that travels must serialize, gives the same figures; a second fit on the cluster gives the same digits as the first.
 */
class SubmittedJobIT {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void clusterAgreesWithLocalMode() throws Exception {
        String config = config(folder);
        List<JsonNode> local = submit(config, "local[2]");
        List<JsonNode> cluster = submit(config, "local-cluster[2,1,768]");

        assertEquals(3, local.size());
        assertEquals(local.size(), cluster.size());
        for (int k = 0; k < local.size(); k++) {
            assertTrue(cluster.get(k).get("converged").asBoolean());
            assertClose(local.get(k), cluster.get(k));
        }
        assertEquals(cluster.get(0), cluster.get(1));
    }

    /** The same keys and texts, and numbers within 1e-8 relative. */
    private static void assertClose(JsonNode expected, JsonNode actual) {
        assertEquals(expected.getNodeType(), actual.getNodeType());
        assertEquals(expected.size(), actual.size());
        if (expected.isNumber()) {
            double value = expected.asDouble();
            assertEquals(value, actual.asDouble(), 1e-8 * Math.max(1, Math.abs(value)));
        } else if (expected.isObject()) {
            expected.fieldNames().forEachRemaining(name -> assertClose(expected.get(name), actual.get(name)));
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                assertClose(expected.get(i), actual.get(i));
            }
        } else {
            assertEquals(expected, actual);
        }
    }

    /** A job whose data are too large to be read in the driver, with sums that are to stay on the executors. */
    private static String config(Path folder) throws IOException {
        Random random = new Random(7);
        StringBuilder data = new StringBuilder("school,class,x,y\n");
        for (int row = 0; row < 120_000; row++) {
            int school = random.nextInt(2000);
            double x = random.nextGaussian();
            double y = 1 + x + 0.01 * (school % 100) + (school % 7) * 0.1 * x + random.nextGaussian();
            data.append(school).append(',').append(row % 3).append(',').append(x).append(',').append(y).append('\n');
        }
        Files.writeString(folder.resolve("schools.csv"), data);
        return Files.writeString(folder.resolve("job.yaml"), """
                data:
                  path: schools.csv
                commands:
                  - mixed y x || school: x, covariance(unstructured) emiterate(2)
                  - mixed y x || school: x, covariance(unstructured) emiterate(2)
                  - generate x2 = x^2
                  - mixed y x x2 || school: || class:, reml emiterate(2)
                output:
                  folder: results
                  if-exists: replace
                print: json
                spark:
                  spark.echelon.driver.moments: 1k
                  spark.echelon.driver.gather: 1k
                  spark.sql.shuffle.partitions: 2
                  spark.executor.extraJavaOptions: -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
                """).toString();
    }

    private List<JsonNode> submit(String config, String master) throws IOException, InterruptedException {
        Path spark = HOME.resolve("target/spark");
        Path out = folder.resolve(master + ".out");
        Path log = folder.resolve(master + ".log");
        ProcessBuilder submission = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + HOME.resolve("conf/jvm-options"),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dlog4j2.configurationFile=" + HOME.resolve("conf/log4j2.properties"),
                "-cp", spark.resolve("jars") + "/*", "org.apache.spark.deploy.SparkSubmit",
                "--master", master, "--conf", "spark.driver.host=127.0.0.1", "--conf", "spark.ui.enabled=false",
                "--conf", "spark.executor.memory=512m", "--class", Main.class.getName(),
                System.getProperty("echelon.jar"), "run", config);
        submission.environment().put("SPARK_HOME", spark.toString());
        submission.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        submission.environment().put("SPARK_SCALA_VERSION", "2.13");
        Process process = submission.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(log.toFile()).start();
        try {
            assertTrue(process.waitFor(3, TimeUnit.MINUTES), master + " is still running");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(Main.DONE, process.exitValue(), () -> master + ": " + text(log));
        List<JsonNode> documents = new ArrayList<>();
        for (String line : Files.readAllLines(out)) {
            documents.add(new ObjectMapper().readTree(line));
        }
        return documents;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
