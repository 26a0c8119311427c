package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.estimate.Table;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.group.GroupLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published and independently computed fits (../shared/golden), to their stated tolerances. */
class GeneralizedGoldenTest {
    static JsonNode golden(String name) {
        Path path = Path.of(System.getProperty("echelon.shared"), "golden", name + ".json");
        Assumptions.assumeTrue(Files.exists(path), "needs " + path + ", which is not published with the project");
        try {
            return new ObjectMapper().readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GeneralizedTestModel model(JsonNode golden, String command) {
        Table table = Table.shared(golden.get("data").asText());
        return command.startsWith("mestreg")
                ? new GeneralizedTestModel(table.with("_t", table.column("time")), command)
                        .extra(GroupLayout.Extra.EVENT, "infect")
                : new GeneralizedTestModel(table, command);
    }

    private static String command(JsonNode golden) {
        String text = golden.get("command").asText();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        // Two times to a patient need more than 7 points to come as near to the exact integral as is asked.
        return line.startsWith("mestreg") ? line + " intpoints(21)" : line;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stata_admissions_melogit", "bangladesh_melogit_ri", "bangladesh_meprobit_ri",
        "bangladesh_mecloglog_ri", "bangladesh_melogit_rs_ind", "bangladesh_melogit_rs_uns", "cbpp_melogit",
        "epilepsy_mepoisson_ri", "epilepsy_mepoisson_rs_uns", "epilepsy_menbreg_mean", "epilepsy_menbreg_constant",
        "wine_meologit", "wine_meoprobit", "sleepstudy_meglm_gaussian", "sleepstudy_meglm_gamma"})
    void reproduces(String name) {
        JsonNode golden = golden(name);
        check(golden, model(golden, command(golden)).fit().estimates());
    }

    @ParameterizedTest
    @ValueSource(strings = {"exponential", "exponentialaft", "weibull", "weibullaft", "loglogistic", "lognormal", "gamma"})
    void reproducesSurvival(String distribution) {
        JsonNode golden = golden("catheter_mestreg_" + distribution);
        check(golden, model(golden, command(golden)).fit().estimates());
    }

    /**
     * The references at 7 points are maxima of the likelihood with moving nodes; the likelihood there is ours. (Ours are zeros
     * of the gradient with the nodes held still, as the manual's are.)
     */
    @ParameterizedTest
    @ValueSource(strings = {"admissions_melogit", "bangladesh_mecloglog_ri", "bangladesh_melogit_rs_uns", "bangladesh_meprobit_ri",
        "cbpp_melogit", "epilepsy_mepoisson_ri", "epilepsy_menbreg_mean", "epilepsy_menbreg_constant", "wine_meologit",
        "wine_meoprobit", "sleepstudy_meglm_gaussian", "sleepstudy_meglm_gamma", "catheter_mestreg_exponential",
        "catheter_mestreg_weibull", "catheter_mestreg_weibullaft", "catheter_mestreg_loglogistic",
        "catheter_mestreg_lognormal", "catheter_mestreg_gamma"})
    void sevenPointsGiveTheReferenceLikelihood(String name) {
        JsonNode golden = golden(name);
        JsonNode seven = golden.get("alternatives").get("mvaghermite_7");
        StringBuilder from = new StringBuilder();
        seven.get("params").fields().forEachRemaining(p ->
                from.append(p.getKey()).append('=').append(p.getValue().get("est").asDouble()).append(' '));
        String text = golden.get("command").asText();
        String line = text.substring(text.lastIndexOf('\n') + 1);
        String command = line + (line.substring(line.lastIndexOf(':')).contains(",") ? " " : ", ")
                + "iterate(0) from(" + from.toString().strip() + ")";
        assertEquals(seven.get("loglik").asDouble(), model(golden, command).fit().estimates().logLikelihood(), 1e-6);
    }

    @Test
    void reproducesVariancesHeldByAConstraint() {
        JsonNode golden = golden("stata_diuretics_constraint");
        Estimates e = model(golden, command(golden)).constraint("constraint 1 _b[var(std[trial]):_cons] = 1").fit()
                .estimates();
        check(golden, e);
    }

    @Test
    void reproducesVariancesHeldByAMatrix() {
        JsonNode golden = golden("stata_diuretics_fixed");
        Table data = Table.shared(golden.get("data").asText());
        double[][] f = new double[9][9];
        for (int i = 0; i < 9; i++) {
            double trial = i + 1;
            f[i][i] = data.column("varor")[i];
            data = data.with("tr" + (i + 1), r -> r.get("trial") == trial ? 1 : 0);
        }
        check(golden, new GeneralizedTestModel(data, command(golden)).matrix("f", f).fit().estimates());
    }

    /**
     * Fits of lme4 1.1 (glmer, nAGQ = 15), glmmTMB and ordinal 2022 (clmm), both by Laplace's approximation: the first coefficient,
     * the first variance, and the log likelihood where the package's is that of the data (glmer's with nAGQ &gt; 1 is not).
     */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "cbpp; meprobit incidence i.period || herd:, binomial(size) intpoints(15); -0.5262745; 0.11536297; ",
        "cbpp; mecloglog incidence i.period || herd:, binomial(size) intpoints(15); -0.9120839; 0.34846744; ",
        "sleepstudy; meglm reaction days || subject:, family(gamma) intmethod(laplace); 0.03384509; 0.0155218; -883.5783367",
        "grouseticks; mepoisson ticks i.year cheight || location: || brood:, intmethod(laplace); 1.1655803; 0.3296433; -987.938153845"})
    void agreesWithOtherPackages(String data, String command, double coefficient, double variance, Double logLikelihood) {
        Estimates e = new GeneralizedTestModel(Table.shared(data + ".csv"), command).fit().estimates();
        Coefficient first = e.coefficients().stream().filter(c -> c.stdError() > 0).findFirst().orElseThrow();
        assertEquals(coefficient, first.estimate(), 1e-3 * first.stdError(), command);
        assertEquals(variance, e.varianceComponents().get(0).estimate(), 1e-3 * e.varianceComponents().get(0).stdError());
        if (logLikelihood != null) {
            assertEquals(logLikelihood, e.logLikelihood(), 1e-6);
        }
    }

    /** The crossed reference, salamander_crossed_laplace, needs the binder's columns and is fitted in GoldenTest. */
    @Test
    void reproducesLaplace() {
        JsonNode golden = golden("grouseticks_mepoisson_laplace");
        check(golden, model(golden, command(golden)).fit().estimates());
    }

    static void check(JsonNode golden, Estimates e) {
        JsonNode t = golden.get("tolerance");
        assertTrue(e.converged(), "converged");
        assertEquals(golden.get("n_obs").asLong(), e.observations());
        assertEquals(golden.get("loglik").asDouble(), e.logLikelihood(), t.get("loglik_abs").asDouble(), "log likelihood");
        Map<String, double[]> got = new HashMap<>();
        for (Coefficient c : e.coefficients()) {
            got.put(c.term(), new double[] {c.estimate(), c.stdError()});
        }
        for (VarianceComponent v : e.varianceComponents()) {
            got.put(v.term(), new double[] {v.estimate(), v.stdError()});
        }
        boolean exponentiated = golden.path("exponentiated").asBoolean();
        golden.get("coef").fields().forEachRemaining(f -> {
            double[] c = got.get(f.getKey()).clone();
            if (exponentiated) {
                c = new double[] {Math.exp(c[0]), Math.exp(c[0]) * c[1]};
            }
            figure(f.getKey(), f.getValue(), c, t.get("coef_rel").asDouble(), t.get("se_rel").asDouble());
        });
        golden.get("varcomp").fields().forEachRemaining(f -> figure(f.getKey(), f.getValue(), got.get(f.getKey()),
                t.get("varcomp_rel").asDouble(), t.path("varcomp_se_rel").asDouble(0.01)));
    }

    private static void figure(String name, JsonNode wanted, double[] got, double relative, double relativeError) {
        double estimate = wanted.get("est").asDouble();
        double se = wanted.path("se").asDouble(0);
        assertEquals(estimate, got[0], Math.max(relative * Math.abs(estimate), 2e-3 * se), name);
        if (se > 0) {
            assertEquals(se, got[1], relativeError * se, name + " standard error");
        }
    }
}
