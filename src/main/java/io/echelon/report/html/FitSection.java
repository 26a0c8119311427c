package io.echelon.report.html;

import io.echelon.design.Column;
import io.echelon.fit.Certificate;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.QuadratureChange;
import io.echelon.fit.VarianceComponent;
import io.echelon.report.TermName;
import io.echelon.spec.DisplayOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A fitted model: formula, figures, tables, and what vouches for it. */
final class FitSection {
    private final Entry.Fitted entry;
    private final Estimates estimates;
    private final DisplayOptions display;

    private FitSection(Entry.Fitted entry) {
        this.entry = entry;
        estimates = entry.estimates();
        display = estimates.spec().display();
    }

    static List<Html> of(Entry.Fitted entry) {
        return new FitSection(entry).parts();
    }

    private List<Html> parts() {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("div", ModelFormula.of(entry.design())).with("class", "model"));
        parts.add(HtmlTable.facts("Fit", facts()));
        if (!estimates.groups().isEmpty()) {
            parts.add(groups());
        }
        parts.add(coefficients());
        if (!estimates.varianceComponents().isEmpty()) {
            parts.add(components());
        }
        parts.add(Html.of("h3", "Certificate"));
        parts.add(certificate());
        if (!estimates.notes().isEmpty()) {
            parts.add(Html.of("h3", "Notes"));
            parts.add(Html.of("ul", estimates.notes().stream().map(n -> Html.of("li", n)).toList()));
        }
        return parts;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Observations", HtmlTable.fixed(estimates.observations(), 0)));
        facts.add(new Fact("Method", estimates.method()));
        facts.add(new Fact("Log likelihood", HtmlTable.number(estimates.logLikelihood())));
        estimates.wald().ifPresent(w -> facts.add(new Fact("Wald test of all coefficients",
                (Double.isFinite(w.denominatorDf()) ? "F(" + w.df() + ", " + HtmlTable.fixed(w.denominatorDf(), 2) + ")"
                        : "chi2(" + w.df() + ")") + " = " + HtmlTable.fixed(w.statistic(), 2) + ", p = "
                        + HtmlTable.fixed(w.pValue(), 4))));
        estimates.lr().ifPresent(lr -> facts.add(new Fact("LR test vs. " + lr.comparison(), lr.kind() + " = "
                + HtmlTable.fixed(lr.statistic(), 2) + ", p = " + HtmlTable.fixed(lr.pValue(), 4)
                + (lr.note().isEmpty() ? "" : " (" + lr.note() + ")"))));
        estimates.clusters().ifPresent(c -> facts.add(new Fact("Standard errors", c.variable().isEmpty() ? "robust"
                : "adjusted for clusters in " + c.variable() + " (" + HtmlTable.fixed(c.n(), 0) + ")")));
        return facts;
    }

    private Html groups() {
        HtmlTable table = new HtmlTable("Groups", List.of("Level", "Groups", "Smallest", "Average", "Largest"));
        for (GroupSummary g : estimates.groups()) {
            table.row(g.level(), List.of(HtmlTable.fixed(g.n(), 0), HtmlTable.fixed(g.min(), 0),
                    HtmlTable.fixed(g.avg(), 1), HtmlTable.fixed(g.max(), 0)));
        }
        return table.html();
    }

    private Html coefficients() {
        boolean student = estimates.coefficients().stream().anyMatch(c -> !Double.isNaN(c.df()));
        List<String> heads = new ArrayList<>(List.of(estimates.spec().fixed().response(),
                display.eform().orElse("Coefficient"), "Std. err.", student ? "t" : "z"));
        if (student) {
            heads.add("df");
        }
        heads.addAll(List.of("p", interval(), ""));
        HtmlTable table = new HtmlTable("Coefficients", heads);
        Map<String, List<String>> labels = display.nofvlabel() ? Map.of() : estimates.labels();
        String equation = "";
        for (Coefficient c : estimates.coefficients()) {
            boolean base = c.ofSeveral() && isBase(c.equation());
            if (c.ofSeveral() && !c.equation().equals(equation)) {
                equation = c.equation();
                table.part(equation + (base ? " (base outcome)" : ""));
            }
            if (!base) {
                table.row(TermName.parse(c.name()).labelledText(labels), cells(c, student));
            }
        }
        return table.html();
    }

    /** Whether an equation is that of the base outcome, all coefficients of which are zero. */
    private boolean isBase(String equation) {
        return estimates.coefficients().stream().filter(c -> c.equation().equals(equation))
                .allMatch(c -> c.status() == Column.Status.BASE);
    }

    private List<String> cells(Coefficient c, boolean student) {
        boolean exponential = display.eform().isPresent() && !c.term().startsWith("/");
        if (c.status() != Column.Status.ESTIMATED) {
            return List.of(HtmlTable.number(exponential ? Math.exp(c.estimate()) : c.estimate()), switch (c.status()) {
                case BASE -> "(base)";
                case EMPTY -> "(empty)";
                default -> "(omitted)";
            });
        }
        double b = exponential ? Math.exp(c.estimate()) : c.estimate();
        List<String> cells = new ArrayList<>(List.of(HtmlTable.number(b),
                HtmlTable.number(exponential ? b * c.stdError() : c.stdError()), HtmlTable.fixed(c.statistic(), 2)));
        if (student) {
            cells.add(HtmlTable.fixed(c.df(), 1));
        }
        cells.addAll(List.of(HtmlTable.fixed(c.pValue(), 3),
                HtmlTable.number(exponential ? Math.exp(c.confLow()) : c.confLow()),
                HtmlTable.number(exponential ? Math.exp(c.confHigh()) : c.confHigh())));
        return cells;
    }

    private String interval() {
        return HtmlTable.number(display.level()) + "% interval";
    }

    private Html components() {
        boolean deviations = display.metric() == DisplayOptions.Metric.STANDARD_DEVIATION;
        HtmlTable table = new HtmlTable("Random effects", List.of("", "Estimate", "Std. err.", interval(), ""));
        String last = "";
        for (VarianceComponent c : deviations ? estimates.standardDeviations() : estimates.varianceComponents()) {
            String part = c.level() + (c.structure().isEmpty() ? "" : ": " + c.structure());
            String place = part + c.block();
            if (!place.equals(last)) {
                table.part(part);
            }
            table.row(c.label(), List.of(HtmlTable.number(c.estimate()), HtmlTable.number(c.stdError()),
                    HtmlTable.number(c.confLow()), HtmlTable.number(c.confHigh())));
            last = place;
        }
        return table.html();
    }

    private Html certificate() {
        Certificate c = estimates.certificate();
        List<Html> items = new ArrayList<>();
        items.add(item(estimates.converged(), estimates.converged() ? "The maximisation converged."
                : "The maximisation did not converge."));
        items.add(item(c.hessianDefinite(), c.hessianDefinite() ? "The negative Hessian is positive definite."
                : "The negative Hessian is not positive definite."));
        items.add(item(true, "Scaled gradient g′H⁻¹g at the estimates: " + HtmlTable.number(c.scaledGradient()) + "."));
        items.add(item(c.boundary().isEmpty(), c.boundary().isEmpty() ? "No variance component lies on a boundary."
                : "On the boundary: " + String.join(", ", c.boundary().stream().map(term -> boundary(c, term)).toList()) + "."));
        c.quadrature().ifPresent(q -> items.add(item(true, quadrature(q))));
        c.warnings().forEach(w -> items.add(item(false, w)));
        return Html.of("ul", items).with("class", "certificate");
    }

    private static String boundary(Certificate c, String term) {
        Double slope = c.slopes().get(term);
        return slope == null ? term : term + " (slope of the log likelihood in it " + HtmlTable.number(slope) + ")";
    }

    private String quadrature(QuadratureChange q) {
        long all = estimates.groups().get(0).n();
        return "With " + points(q.doubled()) + " integration points instead of " + points(q.points())
                + " the log likelihood changes by " + HtmlTable.number(q.logLikelihoodChange())
                + q.largest().map(e -> ", no estimate by more than " + HtmlTable.number(Math.abs(e.standardErrors()))
                        + " standard errors (" + e.term() + ")").orElse("")
                + (q.groups() < all ? ", estimated from " + HtmlTable.fixed(q.groups(), 0) + " of "
                        + HtmlTable.fixed(all, 0) + " groups." : ".");
    }

    private static String points(List<Integer> points) {
        return points.stream().distinct().map(String::valueOf).collect(Collectors.joining(" and "));
    }

    private static Html item(boolean good, String sentence) {
        return Html.of("li", sentence).with("class", good ? "good" : "look");
    }
}
