package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Identity;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.linalg.Jet;
import io.echelon.residual.Ar;
import io.echelon.residual.Banded;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.Exponential;
import io.echelon.residual.Independent;
import io.echelon.residual.Ma;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualMatrix;
import io.echelon.residual.ResidualModel;
import io.echelon.residual.Toeplitz;
import io.echelon.residual.Unstructured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every residual structure finds the parameters that data were made with, gaps in time and all. */
class ResidualRecoveryTest {
    private static final double[] TIMES = {1, 2, 3, 4, 5};

    static Stream<Arguments> structures() {
        return Stream.of(
                Arguments.of(new Independent(), new double[0]),
                Arguments.of(new Exchangeable(), new double[] {0.5}),
                Arguments.of(new Ar(1), new double[] {-0.6}),
                Arguments.of(new Ar(2), new double[] {0.7, -0.4}),
                Arguments.of(new Ma(1), new double[] {-0.5}),
                Arguments.of(new Ma(2), new double[] {0.5, 0.4}),
                Arguments.of(new Toeplitz(2), new double[] {0.4, 0.2}),
                Arguments.of(new Banded(TIMES, 1), new double[] {0.2, 0.1, -0.1, 0, 0.5, 0.3, -0.4, 0.2}),
                Arguments.of(new Unstructured(TIMES),
                        new double[] {0.2, 0.1, -0.1, 0, 0.5, 0.3, 0.2, -0.2, 0.1, 0.4, 0.1, 0.2, 0.3, 0}),
                Arguments.of(new Exponential(1), new double[] {0.8}));
    }

    private static Table simulated(Residual residual, double[] a, double variance) {
        Random random = new Random(99);
        List<double[]> rows = new ArrayList<>();
        for (int g = 0; g < 600; g++) {
            double[] times = g % 3 == 0 ? new double[] {1, 2, 4, 5} : TIMES;
            RealMatrix l = new CholeskyDecomposition(ResidualMatrix.of(residual, a, times)).getL();
            double[] z = random.doubles(times.length).map(u -> random.nextGaussian()).toArray();
            double[] e = l.operate(z);
            for (int t = 0; t < times.length; t++) {
                double x = random.nextGaussian();
                rows.add(new double[] {g, times[t], x, 3 + x + Math.sqrt(variance) * e[t]});
            }
        }
        Table table = new Table();
        String[] names = {"g", "t", "x", "y"};
        for (int c = 0; c < names.length; c++) {
            int column = c;
            table = table.with(names[c], rows.stream().mapToDouble(r -> r[column]).toArray());
        }
        return table;
    }

    private static TestModel model(Table table, Residual residual) {
        return new TestModel(table, "y").x("x").level("g")
                .residuals(new ResidualModel(List.of(residual), null, "t"), "t", null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void recovers(Residual residual, double[] a) {
        double variance = 2;
        Estimates estimates = model(simulated(residual, a, variance), residual).fit().estimates();
        assertTrue(estimates.converged());
        Jet[] truth = residual.natural(Jet.constants(a), Jet.constant(variance, 0));
        for (int i = 0; i < truth.length; i++) {
            VarianceComponent c = estimates.varianceComponents().get(i);
            assertTrue(c.stdError() > 0 && c.stdError() < 0.5, c.term() + " " + c.stdError());
            assertEquals(truth[i].value(), c.estimate(), 3.5 * c.stdError(), c.term());
            assertTrue(c.confLow() < c.estimate() && c.estimate() < c.confHigh(), c.term());
        }
    }

    /** Two categories of by(), each with parameters of its own: those of the first, the second with half of them and 1.5 times the standard deviation. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("structures")
    void recoversByCategory(Residual residual, double[] a) {
        double[] half = Arrays.stream(a).map(p -> p / 2).toArray();
        Table first = simulated(residual, a, 2).with("c", r -> 0.0);
        Table second = simulated(residual, half, 4.5).with("c", r -> 1.0).with("g", r -> 1000 + r.get("g"));
        Table both = new Table();
        for (String name : first.names()) {
            both = both.with(name, DoubleStream.concat(Arrays.stream(first.column(name)), Arrays.stream(second.column(name)))
                    .toArray());
        }
        Estimates estimates = new TestModel(both, "y").x("x").level("g").residuals(new ResidualModel(
                List.of(residual, residual), new ResidualModel.By("c", List.of("0", "1")), "t"), "t", "c", 0, 1).fit().estimates();
        assertTrue(estimates.converged());
        List<Jet> truth = new ArrayList<>(List.of(residual.natural(Jet.constants(a), Jet.constant(2, 0))));
        truth.addAll(List.of(residual.natural(Jet.constants(half), Jet.constant(4.5, 0))));
        assertEquals(truth.size(), estimates.varianceComponents().size());
        for (int i = 0; i < truth.size(); i++) {
            VarianceComponent c = estimates.varianceComponents().get(i);
            assertTrue(c.stdError() > 0, c.term() + " " + c.stdError());
            assertEquals(truth.get(i).value(), c.estimate(), 3.5 * c.stdError(), c.term());
        }
    }

    @Test
    void timesThatCannotBeAreRefused() {
        Table table = simulated(new Ar(1), new double[] {0.5}, 1);
        table.column("t")[1] = 1;
        EchelonException twice = assertThrows(EchelonException.class, () -> model(table, new Ar(1)).fit());
        assertTrue(twice.getMessage().contains("t(t) is 1 more than once in group 0"), twice.getMessage());
        table.column("t")[1] = 2.5;
        EchelonException fraction = assertThrows(EchelonException.class, () -> model(table, new Ar(1)).fit());
        assertTrue(fraction.getMessage().contains("t(t) is 2.5 in group 0")
                && fraction.getMessage().contains("residuals(exponential)"), fraction.getMessage());
    }

    @Test
    void aRandomInterceptBesideExchangeableResidualsIsConfoundedWithThem() {
        Table table = simulated(new Exchangeable(), new double[] {0.5}, 1);
        Estimates estimates = new TestModel(table, "y").x("x").level("g", new Identity(1), "_cons")
                .residuals(new ResidualModel(List.of(new Exchangeable()), null, null), null, null).fit().estimates();
        List<String> warnings = estimates.certificate().warnings();
        assertTrue(warnings.stream().anyMatch(w -> w.contains("var(_cons[g])") && w.contains("Residual: cov(e)")),
                warnings.toString());
    }
}
