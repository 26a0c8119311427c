package io.echelon.report;

import io.echelon.fit.Clusters;
import io.echelon.fit.Estimates;
import io.echelon.fit.Test;
import io.echelon.report.Table.Column;
import io.echelon.report.Table.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A fit as value tables, with the column names of the broom package where it has them. */
public final class Tables {
    private Tables() {}

    /** All tables of a fit: fit, coefficients, variance_components, vcov, groups, iterations. */
    public static List<Table> of(Estimates e) {
        return List.of(fit(e), coefficients(e), varianceComponents(e), vcov(e), groups(e), iterations(e));
    }

    /** One row: the command, its figures, and in {@code document} all results as written by {@link JsonReport}. */
    public static Table fit(Estimates e) {
        Test.Wald wald = e.wald().orElse(new Test.Wald(Double.NaN, 0, Double.NaN, Double.NaN));
        Test.LikelihoodRatio lr =
                e.lr().orElse(new Test.LikelihoodRatio(Double.NaN, 0, null, Double.NaN, null, null, Double.NaN));
        return new Table("fit", List.of(text("command"), text("title"), text("method"), whole("n_obs"),
                number("log_likelihood"), flag("converged"), number("wald_statistic"), whole("wald_df"),
                number("wald_denominator_df"), number("wald_p_value"), number("lr_statistic"), whole("lr_df"),
                text("lr_kind"), number("lr_p_value"), text("lr_comparison"), number("restricted_log_likelihood"),
                number("scaled_gradient"), flag("hessian_definite"), text("vce"), whole("clusters"),
                text("cluster_variable"), text("document")),
                List.of(row(e.spec().text(), e.title(), e.method(), e.observations(), e.logLikelihood(), e.converged(),
                        wald.statistic(), (long) wald.df(), wald.denominatorDf(), wald.pValue(), lr.statistic(),
                        (long) lr.df(), lr.kind(), lr.pValue(), lr.comparison(), lr.restrictedLogLikelihood(),
                        e.certificate().scaledGradient(), e.certificate().hessianDefinite(),
                        e.spec().varianceEstimator().text(), e.clusters().map(Clusters::n).orElse(null),
                        e.clusters().map(Clusters::variable).orElse(null), JsonReport.write(e))));
    }

    /** A row a coefficient, base and omitted ones included. */
    public static Table coefficients(Estimates e) {
        return new Table("coefficients", List.of(text("equation"), text("term"), text("status"), number("estimate"),
                number("std_error"), number("statistic"), number("df"), number("p_value"), number("conf_low"),
                number("conf_high")),
                e.coefficients().stream().map(c -> row(c.equation(), c.term(),
                        c.status().name().toLowerCase(Locale.ROOT), c.estimate(), c.stdError(), c.statistic(), c.df(),
                        c.pValue(), c.confLow(), c.confHigh())).toList());
    }

    /** A row a variance, covariance or residual parameter. */
    public static Table varianceComponents(Estimates e) {
        return new Table("variance_components", List.of(text("level"), whole("block"), text("structure"), text("term"),
                number("estimate"), number("std_error"), number("conf_low"), number("conf_high")),
                e.varianceComponents().stream().map(c -> row(c.level(), (long) c.block(), c.structure(), c.term(),
                        c.estimate(), c.stdError(), c.confLow(), c.confHigh())).toList());
    }

    /** The covariance matrix of all parameters, a row an element. */
    public static Table vcov(Estimates e) {
        List<String> names = e.vcov().names();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = 0; j < names.size(); j++) {
                rows.add(row(names.get(i), names.get(j), e.vcov().matrix()[i][j]));
            }
        }
        return new Table("vcov", List.of(text("term"), text("with_term"), number("covariance")), rows);
    }

    /** A row a level of the hierarchy. */
    public static Table groups(Estimates e) {
        return new Table("groups", List.of(text("level"), whole("n"), whole("min"), number("avg"), whole("max")),
                e.groups().stream().map(g -> row(g.level(), g.n(), g.min(), g.avg(), g.max())).toList());
    }

    /** A row a line of the iteration log. */
    public static Table iterations(Estimates e) {
        return new Table("iterations", List.of(text("phase"), whole("iteration"), number("log_likelihood"), text("note")),
                e.iterations().stream()
                        .map(i -> row(i.phase(), (long) i.iteration(), i.logLikelihood(), i.note())).toList());
    }

    private static List<Object> row(Object... values) {
        return Arrays.stream(values).map(v -> v instanceof Double d && !Double.isFinite(d) ? null : v)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }

    private static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    private static Column whole(String name) {
        return new Column(name, Type.WHOLE);
    }

    private static Column number(String name) {
        return new Column(name, Type.NUMBER);
    }

    private static Column flag(String name) {
        return new Column(name, Type.FLAG);
    }
}
