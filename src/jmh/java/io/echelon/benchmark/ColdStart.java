package io.echelon.benchmark;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From nothing to the printed table: {@code jobs/echelon fit} on a small file against {@link BareSession} on the same
 * file, in turn, each a new JVM with the same options and class-data archive.
 */
final class ColdStart {
    private static final String DATA = "sample-configs/data/sleepstudy.csv";
    private static final String COMMAND = "mixed reaction days || subject: days, cov(unstructured)";
    private static final int TURNS = 5;

    private ColdStart() {}

    static void measure() throws IOException, InterruptedException {
        List<String> fit = List.of("jobs/echelon", "fit", "--data", DATA, COMMAND);
        seconds(fit);
        List<Double> fits = new ArrayList<>();
        List<Double> quickBare = new ArrayList<>();
        List<Double> plainBare = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            fits.add(seconds(fit));
            quickBare.add(seconds(bare("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                    "-XX:SharedArchiveFile=target/launcher/echelon.jsa")));
            plainBare.add(seconds(bare()));
        }
        Figure.print("cold start: jobs/echelon fit, sleepstudy", Figure.median(fits));
        Figure.print("  bare Spark session, same options and archive", Figure.median(quickBare));
        Figure.print("  bare Spark session, Spark's options alone", Figure.median(plainBare));
        Figure.ratio("  ratio (same options and archive)", Figure.median(fits) / Figure.median(quickBare), 1.4);
        Figure.ratio("  ratio (Spark's options alone)", Figure.median(fits) / Figure.median(plainBare), 1.4);
    }

    private static List<String> bare(String... options) {
        String jars = Stream.concat(Stream.of("target/launcher/echelon.jar"),
                        Arrays.stream(new File("target/spark/jars").list()).sorted().map(jar -> "target/spark/jars/" + jar))
                .map(path -> new File(path).getAbsolutePath())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> words = new ArrayList<>(List.of("java", "@conf/jvm-options",
                "-Dlog4j2.configurationFile=conf/log4j2.properties"));
        words.addAll(List.of(options));
        words.addAll(List.of("-cp", jars + File.pathSeparator + "target/test-classes", BareSession.class.getName(), DATA));
        return words;
    }

    private static double seconds(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        process.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        long start = System.nanoTime();
        int code = process.start().waitFor();
        if (code != 0) {
            throw new IOException(words.get(0) + " ended with " + code);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
