package io.echelon.estimate.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.covariance.Exchangeable;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.MaximizeOptions.Algorithm;
import io.echelon.spec.MaximizeOptions.Technique;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixedEstimatorTest {
    /** Groups of the given size with a random intercept and slope of x. */
    private static Table groups(int groups, int size, double intercept, double slope, long seed) {
        Random random = new Random(seed);
        int rows = groups * size;
        double[] g = new double[rows];
        double[] x = new double[rows];
        double[] y = new double[rows];
        double[] u = random.doubles(groups).map(d -> intercept * random.nextGaussian()).toArray();
        double[] v = random.doubles(groups).map(d -> slope * random.nextGaussian()).toArray();
        for (int i = 0; i < rows; i++) {
            int group = i / size;
            g[i] = group;
            x[i] = random.nextGaussian();
            y[i] = 1 + x[i] + u[group] + v[group] * x[i] + random.nextGaussian();
        }
        return new Table().with("g", g).with("x", x).with("y", y);
    }

    private static TestModel intercept(Table table) {
        return new TestModel(table, "y").x("x").level("g", new Identity(1), "_cons");
    }

    private static TestModel slope(Table table) {
        return new TestModel(table, "y").x("x").level("g", new Unstructured(2), "x", "_cons");
    }

    private static double[] figures(Estimates e) {
        return DoubleStream.concat(
                e.coefficients().stream().flatMapToDouble(c -> DoubleStream.of(c.estimate(), c.stdError())),
                e.varianceComponents().stream().flatMapToDouble(c -> DoubleStream.of(c.estimate(), c.stdError())))
                .toArray();
    }

    private static void assertSame(Estimates a, Estimates b, double share) {
        double[] left = figures(a);
        double[] right = figures(b);
        assertEquals(left.length, right.length);
        for (int i = 0; i < left.length; i++) {
            assertEquals(left[i], right[i], share * Math.abs(left[i]), "figure " + i);
        }
        assertEquals(a.logLikelihood(), b.logLikelihood(), share * Math.abs(a.logLikelihood()));
    }

    /** With an unstructured covariance matrix the origin of a column changes nothing but what the intercept means. */
    @Test
    void calendarYearsTakeNoMoreIterationsThanYearsSinceTheFirst() {
        Table table = groups(40, 5, 1, 0.5, 3);
        Estimates wanted = slope(table).fit().estimates();
        Estimates years = slope(table.with("x", r -> r.get("x") + 2000)).fit().estimates();
        assertEquals(wanted.logLikelihood(), years.logLikelihood(), 1e-7);
        assertEquals(wanted.varianceComponents().get(0).estimate(), years.varianceComponents().get(0).estimate(), 1e-7);
        assertTrue(years.iterations().size() <= wanted.iterations().size() + 2, years.iterations().size() + " iterations, "
                + wanted.iterations().size() + " since the first");
    }

    @Test
    void orderOfRowsAndNumberOfPartsDoNotShow() {
        Table table = groups(60, 5, 1, 0.5, 1);
        Estimates whole = slope(table).fit(1).estimates();
        assertSame(whole, slope(table).fit(7).estimates(), 1e-10);
        List<Integer> order = IntStream.range(0, table.rows()).boxed().collect(Collectors.toList());
        Collections.shuffle(order, new Random(3));
        Table shuffled = table.inOrder(order.stream().mapToInt(Integer::intValue).toArray());
        assertSame(whole, slope(shuffled).fit(3).estimates(), 1e-10);
    }

    @Test
    void unitsOfColumnsDoNotShow() {
        Table table = groups(60, 5, 1, 0.5, 2).with("w", r -> Math.sin(100 * r.get("x")) + r.get("x"));
        Table odd = table.with("x", r -> 1e7 + 1e6 * r.get("x")).with("w", r -> 1e-6 * r.get("w"));
        for (boolean reml : new boolean[] {false, true}) {
            TestModel plain = new TestModel(table, "y").x("x", "w").level("g", new Unstructured(2), "x", "_cons");
            TestModel scaled = new TestModel(odd, "y").x("x", "w").level("g", new Unstructured(2), "x", "_cons");
            Estimates a = (reml ? plain.reml() : plain).fit().estimates();
            Estimates b = (reml ? scaled.reml() : scaled).fit().estimates();
            assertTrue(b.converged());
            assertEquals(a.coefficients().get(0).estimate(), 1e6 * b.coefficients().get(0).estimate(), 1e-7);
            assertEquals(a.coefficients().get(0).stdError(), 1e6 * b.coefficients().get(0).stdError(), 1e-7);
            assertEquals(a.coefficients().get(1).estimate(), 1e-6 * b.coefficients().get(1).estimate(), 1e-7);
            List<VarianceComponent> v = a.varianceComponents();
            List<VarianceComponent> w = b.varianceComponents();
            assertEquals(v.get(0).estimate(), 1e12 * w.get(0).estimate(), 1e-7 * v.get(0).estimate());
            assertEquals(v.get(0).stdError(), 1e12 * w.get(0).stdError(), 1e-6 * v.get(0).stdError());
            assertEquals(v.get(3).estimate(), w.get(3).estimate(), 1e-7 * v.get(3).estimate());
            assertEquals(a.logLikelihood() - (reml ? Math.log(1e6) + Math.log(1e-6) : 0), b.logLikelihood(), 1e-6);
        }
    }

    @Test
    void aVarianceOfZeroIsABoundary() {
        Table table = groups(30, 6, 0, 0, 3);
        double[] y = table.column("y").clone();
        double[] x = table.column("x");
        for (int g = 0; g < 30; g++) {
            double mean = Arrays.stream(y, 6 * g, 6 * g + 6).average().orElseThrow()
                    - Arrays.stream(x, 6 * g, 6 * g + 6).average().orElseThrow();
            for (int i = 6 * g; i < 6 * g + 6; i++) {
                y[i] -= mean;
            }
        }
        Estimates fit = intercept(table.with("y", y)).fit().estimates();
        Estimates linear = new TestModel(table.with("y", y), "y").x("x").fit().estimates();
        assertTrue(fit.converged());
        assertEquals(0, fit.varianceComponents().get(0).estimate());
        assertTrue(Double.isNaN(fit.varianceComponents().get(0).stdError()));
        assertEquals(List.of("var(_cons[g])"), fit.certificate().boundary());
        assertTrue(fit.certificate().hessianDefinite());
        assertTrue(fit.iterations().size() < 40, "iterations: " + fit.iterations().size());
        assertEquals(linear.logLikelihood(), fit.logLikelihood(), 1e-9);
        assertEquals(0, fit.lr().orElseThrow().statistic());
        assertEquals(1, fit.lr().orElseThrow().pValue());
    }

    @Test
    void singularCovarianceMatricesAreReached() {
        for (long seed = 1; seed <= 12; seed++) {
            Table table = groups(8, 5, 0.3, 0, seed);
            Estimates unstructured = slope(table).fit().estimates();
            Estimates independent = new TestModel(table, "y").x("x").level("g", new Independent(2), "x", "_cons").fit()
                    .estimates();
            Estimates exchangeable = new TestModel(table, "y").x("x").level("g", new Exchangeable(2), "x", "_cons")
                    .fit().estimates();
            for (Estimates e : List.of(unstructured, independent, exchangeable)) {
                assertTrue(e.converged(), "seed " + seed);
                assertTrue(e.certificate().hessianDefinite(), "seed " + seed);
                assertTrue(e.iterations().size() < 60, "seed " + seed + ": " + e.iterations().size());
            }
            assertTrue(unstructured.logLikelihood() >= independent.logLikelihood() - 1e-8, "seed " + seed);
            assertTrue(unstructured.logLikelihood() >= exchangeable.logLikelihood() - 1e-8, "seed " + seed);
        }
    }

    @Test
    void techniquesFindTheSameMaximum() {
        Table table = groups(40, 6, 1, 0.5, 5);
        Estimates newton = slope(table).fit().estimates();
        for (List<Technique> techniques : List.of(List.of(new Technique(Algorithm.BFGS, 5)),
                List.of(new Technique(Algorithm.DFP, 5)),
                List.of(new Technique(Algorithm.BFGS, 3), new Technique(Algorithm.NR, 2)))) {
            Estimates other = slope(table).maximize(options(1, 300, techniques, Optional.empty())).fit().estimates();
            assertTrue(other.converged(), techniques.toString());
            assertSame(newton, other, 1e-6);
        }
    }

    private static MaximizeOptions options(int em, int iterate, List<Technique> techniques, Optional<String> from) {
        MaximizeOptions d = MaximizeOptions.defaults();
        return new MaximizeOptions(em, d.emTolerance(), false, false, false, iterate, d.tolerance(), d.ltolerance(),
                d.nrtolerance(), false, techniques, from, false);
    }

    @Test
    void startingValuesMayBeGivenInAnyMetric() {
        Table table = groups(40, 6, 1, 0.5, 5);
        Estimates fit = slope(table).fit().estimates();
        List<Technique> newton = MaximizeOptions.defaults().technique();
        for (String from : List.of("var(x[g])=0.3 var(_cons[g])=2 cov(x,_cons[g])=-0.1 var(Residual)=1.5",
                "sd(x[g])=0.3 sd(_cons[g])=1 corr(x,_cons[g])=0.5 sd(Residual)=2",
                "lns1_1_1=-1 /lns1_1_2=0 atr1_1_1_2=0.2 lnsig_e=0.1")) {
            Estimates other = slope(table).maximize(options(20, 300, newton, Optional.of(from))).fit().estimates();
            assertSame(fit, other, 1e-8);
        }
        EchelonException unknown = assertThrows(EchelonException.class, () -> slope(table)
                .maximize(options(20, 300, newton, Optional.of("var(z[g])=1"))).fit());
        assertTrue(unknown.getMessage().contains("var(z[g])"), unknown.getMessage());
    }

    @Test
    void iterationsAreLimited() {
        Table table = groups(40, 6, 1, 0.5, 5);
        Estimates none = slope(table).maximize(options(0, 0, MaximizeOptions.defaults().technique(), Optional.empty()))
                .fit().estimates();
        assertFalse(none.converged());
        assertTrue(none.certificate().warnings().get(0).contains("iterate()"), none.certificate().warnings().toString());
    }

    @Test
    void emAloneClimbsToTheMaximum() {
        Table table = groups(40, 6, 1, 0.5, 5);
        MaximizeOptions d = MaximizeOptions.defaults();
        MaximizeOptions em = new MaximizeOptions(2000, 1e-14, true, true, false, 300, d.tolerance(), d.ltolerance(),
                d.nrtolerance(), false, d.technique(), Optional.empty(), false);
        for (TestModel model : List.of(slope(table),
                new TestModel(table, "y").x("x").level("g", new Exchangeable(2), "x", "_cons"),
                new TestModel(table, "y").x("x").level("g", new Independent(2), "x", "_cons").reml())) {
            Estimates newton = model.fit().estimates();
            Estimates slow = model.maximize(em).fit().estimates();
            assertTrue(slow.converged());
            double last = Double.NEGATIVE_INFINITY;
            for (var iteration : slow.iterations()) {
                assertEquals("em", iteration.phase());
                assertTrue(iteration.logLikelihood() >= last - 1e-9, "EM never goes down");
                last = iteration.logLikelihood();
            }
            assertSame(newton, slow, 1e-4);
        }
    }

    @Test
    void dependentColumnsAreOmittedFromLeftToRight() {
        Table table = groups(40, 6, 1, 0, 5).with("twice", r -> 3.7 * r.get("x") + 11).with("five", r -> 0.1)
                .with("none", r -> 0).with("near", r -> r.get("x") + 1e-5 * Math.sin(100 * r.get("y")));
        Estimates fit = new TestModel(table, "y").x("five", "x", "twice", "near", "none")
                .level("g", new Identity(1), "_cons").fit().estimates();
        assertEquals(List.of(Column.Status.OMITTED, Column.Status.ESTIMATED, Column.Status.OMITTED,
                Column.Status.ESTIMATED, Column.Status.OMITTED, Column.Status.ESTIMATED),
                fit.coefficients().stream().map(c -> c.status()).toList());
        assertEquals(List.of("five omitted because of collinearity", "twice omitted because of collinearity",
                "none omitted because of collinearity"), fit.notes());
        Estimates without = new TestModel(table, "y").x("x", "near").level("g", new Identity(1), "_cons").fit()
                .estimates();
        assertEquals(without.logLikelihood(), fit.logLikelihood(), 1e-9 * Math.abs(fit.logLikelihood()));
    }

    @Test
    void cellsWithoutObservationsAreEmpty() {
        Table table = groups(40, 6, 1, 0, 5).with("a", r -> r.get("x") > 0 ? 1 : 2)
                .with("b", r -> r.get("x") > 0.5 ? 1 : r.get("x") < -0.5 ? 2 : 3);
        Estimates fit = new TestModel(table, "y").x("ibn.a#ibn.b").noconstant().level("g", new Identity(1), "_cons")
                .fit().estimates();
        assertEquals(List.of("1.a#2.b identifies no observations in the sample",
                "2.a#1.b identifies no observations in the sample"), fit.notes());
        assertEquals(Column.Status.EMPTY, fit.coefficients().get(1).status());
    }

    @Test
    void whatCannotBeToldApartIsNamed() {
        Table table = groups(20, 5, 1, 0, 1).with("h", r -> Math.rint(1e9 * r.get("x")));
        Estimates fit = intercept(table).level("h", new Identity(1), "_cons").fit().estimates();
        assertTrue(fit.certificate().warnings().get(0).startsWith("var(_cons[g>h]) and var(Residual) cannot be told apart"),
                fit.certificate().warnings().toString());
        assertTrue(Double.isNaN(fit.varianceComponents().get(1).stdError()));
    }

    @Test
    void whatCannotBeFittedIsSaidSo() {
        Table table = groups(20, 5, 1, 0, 1);
        assertFails("constant", intercept(table.with("y", r -> 0.1)));
        assertFails("exactly", intercept(table.with("y", r -> 2 * r.get("x") + 1)));
        assertFails("every group of g has one observation", intercept(groups(20, 1, 1, 0, 1)));
        assertFails("the level g has one group only", intercept(groups(1, 20, 1, 0, 1)));
        assertFails("residual variance is zero", intercept(table.with("y", r -> r.get("x") + Math.sin(9 * r.get("g")))));
        Table small = groups(2, 2, 1, 0, 1).with("a", r -> r.get("y") * r.get("x"))
                .with("b", r -> Math.sin(r.get("y"))).with("c", r -> Math.exp(r.get("y")));
        assertFails("5 fixed-effects coefficients but only 4 observations",
                new TestModel(small, "y").x("x", "a", "b", "c").level("g", new Identity(1), "_cons"));
    }

    private static void assertFails(String part, TestModel model) {
        EchelonException e = assertThrows(EchelonException.class, model::fit);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void withoutRandomEffectsItIsLeastSquares() {
        Table table = groups(20, 5, 1, 0, 1);
        Estimates ml = new TestModel(table, "y").x("x").fit().estimates();
        Estimates reml = new TestModel(table, "y").x("x").reml().fit().estimates();
        double v = ml.varianceComponents().get(0).estimate();
        assertEquals(-50 * (Math.log(2 * Math.PI * v) + 1), ml.logLikelihood(), 1e-10);
        assertEquals(v * 100 / 98, reml.varianceComponents().get(0).estimate(), 1e-12);
        assertEquals(v * Math.sqrt(2.0 / 100), ml.varianceComponents().get(0).stdError(), 1e-10);
        assertTrue(ml.lr().isEmpty());
        assertArrayEquals(new double[] {ml.coefficients().get(0).estimate(), ml.coefficients().get(1).estimate()},
                reml.coefficients().stream().mapToDouble(c -> c.estimate()).toArray(), 1e-12);
    }

    /** ln σ = 0 is a value like any other. */
    @Test
    void aResidualVarianceOfOneHasAStandardError() {
        Random random = new Random(2);
        double[] g = IntStream.range(0, 60).mapToDouble(i -> i / 6).toArray();
        double[] y = random.doubles(60).map(u -> random.nextGaussian()).toArray();
        double[] effect = random.doubles(10).map(u -> random.nextGaussian()).toArray();
        Table table = new Table().with("g", g).with("y", IntStream.range(0, 60)
                .mapToDouble(i -> y[i] + effect[i / 6]).toArray());
        VarianceComponent first = residual(table);
        VarianceComponent scaled = residual(table.with("y", r -> r.get("y") / Math.sqrt(first.estimate())));
        assertEquals(1, scaled.estimate(), 1e-8);
        assertEquals(first.stdError() / first.estimate(), scaled.stdError(), 1e-7);
    }

    private static VarianceComponent residual(Table table) {
        return new TestModel(table, "y").level("g", new Identity(1), "_cons").fit().estimates().varianceComponents().get(1);
    }
}
