package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.Test;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Replay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of an estimation as {@code mixed [, options]} shows them again: with the display options given now, and after
 * {@code dfmethod()} with large-sample tests unless small-sample ones are asked for.
 *
 * @param estimates what is shown
 */
public record Redisplayed(Estimates estimates) implements Answer {
    private static final String HAZARD = "Haz. Ratio";

    /** A fit as its estimation command showed it, without the iterations. */
    public static Redisplayed of(Results results) {
        Estimates e = results.estimates();
        return new Redisplayed(new Estimates(e.spec().with(e.spec().linear(), e.spec().display().again(e.spec().display().eform())),
                e.title(), e.method(), e.observations(), e.groups(), e.logLikelihood(), e.converged(), List.of(),
                e.coefficients(), e.varianceComponents(), e.standardDeviations(), e.estimationMetric(), e.vcov(), e.wald(),
                e.lr(), e.certificate(), List.of(), e.labels(), e.clusters()));
    }

    /** The results of a fit, with other options of the report. */
    public static Redisplayed of(Replay command, Results results) {
        Estimates e = results.estimates();
        ModelSpec spec = e.spec();
        if (spec.command() != command.command()) {
            throw EchelonException.misuse(command.name() + " without a model shows its last results again, but the last results"
                    + " are those of " + spec.command().text() + ": type " + spec.command().text());
        }
        boolean small = command.small() || command.dftable().isPresent();
        if (small && results.freedom().isEmpty()) {
            throw EchelonException.misuse((command.small() ? "small" : "dftable()") + " shows the degrees of freedom of a model"
                    + " fitted with dfmethod(); add, for instance, dfmethod(satterthwaite) to the estimation");
        }
        DisplayOptions display = command.display().again(command.command() == CommandName.MESTREG
                ? ratios(command.display(), spec) : command.display().eform());
        double level = display.level();
        double[][] variance = results.variance(small);
        List<Coefficient> coefficients = new ArrayList<>();
        int next = 0;
        for (Coefficient c : e.coefficients()) {
            boolean estimated = c.status() == Column.Status.ESTIMATED;
            coefficients.add(estimated ? shown(c, Math.sqrt(variance[next][next]), small ? c.df() : Double.NaN, level) : c);
            next += estimated ? 1 : 0;
        }
        double z = Inference.quantile(0.5 + spec.display().level() / 200, Double.NaN);
        double wanted = Inference.quantile(0.5 + level / 200, Double.NaN);
        boolean large = results.freedom().isPresent() && !small;
        return new Redisplayed(new Estimates(spec.with(spec.linear().shown(small, command.dftable()), display), e.title(),
                e.method(), e.observations(), e.groups(), e.logLikelihood(), e.converged(), List.of(), coefficients,
                widened(e.varianceComponents(), z, wanted), widened(e.standardDeviations(), z, wanted),
                widened(e.estimationMetric(), z, wanted), e.vcov(), large ? wald(results) : e.wald(), e.lr(),
                e.certificate(), List.of(), e.labels(), e.clusters()));
    }

    /** Survival models show hazard ratios where hazards are proportional, and time ratios only when asked to. */
    private static Optional<String> ratios(DisplayOptions display, ModelSpec spec) {
        boolean accelerated = spec.generalized().time();
        if (!accelerated && display.eform().filter(t -> !t.equals(HAZARD)).isPresent()) {
            throw EchelonException.misuse("time ratios need the accelerated failure-time metric; add option time to the"
                    + " estimation");
        }
        return display.eform().filter(t -> !accelerated || !t.equals(HAZARD));
    }

    private static Coefficient shown(Coefficient c, double se, double df, double level) {
        if (df <= 0 || Double.isNaN(c.stdError())) {
            return c;
        }
        Row row = Inference.row(c.term(), c.estimate(), se, df, level);
        return new Coefficient(c.equation(), c.term(), c.status(), c.estimate(), se, row.statistic(), df, row.pValue(),
                row.confLow(), row.confHigh());
    }

    private static List<VarianceComponent> widened(List<VarianceComponent> components, double z, double next) {
        return components.stream().map(c -> c.widened(z, next)).toList();
    }

    /** The large-sample test that all coefficients but the constant are zero. */
    private static Optional<Test.Wald> wald(Results results) {
        NamedParameters parameters = new NamedParameters(results.estimates());
        List<LinearForm> forms = results.estimates().coefficients().stream().filter(c ->
                c.status() == Column.Status.ESTIMATED && !c.term().equals(Column.CONSTANT)).map(parameters::form).toList();
        if (forms.isEmpty()) {
            return Optional.empty();
        }
        JointTest.Independent test = JointTest.Independent.of(forms, results.variance(false));
        int df = test.kept().size();
        return Optional.of(new Test.Wald(test.statistic(), df, Double.POSITIVE_INFINITY,
                Inference.chiSquaredTail(test.statistic(), df)));
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        estimates.coefficients().forEach(c -> rows.add(new Row(c.term(), c.estimate(), c.stdError(), c.statistic(), c.df(),
                c.pValue(), c.confLow(), c.confHigh())));
        List<VarianceComponent> components = switch (estimates.spec().display().metric()) {
            case VARIANCE -> estimates.varianceComponents();
            case STANDARD_DEVIATION -> estimates.standardDeviations();
            case ESTIMATION -> estimates.estimationMetric();
        };
        components.forEach(c -> rows.add(new Row(c.term(), c.estimate(), c.stdError(), Double.NaN, Double.NaN, Double.NaN,
                c.confLow(), c.confHigh())));
        return rows;
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("estimation", estimates.spec().text());
        values.put("n_obs", estimates.observations());
        values.put("log_likelihood", estimates.logLikelihood());
        values.put("level", estimates.spec().display().level());
        return values;
    }
}
