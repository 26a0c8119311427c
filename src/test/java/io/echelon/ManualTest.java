package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The printed output of the examples of Stata 14's manual ([ME] me), compared as whole text. The layout is the same to the
 * column. Numbers may differ by 1e-5 relative: the manual's maximisation stops before the last printed digit settles. Of the
 * iteration log, whose path is another, the titles and the end are compared.
 */
class ManualTest {
    private static final Path PIGS = Path.of(System.getProperty("echelon.shared", "../shared"), "data/pig.csv");
    private static final Pattern NUMBER = Pattern.compile(" *-?(?:\\d[\\d,]*\\.?\\d*|\\.\\d+)(?:e[-+]\\d+)?");

    @Test
    void example1() throws IOException {
        assumeTrue(Files.exists(PIGS), PIGS + " is not there");
        assertPrints("example1.txt", PIGS, "mixed weight week || id:");
    }

    @Test
    void example2() throws IOException {
        assertPrints("example2.txt", Path.of("sample-configs/data/clippings.csv"), "egen wpunit = group(nitrogen block)",
                "mixed chlorophyll ibn.nitrogen##ibn.thatch ibn.block, noomitted noconstant || wpunit:, reml");
    }

    @Test
    void example4() throws IOException {
        assumeTrue(Files.exists(PIGS), PIGS + " is not there");
        assertPrints("example4.txt", PIGS, "mixed weight week || id: week, covariance(unstructured)");
    }

    private static void assertPrints(String file, Path data, String... commands) throws IOException {
        String printed = lastIteration(Files.readString(Path.of("src/test/resources/manual", file)));
        Fit fit = Echelon.on(TestSession.spark()).open(data.toString()).fit(String.join("\n", commands));
        String text = lastIteration(fit.toString());
        assertEquals(masked(printed), masked(text));
        List<Double> wanted = numbers(printed);
        List<Double> got = numbers(text);
        for (int k = 0; k < wanted.size(); k++) {
            double w = wanted.get(k);
            int place = k;
            assertTrue(Math.abs(got.get(k) - w) <= 1e-5 * Math.abs(w), () -> "number " + place + ": " + got.get(place)
                    + ", printed " + w + " in\n" + text);
        }
    }

    /** The text with the last line of the iteration log only. */
    private static String lastIteration(String text) {
        return text.replaceAll("(?m)^Iteration \\d+: .*\n(?=Iteration)", "").replaceFirst("(?m)^Iteration \\d+: ", "Iteration: ");
    }

    /** Every number, with the blanks before it, as so many signs: what remains is the layout. */
    private static String masked(String text) {
        return NUMBER.matcher(text).replaceAll(m -> "#".repeat(m.group().length()));
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        Matcher m = NUMBER.matcher(text);
        while (m.find()) {
            numbers.add(Double.valueOf(m.group().strip().replace(",", "")));
        }
        return numbers;
    }
}
