package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.echelon.covariance.Identity;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import io.echelon.fit.VarianceComponent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reference results of linear models with crossed random effects. */
class CrossedGoldenTest {
    private static TestModel pig() {
        return new TestModel(Table.shared("pig.csv"), "weight").x("week");
    }

    private static TestModel grunfeld() {
        return new TestModel(Table.shared("grunfeld.csv"), "invest").x("mvalue", "cstock").r("company")
                .level("year", new Identity(1), "_cons");
    }

    static Stream<Arguments> models() {
        Map<String, Supplier<TestModel>> all = new TreeMap<>();
        all.put("stata_pig_crossed", () -> pig().r("id").r("week"));
        all.put("pig_crossed_ml", () -> pig().r("id").r("week"));
        all.put("grunfeld_crossed_ml", CrossedGoldenTest::grunfeld);
        all.put("grunfeld_crossed_reml", () -> grunfeld().reml());
        all.put("productivity_crossed_year_ml", () -> new TestModel(Table.shared("productivity.csv"), "gsp")
                .x("private", "emp", "hwy", "water", "other", "unemp").r("year")
                .level("region", new Identity(1), "_cons").level("state", new Identity(1), "_cons"));
        return all.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void reproduces(String name, Supplier<TestModel> model) throws IOException {
        JsonNode golden = MixedGoldenTest.golden(name);
        Estimates estimates = model.get().fitCrossed().estimates();
        boolean printed = name.startsWith("stata");
        assertTrue(estimates.converged(), name);
        assertEquals(golden.get("n_obs").asLong(), estimates.observations());
        assertEquals(golden.get("loglik").asDouble(), estimates.logLikelihood(), printed ? 6e-4 : 2e-6, "log likelihood");
        MixedGoldenTest.coefficients(golden, estimates, printed);
        MixedGoldenTest.components(golden, estimates, printed);
        if (!printed) {
            MixedGoldenTest.tests(golden, estimates);
        }
        golden.get("n_groups").fields().forEachRemaining(e -> assertEquals(e.getValue().asLong(),
                estimates.groups().stream().filter(g -> g.level().equals(e.getKey())).findFirst().orElseThrow().n()));
        assertEquals(golden.get("n_groups").size(), estimates.groups().size());
    }

    /** lme4 stops early: its figures hold to about the tolerance that the reference states. */
    @Test
    void reproducesInstEval() throws IOException {
        JsonNode golden = MixedGoldenTest.golden("insteval_crossed_sd_ml");
        Estimates estimates = new TestModel(Table.shared("InstEval.csv"), "y").r("d")
                .level("s", new Identity(1), "_cons").fitCrossed().estimates();
        assertTrue(estimates.converged());
        assertEquals(golden.get("loglik").asDouble(), estimates.logLikelihood(), 1e-3);
        for (VarianceComponent c : estimates.varianceComponents()) {
            double want = golden.get("varcomp").get(c.term()).get("est").asDouble();
            assertEquals(want, c.estimate(), 2e-4 * want, c.term());
        }
        assertEquals(golden.get("coef").get("_cons").get("est").asDouble(), estimates.coefficients().get(0).estimate(), 1e-5);
        assertEquals(golden.get("coef").get("_cons").get("se").asDouble(), estimates.coefficients().get(0).stdError(), 1e-5);
    }

    @Test
    void equationsOfAllAreOneLevel() {
        CrossedFit fit = pig().r("id").r("week").fitCrossed();
        List<VarianceComponent> components = fit.estimates().varianceComponents();
        assertEquals(List.of("var(R.id)", "var(R.week)", "var(Residual)"),
                components.stream().map(VarianceComponent::label).toList());
        assertEquals(List.of(0, 1, 0), components.stream().map(VarianceComponent::block).toList());
        assertEquals(List.of("lns1_1_1", "lns1_2_1", "lnsig_e"),
                fit.estimates().estimationMetric().stream().map(VarianceComponent::term).toList());
        RandomEffects weeks = fit.randomEffects().get().get(1);
        assertEquals("_all", weeks.level());
        assertEquals(List.of("R.week"), weeks.terms());
        assertEquals(9, weeks.keys().size());
        assertEquals(0, Arrays.stream(weeks.estimate()).sum(), 1e-8);
    }

    /** A model whose second factor is nested in the first, by the elimination of nested levels and by the crossed one. */
    @Test
    void agreesWithNestedLevels() {
        for (boolean reml : new boolean[] {false, true}) {
            Supplier<TestModel> model = () -> {
                TestModel m = new TestModel(Table.shared("productivity.csv"), "gsp").x("private", "emp")
                        .level("region", new Identity(1), "_cons").level("state", new Identity(1), "_cons");
                return reml ? m.reml() : m;
            };
            MixedFit nested = model.get().fit();
            CrossedFit crossed = model.get().fitCrossed();
            assertEquals(nested.estimates().logLikelihood(), crossed.estimates().logLikelihood(), 1e-8);
            TestModel data = model.get();
            List<RandomEffects> wanted = data.moments(data.standardization(), 1)
                    .aggregate(nested.randomEffects(), (a, b) -> a);
            List<RandomEffects> got = crossed.randomEffects().get();
            for (int l = 0; l < 2; l++) {
                Map<String, double[]> byKey = byKey(wanted.get(l));
                byKey(got.get(l)).forEach((key, v) -> {
                    double[] want = byKey.get(key);
                    assertEquals(want[0], v[0], 1e-6, "effect of " + key);
                    assertEquals(want[1], v[1], 1e-6, "standard error of " + key);
                });
                assertEquals(byKey.size(), got.get(l).keys().size());
            }
        }
    }

    private static Map<String, double[]> byKey(RandomEffects effects) {
        Map<String, double[]> map = new TreeMap<>();
        for (int i = 0; i < effects.keys().size(); i++) {
            map.put(String.join(">", effects.keys().get(i)), new double[] {effects.estimate()[i], effects.stdError()[i]});
        }
        return map;
    }
}
