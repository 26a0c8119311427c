package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.covariance.Identity;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.residual.Ar;
import io.echelon.residual.Banded;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.Exponential;
import io.echelon.residual.Independent;
import io.echelon.residual.Ma;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import io.echelon.residual.Toeplitz;
import io.echelon.residual.Unstructured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reference results of linear mixed models with residual structures. */
class ResidualGoldenTest {
    private static final double[] AGES = {8, 10, 12, 14};

    private static TestModel orthodont() {
        return new TestModel(Table.shared("orthodont.csv").with("t", r -> (r.get("age") - 6) / 2), "distance")
                .x("age", "female").level("subject");
    }

    private static TestModel timed(TestModel model, Residual residual, String time) {
        return model.residuals(new ResidualModel(List.of(residual), null, time), time, null);
    }

    private static TestModel bySex(TestModel model) {
        return model.residuals(new ResidualModel(List.of(new Independent(), new Independent()),
                new ResidualModel.By("female", List.of("0", "1")), null), null, "female", 0, 1);
    }

    static Stream<Arguments> models() {
        Map<String, Supplier<TestModel>> all = new TreeMap<>();
        for (String method : new String[] {"ml", "reml"}) {
            Map<String, Supplier<TestModel>> both = new TreeMap<>();
            both.put("orthodont_resid_ar1_", () -> timed(orthodont(), new Ar(1), "t"));
            both.put("orthodont_resid_ma1_", () -> timed(orthodont(), new Ma(1), "t"));
            both.put("orthodont_resid_toeplitz_", () -> timed(orthodont(), new Toeplitz(3), "t"));
            both.put("orthodont_resid_banded1_", () -> timed(orthodont(), new Banded(AGES, 1), "age"));
            both.put("orthodont_resid_unstructured_", () -> timed(orthodont(), new Unstructured(AGES), "age"));
            both.put("orthodont_resid_exchangeable_", () -> timed(orthodont(), new Exchangeable(), "t"));
            both.put("orthodont_resid_independent_", ResidualGoldenTest::orthodont);
            both.put("orthodont_resid_hetero_", () -> bySex(orthodont()));
            both.put("rats_ri_hetero_sex_", () -> bySex(new TestModel(Table.shared("rats.csv"), "weight")
                    .x("i.dose", "size", "female").level("litter", new Identity(1), "_cons")));
            both.forEach((name, model) -> all.put(name + method,
                    method.equals("ml") ? model : () -> model.get().reml()));
        }
        all.put("orthodont_ri_hetero_ml", () -> bySex(new TestModel(Table.shared("orthodont.csv"), "distance")
                .x("age", "female").level("subject", new Identity(1), "_cons")));
        all.put("pig_ri_ar1_ml", () -> timed(new TestModel(Table.shared("pig.csv"), "weight").x("week")
                .level("id", new Identity(1), "_cons"), new Ar(1), "week"));
        return all.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    /** nlme 3.1.162: gls(distance ~ age, correlation = corExp(form = ~ age | subject)) and corARMA, p = 2 or q = 2 (where θ2 runs to 1, which nlme stops short of). */
    static Stream<Arguments> ofNlme() {
        return Stream.of(
                Arguments.of(new Exponential(2), "age", false, -227.1112676, new double[] {.831315, 6.390911}),
                Arguments.of(new Exponential(2), "age", true, -228.5634111, new double[] {.835707, 6.608973}),
                Arguments.of(new Ar(2), "t", false, -219.8068119, new double[] {.371348, .467959, 6.404771}),
                Arguments.of(new Ar(2), "t", true, -221.5254011, new double[] {.379131, .463188, 6.620991}),
                Arguments.of(new Ma(2), "t", false, -227.1917205, new double[0]),
                Arguments.of(new Ma(2), "t", true, -228.8454538, new double[0]));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("ofNlme")
    void agreesWithNlme(Residual residual, String time, boolean reml, double logLikelihood, double[] parameters) {
        Table table = Table.shared("orthodont.csv").with("t", r -> (r.get("age") - 6) / 2);
        TestModel model = timed(new TestModel(table, "distance").x("age").level("subject"), residual, time);
        Estimates estimates = (reml ? model.reml() : model).fit().estimates();
        assertEquals(logLikelihood, estimates.logLikelihood(), 1e-5);
        for (int i = 0; i < parameters.length; i++) {
            VarianceComponent c = estimates.varianceComponents().get(i);
            assertEquals(parameters[i], c.estimate(), 2e-4 * Math.abs(parameters[i]), c.term());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void reproduces(String name, Supplier<TestModel> model) throws IOException {
        new MixedGoldenTest().reproduces(name, model);
    }
}
