package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Figures of R 4.2.2 on data sets of its packages, from the text of the command to the JSON document. The table
 * {@code figures.json} says for each model the call of lme4, nlme, glmmTMB or ordinal; standard errors of variances are
 * those of glmmTMB.
 */
class PackageReferencesTest {
    private static final Path FOLDER = Path.of("src/test/resources/packages");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestFactory
    List<DynamicTest> figures() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode model : MAPPER.readTree(FOLDER.resolve("figures.json").toFile())) {
            Golden golden = new Golden(model);
            tests.add(dynamicTest(golden.name(), () -> {
                Fit fit = Echelon.on(TestSession.spark()).open(FOLDER.resolve(golden.data()).toString())
                        .fit(golden.estimation());
                assertEquals(List.of(), golden.faults(MAPPER.readTree(fit.toJson())));
            }));
        }
        return tests;
    }
}
