package io.echelon.report.html;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.VarianceComponent;
import io.echelon.postestimation.InformationCriteria;
import io.echelon.postestimation.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Several fits side by side: every estimate with its standard error in parentheses, and the figures of each fit. */
final class Comparison {
    private final List<Estimates> fits;
    private final List<InformationCriteria.Model> criteria;
    private final HtmlTable table;

    private Comparison(List<Results> results) {
        fits = results.stream().map(Results::estimates).toList();
        Map<String, Results> byNumber = new LinkedHashMap<>();
        results.forEach(r -> byNumber.put(String.valueOf(byNumber.size() + 1), r));
        criteria = InformationCriteria.of(byNumber, OptionalDouble.empty()).models();
        List<String> heads = new ArrayList<>(List.of(""));
        for (int k = 1; k <= fits.size(); k++) {
            heads.add("Model " + k);
        }
        table = new HtmlTable("Estimates with standard errors", heads);
    }

    static Html of(List<Entry.Fitted> fits) {
        Comparison comparison = new Comparison(fits.stream().map(Entry.Fitted::results).toList());
        comparison.write();
        return comparison.table.html();
    }

    private void write() {
        table.part("Coefficients");
        names(e -> e.coefficients().stream().filter(c -> c.status() == Column.Status.ESTIMATED).map(Coefficient::term))
                .forEach(n -> row(n, e -> e.coefficients().stream().filter(c -> c.term().equals(n)).findFirst()
                        .map(c -> cell(c.estimate(), c.stdError()))));
        table.part("Variances and covariances");
        names(e -> e.varianceComponents().stream().map(VarianceComponent::term)).stream()
                .sorted(Comparator.comparing((String n) -> n.contains("Residual")))
                .forEach(n -> row(n, e -> e.varianceComponents().stream().filter(c -> c.term().equals(n)).findFirst()
                        .map(c -> cell(c.estimate(), c.stdError()))));
        table.part("Fit");
        row("response", e -> Optional.of(e.spec().fixed().response()));
        row("observations", e -> Optional.of(HtmlTable.fixed(e.observations(), 0)));
        names(e -> e.groups().stream().map(GroupSummary::level)).forEach(level -> row("groups of " + level,
                e -> e.groups().stream().filter(g -> g.level().equals(level)).findFirst()
                        .map(g -> HtmlTable.fixed(g.n(), 0))));
        row("method", e -> Optional.of(e.method()));
        row("log likelihood", e -> Optional.of(HtmlTable.number(e.logLikelihood())));
        table.row("parameters", criteria.stream().map(c -> HtmlTable.fixed(c.df(), 0)).toList());
        table.row("AIC", criteria.stream().map(c -> HtmlTable.number(c.aic())).toList());
        table.row("BIC", criteria.stream().map(c -> HtmlTable.number(c.bic())).toList());
    }

    private Set<String> names(Function<Estimates, Stream<String>> of) {
        Set<String> names = new LinkedHashSet<>();
        fits.forEach(e -> of.apply(e).forEach(names::add));
        return names;
    }

    private void row(String name, Function<Estimates, Optional<String>> value) {
        table.row(name, fits.stream().map(e -> value.apply(e).orElse("")).toList());
    }

    private static String cell(double estimate, double stdError) {
        return HtmlTable.number(estimate) + (Double.isNaN(stdError) ? "" : " (" + HtmlTable.number(stdError) + ")");
    }
}
