package io.echelon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A reference result: figures printed in the manual, or of R code of which the file says what it is.
 *
 * @param json {@code data}, {@code command}, figures, and the tolerance they deserve
 */
record Golden(JsonNode json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The reference results of a folder by name. */
    static List<Golden> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Golden> all = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                all.add(new Golden(MAPPER.readTree(file.toFile())));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return json.path("name").asText();
    }

    String data() {
        return json.path("data").asText();
    }

    /** Preparing commands, then the estimation. */
    List<String> commands() {
        return json.path("command").asText().lines().map(String::strip).toList();
    }

    String estimation() {
        return commands().get(commands().size() - 1);
    }

    /** The figures of a fit that are off: what, got, wanted. */
    List<String> faults(JsonNode fit) {
        List<String> faults = new ArrayList<>();
        JsonNode t = json.path("tolerance");
        if (fit.path("n_obs").asLong() != json.path("n_obs").asLong()) {
            faults.add("n_obs " + fit.path("n_obs") + ", wanted " + json.path("n_obs"));
        }
        compare(faults, "log_likelihood", fit.path("log_likelihood"), json.path("loglik").asDouble(), 0,
                t.path("loglik_abs").asDouble(1e-4));
        json.path("n_groups").fields().forEachRemaining(g -> fit.path("groups").forEach(got -> {
            String level = got.path("level").asText();
            if (level.substring(level.lastIndexOf('>') + 1).equals(g.getKey()) && got.path("n").asLong() != g.getValue().asLong()) {
                faults.add("groups of " + level + " " + got.path("n") + ", wanted " + g.getValue());
            }
        }));
        double largest = 0;
        for (JsonNode c : json.path("coef")) {
            largest = Math.max(largest, Math.abs(c.path("est").asDouble()));
        }
        // The residual variance of a Gaussian meglm is listed among the coefficients by some references.
        ArrayNode all = MAPPER.createArrayNode();
        fit.path("coefficients").forEach(c -> all.add(json.path("exponentiated").asBoolean() ? exponentiated(c) : c));
        fit.path("variance_components").forEach(all::add);
        terms(faults, all, json.path("coef"), t.path("coef_rel").asDouble(1e-4), 1e-6 * largest, t.path("se_rel").asDouble(1e-3));
        terms(faults, fit.path("variance_components"), json.path("varcomp"), t.path("varcomp_rel").asDouble(1e-3), 0,
                t.path("varcomp_se_rel").asDouble(1e-2));
        JsonNode tests = fit.path("tests");
        if (json.path("wald").has("chi2")) {
            // References of generalized models integrate exactly, which 7 points do not.
            double relative = json.has("alternatives") ? 2 * t.path("se_rel").asDouble() : 1e-4;
            compare(faults, "wald", tests.path("wald").path("chi2"), json.path("wald").path("chi2").asDouble(), relative, .006);
        }
        if (json.has("loglik_fixed") && tests.path("lr").isObject()) {
            compare(faults, "fixed-effects model", tests.path("lr").path("restricted_log_likelihood"),
                    json.path("loglik_fixed").asDouble(), 1e-8, 6e-5);
        }
        // A model without random-effects parameters is the linear model, and has no test.
        if (json.has("lrtest_vs_linear") && (json.path("varcomp").size() > 1 || tests.path("lr").isObject())) {
            JsonNode lr = json.path("lrtest_vs_linear");
            compare(faults, "lr", tests.path("lr").path("statistic"), lr.path("stat").asDouble(), 0, 4e-4);
            compare(faults, "linear model", tests.path("lr").path("restricted_log_likelihood"),
                    lr.path("ll_linear").asDouble(), 0, 2e-4);
        }
        return faults;
    }

    /** A coefficient as an odds ratio or the like; an ancillary parameter as it is. */
    private static JsonNode exponentiated(JsonNode coefficient) {
        ObjectNode row = coefficient.deepCopy();
        if (!row.path("term").asText().startsWith("/")) {
            double ratio = Math.exp(row.path("estimate").asDouble());
            row.put("estimate", ratio).put("std_error", ratio * row.path("std_error").asDouble());
        }
        return row;
    }

    private static void terms(List<String> faults, JsonNode rows, JsonNode wanted, double tolerance, double floor,
                              double seTolerance) {
        Map<String, JsonNode> got = new HashMap<>();
        rows.forEach(r -> got.put(r.path("term").asText(), r));
        wanted.fields().forEachRemaining(w -> {
            JsonNode row = got.get(w.getKey());
            if (row == null) {
                faults.add(w.getKey() + " is missing among " + got.keySet());
                return;
            }
            double se = w.getValue().path("se").asDouble();
            compare(faults, w.getKey(), row.path("estimate"), w.getValue().path("est").asDouble(), tolerance,
                    se > 0 ? 2e-3 * se : floor);
            // A variance of exactly zero has no standard error; references that stop just above it have a huge one.
            if (se > 0 && row.path("estimate").asDouble() != 0) {
                compare(faults, w.getKey() + " se", row.path("std_error"), se, seTolerance, 0);
            }
        });
    }

    private static void compare(List<String> faults, String what, JsonNode got, double wanted, double relative,
                                double absolute) {
        if (!got.isNumber() || !(Math.abs(got.asDouble() - wanted) <= Math.max(relative * Math.abs(wanted), absolute))) {
            faults.add(what + " " + got + ", wanted " + wanted);
        }
    }
}
