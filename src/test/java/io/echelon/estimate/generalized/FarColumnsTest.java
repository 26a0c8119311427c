package io.echelon.estimate.generalized;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.estimate.Table;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import io.echelon.fit.VarianceComponent;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns far from zero, or closely dependent on others, give the fit of the centred columns in other words. */
class FarColumnsTest {
    private static final double YEAR = 2000;
    private static final Table DATA = simulated();

    private static Table simulated() {
        Random random = new Random(8);
        int n = 720;
        double[] time = random.doubles(n, -5, 5).toArray();
        double[] u = IntStream.range(0, 60).mapToDouble(g -> 0.7 * random.nextGaussian()).toArray();
        double[] w = IntStream.range(0, 60).mapToDouble(g -> 0.15 * random.nextGaussian()).toArray();
        double[] eta = IntStream.range(0, n).mapToDouble(i -> 0.2 + 0.4 * (site(i) - 2) + (0.1 + w[i / 12]) * time[i] + u[i / 12]).toArray();
        double[] logistic = IntStream.range(0, n).mapToDouble(i -> {
            double p = random.nextDouble();
            return eta[i] + Math.log(p / (1 - p));
        }).toArray();
        return new Table().with("id", column(n, i -> (int) i / 12)).with("site", column(n, i -> site((int) i)))
                .with("time", time).with("year", column(n, i -> YEAR + time[(int) i]))
                .with("square", column(n, i -> time[(int) i] * time[(int) i]))
                .with("year2", column(n, i -> Math.pow(YEAR + time[(int) i], 2)))
                .with("yes", column(n, i -> logistic[(int) i] > 0 ? 1 : 0))
                .with("grade", column(n, i -> logistic[(int) i] < -1 ? 1 : logistic[(int) i] < 1 ? 2 : 3))
                .with("count", column(n, i -> poisson(random, Math.exp(eta[(int) i]))));
    }

    /** Five sites of twelve groups each. */
    private static int site(int i) {
        return i / 144;
    }

    private static int poisson(Random random, double mean) {
        int k = 0;
        for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
            k++;
        }
        return k;
    }

    private static double[] column(int n, DoubleUnaryOperator f) {
        return IntStream.range(0, n).mapToDouble(i -> f.applyAsDouble(i)).toArray();
    }

    private static GeneralizedFit fit(String command) {
        return new GeneralizedTestModel(DATA, command).fit();
    }

    private static double component(Estimates e, String term) {
        return e.varianceComponents().stream().filter(v -> v.term().equals(term)).mapToDouble(VarianceComponent::estimate)
                .findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"melogit yes;intpoints(5)", "mepoisson count;intpoints(5)", "meologit grade;intpoints(5)",
        "meoprobit grade;intmethod(laplace)", "melogit yes;intmethod(mcaghermite) intpoints(5)"})
    void aSlopeOfYearsIsThatOfTime(String model, String options) {
        GeneralizedFit centred = fit(model + " time || id: time, cov(un) " + options);
        GeneralizedFit far = fit(model + " year || id: year, cov(un) " + options);
        Estimates c = centred.estimates();
        Estimates f = far.estimates();
        assertTrue(f.converged() && f.certificate().hessianDefinite(), f.certificate().toString());
        assertEquals(c.logLikelihood(), f.logLikelihood(), 1e-7 * Math.abs(c.logLikelihood()));
        assertEquals(c.coefficients().get(0).estimate(), f.coefficients().get(0).estimate(), 1e-4 * c.coefficients().get(0).stdError());
        assertEquals(c.coefficients().get(0).stdError(), f.coefficients().get(0).stdError(), 1e-5);
        double slope = component(c, "var(time[id])");
        double covariance = component(c, "cov(time,_cons[id])");
        assertEquals(slope, component(f, "var(year[id])"), 1e-4 * slope);
        assertEquals(covariance - YEAR * slope, component(f, "cov(year,_cons[id])"), 1e-4 * YEAR * slope);
        assertEquals(component(c, "var(_cons[id])") - 2 * YEAR * covariance + YEAR * YEAR * slope,
                component(f, "var(_cons[id])"), 1e-4 * YEAR * YEAR * slope);
        for (int k = 1; k < c.coefficients().size(); k++) {
            double shift = c.coefficients().get(k).term().startsWith("/cut") ? YEAR : -YEAR;
            assertEquals(c.coefficients().get(k).estimate() + shift * c.coefficients().get(0).estimate(),
                    f.coefficients().get(k).estimate(), 1e-3 * f.coefficients().get(k).stdError());
        }
        RandomEffects u = effects(centred);
        RandomEffects v = effects(far);
        for (int g = 0; g < u.keys().size(); g++) {
            assertEquals(u.estimate()[2 * g], v.estimate()[2 * g], 1e-4);
            assertEquals(u.estimate()[2 * g + 1], v.estimate()[2 * g + 1] + YEAR * v.estimate()[2 * g], 1e-4);
        }
    }

    private static RandomEffects effects(GeneralizedFit fit) {
        return fit.parts().aggregate(fit.randomEffects(), (a, b) -> a).get(0);
    }

    @Test
    void aSquareOfYearsIsThatOfTime() {
        Estimates c = fit("meologit grade time square || id:, intpoints(3)").estimates();
        Estimates f = fit("meologit grade year year2 || id:, intpoints(3)").estimates();
        assertTrue(f.converged());
        assertEquals(c.logLikelihood(), f.logLikelihood(), 1e-8 * Math.abs(c.logLikelihood()));
        assertEquals(c.coefficients().get(1).estimate(), f.coefficients().get(1).estimate(), 1e-6);
        assertEquals(c.coefficients().get(1).stdError(), f.coefficients().get(1).stdError(), 1e-6);
        assertEquals(c.coefficients().get(0).estimate() - 2 * YEAR * c.coefficients().get(1).estimate(),
                f.coefficients().get(0).estimate(), 1e-3 * f.coefficients().get(0).stdError());
    }

    @Test
    void innerLevelsAndSeveralEquationsAreCentredToo() {
        Estimates c = fit("melogit yes time || site: || id: time, cov(un) intpoints(3)").estimates();
        Estimates f = fit("melogit yes year || site: || id: year, cov(un) intpoints(3)").estimates();
        assertTrue(f.converged());
        assertEquals(c.logLikelihood(), f.logLikelihood(), 1e-7 * Math.abs(c.logLikelihood()));
        assertEquals(component(c, "var(_cons[site])"), component(f, "var(_cons[site])"), 1e-4);
        assertEquals(component(c, "var(time[site>id])"), component(f, "var(year[site>id])"), 1e-5);
    }

    @Test
    void constraintsKeepTheirMeaning() {
        Estimates f = new GeneralizedTestModel(DATA, "melogit yes year || id: year, cov(un) constraints(1) intpoints(3)")
                .constraint("constraint 1 _b[year] = 0.1").fit().estimates();
        Estimates c = new GeneralizedTestModel(DATA, "melogit yes time || id: time, cov(un) constraints(1) intpoints(3)")
                .constraint("constraint 1 _b[time] = 0.1").fit().estimates();
        assertEquals(0.1, f.coefficients().get(0).estimate(), 1e-12);
        assertTrue(Double.isNaN(f.coefficients().get(0).stdError()));
        assertEquals(c.logLikelihood(), f.logLikelihood(), 1e-7 * Math.abs(c.logLikelihood()));
    }

    @Test
    void structuresThatDependOnTheOriginAreTold() {
        List<String> notes = fit("mepoisson count year || id: year, intpoints(3) iterate(2)").estimates().notes();
        assertTrue(notes.stream().anyMatch(n -> n.startsWith("the covariances of level id without one of year and _cons depend on"
                + " the origin of year")), notes.toString());
        assertEquals(List.of(), fit("mepoisson count time || id: time, intpoints(3) iterate(2)").estimates().notes());
    }
}
