package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.ParameterCovariance;
import io.echelon.spec.DisplayOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonReportTest {
    private static final Estimates PIGS = Examples.pigs(DisplayOptions.defaults());

    @Test
    void theKeysOfADocument() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonReport.write(withABase()));
        assertEquals("mixed weight week || id:", json.get("command").asText());
        assertEquals(432, json.get("n_obs").asInt());
        assertEquals(-1014.926794, json.get("log_likelihood").asDouble());
        assertEquals("ML", json.get("method").asText());
        assertTrue(json.get("integration").isNull());
        assertTrue(json.get("converged").asBoolean());
        assertEquals("{\"level\":\"id\",\"n\":48,\"min\":9,\"avg\":9.0,\"max\":9}", json.get("groups").get(0).toString());
        assertEquals("{\"phase\":\"gradient\",\"iteration\":0,\"log_likelihood\":-1014.926794,\"note\":\"\"}",
                json.get("iterations").get(0).toString());
        assertEquals("{\"equation\":\"weight\",\"term\":\"week\",\"status\":\"estimated\",\"estimate\":6.209895833,"
                + "\"std_error\":0.03901239,\"statistic\":159.1776,\"df\":null,\"p_value\":0.0,\"conf_low\":6.133433,"
                + "\"conf_high\":6.286359}", json.get("coefficients").get(0).toString());
        assertEquals("{\"level\":\"id\",\"block\":0,\"structure\":\"Identity\",\"label\":\"var(_cons)\","
                + "\"term\":\"var(_cons[id])\",\"estimate\":14.81751,\"std_error\":3.124226,\"conf_low\":9.801716,"
                + "\"conf_high\":22.40002}", json.get("variance_components").get(0).toString());
        assertEquals("{\"chi2\":25337.49,\"f\":null,\"df\":1,\"denominator_df\":null,\"p_value\":0.0}",
                json.get("tests").get("wald").toString());
        assertEquals("chibar2(01)", json.get("tests").get("lr").get("kind").asText());
        assertEquals("base", json.get("coefficients").get(2).get("status").asText());
        assertEquals(0, json.get("coefficients").get(2).get("estimate").asDouble());
        assertTrue(json.get("coefficients").get(2).get("std_error").isNull());
    }

    @Test
    void aDocumentIsOneLine() {
        assertFalse(JsonReport.write(PIGS).contains("\n"));
    }

    @Test
    void aStoredFitPrintsAgain() {
        Estimates e = withABase();
        Estimates again = JsonReport.read(JsonReport.write(e));
        assertEquals(e.spec().text(), again.spec().text());
        assertEquals(TextReport.of(e), TextReport.of(again));
        assertEquals(e.coefficients(), again.coefficients());
        assertEquals(e.estimationMetric(), again.estimationMetric());
        assertEquals(e.vcov().names(), again.vcov().names());
        assertEquals(.3568938, again.vcov().matrix()[1][1]);
        assertTrue(Double.isNaN(again.vcov().matrix()[0][1]));
        assertEquals(e.wald(), again.wald());
        assertEquals(e.lr(), again.lr());
        assertEquals(e.certificate(), again.certificate());
        assertEquals(e.labels(), again.labels());
    }

    @Test
    void clustersOfRobustStandardErrorsAreKept() throws IOException {
        String document = JsonReport.write(Examples.robust());
        JsonNode json = new ObjectMapper().readTree(document);
        assertEquals("robust", json.get("vce").asText());
        assertEquals(48, json.get("clusters").asInt());
        assertEquals("id", json.get("cluster_variable").asText());
        assertEquals(Examples.robust().clusters(), JsonReport.read(document).clusters());
        assertTrue(new ObjectMapper().readTree(JsonReport.write(PIGS)).get("clusters").isNull());
    }

    @Test
    void otherTextIsNotAStoredFit() {
        for (String text : List.of("", "{}", "[1]", "week,6.2", "{\"command\":1,\"coefficients\":[7]}")) {
            EchelonException x = assertThrows(EchelonException.class, () -> JsonReport.read(text), text);
            assertTrue(x.getMessage().startsWith("not a stored fit: "), x.getMessage());
        }
    }

    /** With a base level, labels, and a covariance that does not exist. */
    private static Estimates withABase() {
        List<Coefficient> rows = new ArrayList<>(PIGS.coefficients());
        rows.add(Examples.fixedAtZero("1.machine", Column.Status.BASE));
        return new Estimates(PIGS.spec(), PIGS.title(), PIGS.method(), PIGS.observations(), PIGS.groups(),
                PIGS.logLikelihood(), PIGS.converged(), PIGS.iterations(), rows, PIGS.varianceComponents(),
                PIGS.standardDeviations(), PIGS.estimationMetric(),
                new ParameterCovariance(List.of("week", "_cons"), new double[][] {{.001, Double.NaN}, {0, .3568938}}),
                PIGS.wald(), PIGS.lr(), PIGS.certificate(), List.of("a note"), Map.of("machine", List.of("A", "B")), Optional.empty());
    }
}
