package io.echelon.likelihood;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.estimate.Table;
import io.echelon.estimate.linear.MixedFit;
import io.echelon.estimate.linear.TestModel;
import io.echelon.fit.RandomEffects;
import io.echelon.fit.VarianceComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of three nested levels against Henderson's mixed-model equations, solved densely in original units. */
class BestPredictorTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictionsSolveHendersonsEquations(boolean reml) {
        Table table = LinearLikelihoodTest.nested(300, 13);
        TestModel model = new TestModel(table, "y").x("x", "w").level("a", new Independent(2), "x", "_cons")
                .level("b", new Identity(1), "_cons").level("c", new Identity(1), "_cons");
        MixedFit fit = (reml ? model.reml() : model).fit();
        List<RandomEffects> predicted = model.moments(model.standardization(), 1)
                .aggregate(fit.randomEffects(), (left, right) -> left);
        assertEquals(List.of(), fit.estimates().certificate().boundary(), "the equations need invertible matrices");
        double[] v = fit.estimates().varianceComponents().stream().mapToDouble(VarianceComponent::estimate).toArray();

        // [X'X X'Z; Z'X Z'Z + σ²G⁻¹] [β; u] = [X'y; Z'y]; its inverse times σ² is the variance of (β̂, û − u).
        List<double[]> columns = new ArrayList<>(List.of(table.column("x"), table.column("w"), ones(table)));
        int p = 3;
        List<String> names = new ArrayList<>();
        for (RandomEffects level : predicted) {
            for (String[] key : level.keys()) {
                for (String term : level.terms()) {
                    columns.add(column(table, key, term));
                    names.add(level.level() + String.join("/", key) + term);
                }
            }
        }
        int n = columns.size();
        RealMatrix w = MatrixUtils.createRealMatrix(table.rows(), n);
        for (int i = 0; i < n; i++) {
            w.setColumn(i, columns.get(i));
        }
        RealMatrix equations = w.transposeMultiply(w);
        int groups = predicted.get(0).keys().size();
        double s = v[v.length - 1];
        for (int g = 0; g < groups; g++) {
            int at = p + 2 * g;
            equations.addToEntry(at, at, s / v[0]);
            equations.addToEntry(at + 1, at + 1, s / v[1]);
        }
        int middle = predicted.get(1).keys().size();
        for (int i = p + 2 * groups; i < n; i++) {
            equations.addToEntry(i, i, s / (i < p + 2 * groups + middle ? v[2] : v[3]));
        }
        RealMatrix inverse = new LUDecomposition(equations).getSolver().getInverse();
        double[] solution = inverse.operate(w.transpose().operate(table.column("y")));
        // With β known the variance is the inverse of the lower block alone.
        RealMatrix known = new LUDecomposition(equations.getSubMatrix(p, n - 1, p, n - 1)).getSolver().getInverse();
        int i = 0;
        for (RandomEffects level : predicted) {
            for (int k = 0; k < level.estimate().length; k++) {
                assertEquals(solution[p + i], level.estimate()[k], 1e-8, names.get(i));
                double variance = s * (reml ? inverse.getEntry(p + i, p + i) : known.getEntry(i, i));
                assertEquals(Math.sqrt(variance), level.stdError()[k], 1e-8, names.get(i));
                i++;
            }
        }
    }

    private static double[] ones(Table table) {
        double[] ones = new double[table.rows()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] column(Table table, String[] key, String term) {
        String[] variables = {"a", "b", "c"};
        double[] values = term.equals("_cons") ? ones(table) : table.column(term).clone();
        for (int r = 0; r < values.length; r++) {
            for (int l = 0; l < key.length; l++) {
                if (table.column(variables[l])[r] != Double.parseDouble(key[l])) {
                    values[r] = 0;
                }
            }
        }
        return values;
    }
}
