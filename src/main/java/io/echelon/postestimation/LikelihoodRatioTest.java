package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.spec.Lrtest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.special.Gamma;

/**
 * Likelihood-ratio test of a model nested in another.
 *
 * <p>Where the two differ in one variance only, the null hypothesis lies on the boundary of the parameter space, and the
 * statistic is half chi-squared(0), half chi-squared(1) (Self and Liang, Journal of the American Statistical Association
 * 82, 1987). With more variances among the parameters tested the plain chi-squared is conservative.
 *
 * @param restricted       name of the nested model
 * @param full             name of the other
 * @param restrictedValue  log likelihoods
 * @param fullValue        log likelihoods
 * @param mixture          whether the p-value is that of the mixture
 * @param notes            what limits the test
 * @param criteria         information criteria of both, where asked for
 */
public record LikelihoodRatioTest(String restricted, String full, double restrictedValue, double fullValue,
                                  double statistic, int df, boolean mixture, double pValue, List<String> notes,
                                  Optional<InformationCriteria> criteria)
        implements Answer {
    private static final String BOUNDARY = "The reported degrees of freedom assumes the null hypothesis is not on the"
            + " boundary of the parameter space. If this is not true, then the reported test is conservative.";
    private static final String RESTRICTED = "LR tests based on REML are valid only when the fixed-effects specification is"
            + " identical for both models.";
    /** A likelihood lower by this much, relative to its size, is lower by rounding only. */
    private static final double ROUNDING = 1e-9;

    public LikelihoodRatioTest {
        notes = List.copyOf(notes);
    }

    /**
     * Tests one of two models against the other; the one with fewer parameters is the nested one.
     *
     * @throws EchelonException where the two cannot be compared and {@code force} is not given
     */
    public static LikelihoodRatioTest of(Lrtest command, Results first, Results second) {
        Comparison a = new Comparison(command.first(), first);
        Comparison b = new Comparison(command.second(), second);
        if (!command.force()) {
            a.requireComparable(b);
        }
        int difference = Math.abs(a.parameters - b.parameters);
        int df = command.df().orElse(difference);
        if (difference == 0 && command.df().isEmpty()) {
            throw EchelonException.misuse("lrtest " + a.name + " " + b.name + ": both models have " + a.parameters
                    + " parameters, so neither is nested in the other; where constraints of another kind make one so, give"
                    + " the degrees of freedom in df()");
        }
        boolean nested = difference == 0 ? a.estimates.logLikelihood() <= b.estimates.logLikelihood()
                : a.parameters < b.parameters;
        Comparison small = nested ? a : b;
        Comparison large = small == a ? b : a;
        double gain = 2 * (large.estimates.logLikelihood() - small.estimates.logLikelihood());
        double rounding = ROUNDING * (1 + Math.abs(large.estimates.logLikelihood()));
        if (gain < -rounding && !command.force()) {
            throw EchelonException.misuse("lrtest " + a.name + " " + b.name + ": " + large.name
                    + " has more parameters but the lower log likelihood, so " + small.name
                    + " is not nested in it, or a fit did not converge; force tests nevertheless");
        }
        double statistic = gain > rounding ? gain : 0;
        int variances = large.variances - small.variances;
        boolean mixture = command.df().isEmpty() && df == 1 && variances == 1;
        double tail = Gamma.regularizedGammaQ(df / 2.0, statistic / 2);
        List<String> notes = new ArrayList<>();
        if (variances > 0 && !mixture) {
            notes.add(BOUNDARY);
        }
        if (a.reml() || b.reml()) {
            notes.add(RESTRICTED);
        }
        return new LikelihoodRatioTest(small.name, large.name, small.estimates.logLikelihood(),
                large.estimates.logLikelihood(), statistic, df, mixture,
                !mixture ? tail : statistic == 0 ? 1 : tail / 2, notes, command.stats()
                        ? Optional.of(criteria(small, large)) : Optional.empty());
    }

    private static InformationCriteria criteria(Comparison small, Comparison large) {
        Map<String, Results> both = new LinkedHashMap<>();
        both.put(small.name, small.results);
        both.put(large.name, large.results);
        return InformationCriteria.of(both, OptionalDouble.empty());
    }

    /** {@code chibar2(01)} or {@code chi2(df)}. */
    public String kind() {
        return mixture ? "chibar2(01)" : "chi2(" + df + ")";
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("chi2", statistic);
        values.put("df", df);
        values.put("p_value", pValue);
        values.put("kind", kind());
        values.put("restricted", restricted);
        values.put("full", full);
        values.put("restricted_log_likelihood", restrictedValue);
        values.put("full_log_likelihood", fullValue);
        values.put("notes", notes);
        criteria.ifPresent(c -> values.put("models", c.values().get("models")));
        return values;
    }

    /** One of the models, with what has to agree in both. */
    private static final class Comparison {
        final String name;
        final Estimates estimates;
        final int parameters;
        final int variances;
        private final Results results;

        Comparison(String name, Results results) {
            this.name = name;
            this.results = results;
            estimates = results.estimates();
            parameters = ParameterCount.of(results);
            variances = ParameterCount.variances(results.design());
        }

        boolean reml() {
            return estimates.method().equals("REML");
        }

        void requireComparable(Comparison other) {
            require(estimates.spec().command() == other.estimates.spec().command(), other, "they were fitted by "
                    + estimates.spec().command().text() + " and " + other.estimates.spec().command().text());
            require(response().equals(other.response()), other, "their responses are " + response() + " and "
                    + other.response());
            require(estimates.observations() == other.estimates.observations(), other, "they were fitted to "
                    + estimates.observations() + " and " + other.estimates.observations() + " observations");
            require(estimates.spec().sample().equals(other.estimates.spec().sample()), other,
                    "the conditions or weights of their samples differ");
            require(!estimates.spec().robust() && !other.estimates.spec().robust(), other,
                    "with vce(robust) or sampling weights the likelihood is a pseudolikelihood; use test instead");
            require(estimates.method().equals(other.estimates.method()), other, "one was fitted by " + estimates.method()
                    + ", the other by " + other.estimates.method());
            require(!reml() || fixed().equals(other.fixed()), other, "restricted likelihoods of models with different fixed"
                    + " parts are not comparable; fit both by maximum likelihood (mle)");
        }

        private void require(boolean agrees, Comparison other, String why) {
            if (!agrees) {
                throw EchelonException.misuse("lrtest cannot compare " + name + " and " + other.name + ": " + why
                        + "; force tests nevertheless");
            }
        }

        private String response() {
            return estimates.spec().fixed().response();
        }

        private List<String> fixed() {
            return results.design().estimated().stream().map(Column::name).sorted().toList();
        }
    }
}
