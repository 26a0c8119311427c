package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Unstructured;
import io.echelon.estimate.Table;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Coefficient;
import io.echelon.spec.LinearOptions.DfMethod.Name;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Degrees of freedom and small-sample tests against lmerTest and pbkrtest. */
class DegreesOfFreedomTest {
    private static TestModel pig(int model) {
        TestModel pig = new TestModel(Table.shared("pig.csv"), "weight").reml();
        return model < 2 ? pig.x("i.week").level("id", new Identity(1), "_cons")
                : pig.x("week").level("id", new Unstructured(2), "week", "_cons");
    }

    @ParameterizedTest
    @CsvSource({"0, SATTERTHWAITE, false", "1, KROGER, true", "2, SATTERTHWAITE, false", "3, KROGER, true"})
    void pig(int model, Name method, boolean expected) throws IOException {
        JsonNode golden = MixedGoldenTest.golden("pig_ddf").get("models").get(model).get("coef");
        List<Coefficient> table = new ArrayList<>(pig(model).df(method, expected).fit().estimates().coefficients());
        table.removeIf(c -> Double.isNaN(c.stdError()));
        for (Iterator<Map.Entry<String, JsonNode>> i = golden.fields(); i.hasNext();) {
            Map.Entry<String, JsonNode> e = i.next();
            // The constant comes first there, last here.
            Coefficient c = e.getKey().equals("(Intercept)") ? table.get(table.size() - 1)
                    : table.remove(0);
            assertEquals(e.getValue().get("est").asDouble(), c.estimate(), 1e-7, e.getKey());
            assertEquals(e.getValue().get("se").asDouble(), c.stdError(), 2e-6, e.getKey());
            assertEquals(e.getValue().get("df").asDouble(), c.df(), 1e-4 * c.df(), e.getKey());
            assertEquals(e.getValue().get("t").asDouble(), c.statistic(), 2e-5 * Math.abs(c.statistic()), e.getKey());
        }
    }

    @Test
    void jointTestOfWeeks() throws IOException {
        JsonNode f = MixedGoldenTest.golden("pig_ddf").get("models").get(1).get("joint").get("w");
        var wald = pig(1).df(Name.KROGER, true).fit().estimates().wald().orElseThrow();
        assertEquals(f.get("F").asDouble(), wald.statistic(), 1e-5 * wald.statistic());
        assertEquals(f.get("den_df").asDouble(), wald.denominatorDf(), 1e-5);
        assertEquals(8, wald.df());
    }

    /** Rows of the hypothesis that the first factor has no effect, on average over the second; cells in order. */
    private static double[][] main(int levels, int other, int columns, boolean first) {
        double[][] l = new double[levels - 1][columns];
        for (int k = 1; k < levels; k++) {
            for (int j = 0; j < other; j++) {
                l[k - 1][first ? k * other + j : j * levels + k] = 1.0 / other;
                l[k - 1][first ? j : j * levels] = -1.0 / other;
            }
        }
        return l;
    }

    private static double[][] interaction(int a, int b, int columns) {
        double[][] l = new double[(a - 1) * (b - 1)][columns];
        for (int i = 1; i < a; i++) {
            for (int j = 1; j < b; j++) {
                double[] row = l[(i - 1) * (b - 1) + j - 1];
                row[i * b + j] = 1;
                row[i * b] = -1;
                row[j] = -1;
                row[0] = 1;
            }
        }
        return l;
    }

    private static void joint(JsonNode golden, String term, MixedFit fit, double[][] l, double tolerance) {
        double[] beta = fit.estimates().coefficients().stream().mapToDouble(Coefficient::estimate).toArray();
        DenominatorDf.Joint joint = fit.freedom().orElseThrow().joint(l, beta);
        JsonNode wanted = golden.get(term);
        assertEquals(wanted.get("F").asDouble(), joint.statistic(), tolerance * joint.statistic(), term + " F");
        assertEquals(wanted.get("den_df").asDouble(), joint.denominatorDf(), tolerance * joint.denominatorDf(), term);
        assertEquals(wanted.get("num_df").asInt(), joint.df());
    }

    @ParameterizedTest
    @CsvSource({"SATTERTHWAITE, satterthwaite, 2e-5", "KROGER, kenward_roger, 2e-6"})
    void oats(Name method, String golden, double tolerance) throws IOException {
        Table table = Table.shared("oats.csv").with("dose", r -> Math.rint(5 * r.get("nitro")));
        MixedFit fit = new TestModel(table, "yield").noconstant().x("ibn.variety#ibn.dose").reml()
                .level("block", new Identity(1), "_cons").level("variety", new Identity(1), "_cons")
                .df(method, method == Name.KROGER).fit();
        JsonNode wanted = MixedGoldenTest.golden("oats_ddf").get(golden);
        joint(wanted, "v", fit, main(3, 4, 12, true), tolerance);
        joint(wanted, "nf", fit, main(4, 3, 12, false), tolerance);
        joint(wanted, "v:nf", fit, interaction(3, 4, 12), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"SATTERTHWAITE, satterthwaite, 2e-6", "KROGER, kenward_roger, 1e-6"})
    void clippings(Name method, String golden, double tolerance) throws IOException {
        Table table = Table.shared("clippings.csv").with("wpunit", r -> 2 * r.get("nitrogen") + r.get("block"));
        MixedFit fit = new TestModel(table, "chlorophyll").noconstant().x("ibn.nitrogen#ibn.thatch", "block").reml()
                .level("wpunit", new Identity(1), "_cons").df(method, method == Name.KROGER).fit();
        JsonNode wanted = MixedGoldenTest.golden("clippings_ddf").get(golden);
        joint(wanted, "N", fit, main(4, 3, 13, true), tolerance);
        joint(wanted, "T", fit, main(3, 4, 13, false), tolerance);
        joint(wanted, "N:T", fit, interaction(4, 3, 13), tolerance);
        double[] block = new double[13];
        block[12] = 1;
        joint(wanted, "B", fit, new double[][] {block}, tolerance);
    }

    @Test
    void repeatedAndAnovaCountByLevel() {
        Table table = Table.shared("oats.csv").with("dose", r -> Math.rint(5 * r.get("nitro")));
        TestModel model = new TestModel(table, "yield").x("i.variety", "i.dose").reml()
                .level("block", new Identity(1), "_cons").level("variety", new Identity(1), "_cons");
        double[] anova = freedom(model.df(Name.ANOVA, false));
        // 18 plots of 6 blocks, 2 columns vary between plots; 72 rows, 3 columns vary within plots; the constant 6 - 1.
        assertEquals(10, anova[1]);
        assertEquals(51, anova[5]);
        assertEquals(5, anova[anova.length - 1]);
        double[] repeated = freedom(model.df(Name.REPEATED, false));
        assertEquals(72 - 6 - 5, repeated[1]);
        assertEquals(5, repeated[repeated.length - 1]);
        assertEquals(72 - 6, freedom(model.df(Name.RESIDUAL, false))[1]);
    }

    @Test
    void anovaTakesTheGroupsOfRandomCoefficients() {
        double[] df = freedom(pig(2).df(Name.ANOVA, false));
        assertEquals(47, df[0]);
        assertEquals(47, df[1]);
    }

    private static double[] freedom(TestModel model) {
        return model.fit().estimates().coefficients().stream().mapToDouble(Coefficient::df).toArray();
    }
}
