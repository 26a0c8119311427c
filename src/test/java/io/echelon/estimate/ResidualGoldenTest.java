package io.echelon.estimate;

import io.echelon.covariance.Identity;
import io.echelon.residual.Ar;
import io.echelon.residual.Banded;
import io.echelon.residual.Exchangeable;
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void reproduces(String name, Supplier<TestModel> model) throws IOException {
        new MixedGoldenTest().reproduces(name, model);
    }
}
