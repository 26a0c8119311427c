package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.estimate.Table;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Combinations of regressors that predict observations perfectly are told by name; others are not suspected. */
class SeparationTest {
    private static final int ROWS = 300;
    private static final Table DATA = data();

    private static Table data() {
        Random random = new Random(12);
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        double[] z = random.doubles(ROWS, -1, 1).toArray();
        double[] far = IntStream.range(0, ROWS).mapToDouble(i -> 2000 + 5 * z[i]).toArray();
        double[] noise = random.doubles(ROWS, -1, 1).toArray();
        double[] a = IntStream.range(0, ROWS).mapToDouble(i -> i % 3 == 0 ? 1 : 0).toArray();
        double[] b = IntStream.range(0, ROWS).mapToDouble(i -> i % 4 == 0 ? 1 : 0).toArray();
        double[] c = IntStream.range(0, ROWS).mapToDouble(i -> a[i] * b[i] == 1 ? 1 + i % 2 : i % 5 == 0 ? 1 : 0).toArray();
        return new Table().with("id", IntStream.range(0, ROWS).mapToDouble(i -> (int) i / 10).toArray())
                .with("x", x).with("z", z).with("far", far).with("noise", noise).with("a", a).with("b", b).with("c", c)
                // Complete: x + 2z decides. Quasi-complete: a + b - c > 0.5 decides where it does not hold the rest.
                .with("complete", rows(i -> x[i] + 2 * z[i] > 0.3 ? 1 : 0))
                .with("corner", rows(i -> a[i] + b[i] == 2 || noise[i] > 0.2 * x[i] ? 1 : 0))
                .with("grade", rows(i -> x[i] + 2 * z[i] > 0.6 ? 3 : x[i] + 2 * z[i] + noise[i] > 0 ? 2 : 1))
                .with("count", rows(i -> a[i] + b[i] == 2 ? 0 : Math.floor(2 + 2 * noise[i])))
                .with("mixed", rows(i -> x[i] + 2 * z[i] + 2 * noise[i] > 0.3 ? 1 : 0))
                .with("both", rows(i -> a[i] * b[i]));
    }

    private static double[] rows(java.util.function.IntToDoubleFunction f) {
        return IntStream.range(0, ROWS).mapToDouble(f).toArray();
    }

    private static List<String> warnings(String command) {
        return new GeneralizedTestModel(DATA, command).fit().estimates().certificate().warnings().stream()
                .filter(w -> w.contains("separation")).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "melogit complete x z noise || id:, intpoints(3) iterate(20);x, z and noise together predict 300 observations perfectly",
        "meprobit complete x far || id:, intpoints(3) iterate(20);x and far together predict 300 observations perfectly",
        "melogit corner x both || id:, intpoints(3) iterate(20) asis;both predicts 25 observations perfectly",
        "mepoisson count both x || id:, intpoints(3) iterate(20);both predicts 25 observations perfectly",
        "meologit complete x z || id:, intpoints(3) iterate(20);x and z together predict 300 observations perfectly"})
    void separationIsTold(String command, String expected) {
        List<String> warnings = warnings(command);
        assertEquals(1, warnings.size(), command + ": " + warnings);
        assertTrue(warnings.get(0).startsWith(expected), warnings.get(0));
        assertTrue(warnings.get(0).contains("no finite estimate"), warnings.get(0));
    }

    @ParameterizedTest
    @CsvSource({"melogit mixed x z a b", "melogit mixed far", "meologit grade x noise", "mepoisson count x z far", "mecloglog mixed x far"})
    void overlapIsNot(String model) {
        assertEquals(List.of(), warnings(model + " || id:, intpoints(3)"));
    }

    @Test
    void aRareCategoryIsNot() {
        double[] rare = rows(i -> i < 3 ? 1 : 0);
        double[] y = rows(i -> i == 1 ? 1 : i < 3 ? 0 : DATA.column("mixed")[i]);
        assertEquals(List.of(), new GeneralizedTestModel(DATA.with("rare", rare).with("y", y), "melogit y rare x || id:, intpoints(3)")
                .fit().estimates().certificate().warnings().stream().filter(w -> w.contains("separation")).toList());
    }
}
