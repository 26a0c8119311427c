package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Identity;
import io.echelon.estimate.Table;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.likelihood.DenseLikelihood;
import io.echelon.residual.Ar;
import io.echelon.residual.Exponential;
import io.echelon.residual.Ma;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import io.echelon.spec.LinearOptions.DfMethod.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small-sample inference where the covariance matrix is not linear in its parameters, against n×n algebra. */
class CurvedCovarianceTest {
    private static final String[] NAMES = {"a", "t", "g", "x", "y"};

    private static Table table() {
        Random random = new Random(8);
        List<double[]> rows = new ArrayList<>();
        for (int a = 0; a < 14; a++) {
            double u = random.nextGaussian();
            double e = random.nextGaussian();
            for (int t = 1; t <= 7; t++) {
                e = 0.2 * e + random.nextGaussian();
                if (random.nextDouble() < 0.8) {
                    rows.add(new double[] {a, t, a % 2, a % 3 + random.nextGaussian(), u + t * 0.1 + (1 + a % 2) * e});
                }
            }
        }
        Table table = new Table();
        for (int c = 0; c < NAMES.length; c++) {
            int column = c;
            table = table.with(NAMES[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return table;
    }

    private static double atanh(double r) {
        return 0.5 * Math.log((1 + r) / (1 - r));
    }

    private static UnaryOperator<TestModel> one(Residual residual) {
        return m -> m.residuals(new ResidualModel(List.of(residual), null, "t"), "t", null);
    }

    private static UnaryOperator<TestModel> by(Residual residual) {
        return m -> m.residuals(new ResidualModel(List.of(residual, residual),
                new ResidualModel.By("g", List.of("0", "1")), "t"), "t", "g", 0, 1);
    }

    /** Models with the map from what the tables show to natural parameters. */
    static Stream<Arguments> models() {
        UnaryOperator<double[]> first = e -> new double[] {e[0], atanh(e[1]), e[2]};
        return Stream.of(
                Arguments.of("ar 1", one(new Ar(1)), first),
                Arguments.of("ma 1", one(new Ma(1)), first),
                Arguments.of("ar 2", one(new Ar(2)), (UnaryOperator<double[]>) e ->
                        new double[] {e[0], atanh(e[1] / (1 - e[2])), atanh(e[2]), e[3]}),
                Arguments.of("exponential", one(new Exponential(1)), (UnaryOperator<double[]>) e ->
                        new double[] {e[0], Math.log(e[1] / (1 - e[1])), e[2]}),
                Arguments.of("ar 1 by", by(new Ar(1)), (UnaryOperator<double[]>) e ->
                        new double[] {e[0], atanh(e[1]), Math.log(e[4] / e[2]) / 2, atanh(e[3]), e[2]}));
    }

    private static TestModel model(UnaryOperator<TestModel> structure) {
        return structure.apply(new TestModel(table(), "y").x("x", "t").reml().level("a", new Identity(1), "_cons"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void equalsDenseAlgebra(String name, UnaryOperator<TestModel> structure, UnaryOperator<double[]> toNatural) {
        Estimates kroger = model(structure).df(Name.KROGER, true).fit(2).estimates();
        Estimates satterthwaite = model(structure).df(Name.SATTERTHWAITE, true).fit().estimates();
        double[] eta = kroger.varianceComponents().stream().mapToDouble(c -> c.estimate()).toArray();
        int m = eta.length;
        RealMatrix[][] v = new RealMatrix[m][m];
        RealMatrix[] slope = new RealMatrix[m];
        double h = 1e-4;
        for (int i = 0; i < m; i++) {
            slope[i] = at(structure, toNatural, eta, i, h, i, 0).subtract(at(structure, toNatural, eta, i, -h, i, 0))
                    .scalarMultiply(0.5 / h);
            for (int j = 0; j < m; j++) {
                v[i][j] = at(structure, toNatural, eta, i, h, j, h).subtract(at(structure, toNatural, eta, i, h, j, -h))
                        .subtract(at(structure, toNatural, eta, i, -h, j, h))
                        .add(at(structure, toNatural, eta, i, -h, j, -h)).scalarMultiply(0.25 / (h * h));
            }
        }
        RealMatrix inverse = inverse(at(structure, toNatural, eta, 0, 0, 0, 0));
        RealMatrix x = DenseLikelihood.matrix(model(structure).design().estimated(), table());
        RealMatrix vx = inverse.multiply(x);
        RealMatrix phi = inverse(x.transposeMultiply(vx));
        RealMatrix p = inverse.subtract(vx.multiply(phi).multiply(vx.transpose()));
        RealMatrix information = MatrixUtils.createRealMatrix(m, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                information.setEntry(i, j, p.multiply(slope[i]).multiply(p).multiply(slope[j]).getTrace() / 2);
            }
        }
        RealMatrix w = inverse(information);
        RealMatrix lambda = MatrixUtils.createRealMatrix(3, 3);
        RealMatrix[] pi = new RealMatrix[m];
        double bend = 0;
        for (int i = 0; i < m; i++) {
            pi[i] = vx.transposeMultiply(slope[i]).multiply(vx).scalarMultiply(-1);
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                RealMatrix q = vx.transposeMultiply(slope[i]).multiply(inverse).multiply(slope[j]).multiply(vx);
                RealMatrix r = vx.transposeMultiply(v[i][j]).multiply(vx);
                bend = Math.max(bend, i == j ? r.getNorm1() / q.getNorm1() : 0);
                lambda = lambda.add(q.subtract(pi[i].multiply(phi).multiply(pi[j])).subtract(r.scalarMultiply(0.25))
                        .scalarMultiply(w.getEntry(i, j)));
            }
        }
        assertTrue(bend > 1e-3, "the second derivatives matter: " + bend);
        RealMatrix adjusted = phi.add(phi.multiply(lambda).multiply(phi).scalarMultiply(2));
        for (int c = 0; c < 3; c++) {
            double a2 = 0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    a2 += w.getEntry(i, j) * share(phi, pi[i], c) * share(phi, pi[j], c);
                }
            }
            Coefficient k = kroger.coefficients().get(c);
            Coefficient s = satterthwaite.coefficients().get(c);
            assertEquals(Math.sqrt(adjusted.getEntry(c, c)), k.stdError(), 2e-6 * k.stdError(), name + " " + c);
            assertEquals(Math.sqrt(phi.getEntry(c, c)), s.stdError(), 2e-6 * s.stdError());
            assertEquals(2 / a2, k.df(), 1e-5 * k.df(), name + " " + c);
            assertEquals(2 / a2, s.df(), 1e-5 * s.df());
        }
    }

    private static double share(RealMatrix phi, RealMatrix pi, int c) {
        return phi.multiply(pi).multiply(phi).getEntry(c, c) / phi.getEntry(c, c);
    }

    private static RealMatrix at(UnaryOperator<TestModel> structure, UnaryOperator<double[]> toNatural, double[] eta, int i,
                                 double up, int j, double across) {
        double[] moved = eta.clone();
        moved[i] += up;
        moved[j] += across;
        return DenseLikelihood.covariance(model(structure).design(), table(), toNatural.apply(moved));
    }

    private static RealMatrix inverse(RealMatrix matrix) {
        return new LUDecomposition(matrix).getSolver().getInverse();
    }
}
