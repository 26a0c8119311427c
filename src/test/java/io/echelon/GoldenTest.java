package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every reference result of a nested linear mixed model or a generalized one, from the text of the command to the JSON document. The results
 * of data that come with the project are always checked, the others where the folder {@code echelon.shared} has them.
 */
class GoldenTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path COMMITTED = Path.of("src/test/resources/golden");
    private static final Path SAMPLES = Path.of("sample-configs/data");
    private static final Path SHARED = Path.of(System.getProperty("echelon.shared", "../shared"));

    /** What makes a linear model other than a nested one with independent residuals and large-sample tests. */
    private static final Pattern OTHER_MODEL = Pattern.compile("R\\.|dfmethod|vce\\(|_all|weight=");

    @TestFactory
    List<DynamicTest> committedData() {
        return tests(Golden.in(COMMITTED), SAMPLES);
    }

    @TestFactory
    List<DynamicTest> sharedData() {
        if (!Files.isDirectory(SHARED.resolve("golden"))) {
            return List.of(dynamicTest("none", () -> assumeTrue(false, SHARED + "/golden is not there")));
        }
        Set<String> committed = Golden.in(COMMITTED).stream().map(Golden::name).collect(Collectors.toSet());
        return tests(Golden.in(SHARED.resolve("golden")).stream().filter(GoldenTest::fits)
                .filter(g -> !committed.contains(g.name())).toList(), SHARED.resolve("data"));
    }

    private static boolean fits(Golden g) {
        return g.json().has("loglik") && (g.estimation().startsWith("me")
                || g.estimation().startsWith("mixed ") && !OTHER_MODEL.matcher(g.estimation()).find());
    }

    private static List<DynamicTest> tests(List<Golden> goldens, Path folder) {
        return goldens.stream().map(g -> dynamicTest(g.name(), () -> {
            String data = folder.resolve(g.data()).toString();
            Fit fit = Echelon.on(TestSession.spark()).open(data).fit(script(g));
            assertEquals(List.of(), g.faults(MAPPER.readTree(fit.toJson())));
        })).toList();
    }

    /** Survival times, two to a patient, need more than 7 points to come as near to the exact integral as is asked. */
    private static String script(Golden g) {
        return String.join("\n", g.commands()) + (g.estimation().startsWith("mestreg") ? " intpoints(21)" : "");
    }

    /** The comparison sees each kind of figure that is off. */
    @Test
    void aFigureThatIsOffIsFound() throws IOException {
        Golden golden = Golden.in(COMMITTED).stream().filter(g -> g.name().equals("sleepstudy_ri_ml")).findFirst().orElseThrow();
        Fit fit = Echelon.on(TestSession.spark()).open(SAMPLES.resolve(golden.data()).toString())
                .fit(golden.estimation());
        ObjectNode json = (ObjectNode) MAPPER.readTree(fit.toJson());
        json.put("n_obs", 179);
        json.put("log_likelihood", json.get("log_likelihood").asDouble() + 2e-4);
        ObjectNode days = (ObjectNode) json.get("coefficients").get(0);
        days.put("estimate", days.get("estimate").asDouble() * 1.01);
        days.put("std_error", days.get("std_error").asDouble() * 1.01);
        ((ObjectNode) json.get("variance_components").get(0)).put("term", "var(x[subject])");
        ((ObjectNode) json.get("tests").get("lr")).putNull("statistic");
        assertEquals(List.of("n_obs", "log_likelihood", "days", "days se", "var(_cons[subject])", "lr"),
                golden.faults(json).stream().map(f -> f.replaceFirst(" [^ ]+, wanted .*| is missing.*", "")).toList());
    }
}
