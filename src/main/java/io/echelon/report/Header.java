package io.echelon.report;

import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Test;
import io.echelon.spec.CommandName;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.LinearOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The lines above the coefficient table: title, observations, groups, test of the model, log likelihood. */
final class Header {
    /** The manual's default of {@code intpoints()}. */
    private static final int DEFAULT_POINTS = 7;

    private final Estimates estimates;
    private final List<String> lines = new ArrayList<>();

    Header(Estimates estimates) {
        this.estimates = estimates;
    }

    List<String> lines() {
        row(estimates.title(), "Number of obs", StataFormat.fixedCommas(estimates.observations(), 10, 0));
        family();
        if (!estimates.spec().display().nogroup() && !estimates.groups().isEmpty()) {
            groups();
        }
        lines.add("");
        if (!estimates.spec().command().tablesApart() && !estimates.groups().isEmpty()) {
            integration();
        }
        estimates.spec().linear().dfMethod().ifPresent(this::degreesOfFreedom);
        wald();
        return lines;
    }

    /** What {@code meglm} was told of the response, denominators and the overdispersion of counts. */
    private void family() {
        GeneralizedOptions options = estimates.spec().generalized();
        if (estimates.spec().command() == CommandName.MEGLM) {
            String family = options.family().map(GeneralizedOptions.FamilyChoice::name).orElse("gaussian");
            lines.add(aligned("Family:", switch (family) {
                case "gaussian", "bernoulli", "poisson" -> family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
                case "nbinomial" -> "negative binomial";
                default -> family;
            }));
            String link = options.link().orElse(switch (family) {
                case "gaussian" -> "identity";
                case "bernoulli", "binomial", "ordinal" -> "logit";
                default -> "log";
            });
            lines.add(aligned("Link:", link.equals("cloglog") ? "complementary log-log" : link));
        }
        estimates.spec().trials().ifPresent(b ->
                lines.add((b.matches("\\d+") ? "Binomial trials: " : "Binomial variable: ") + b));
        boolean counts = estimates.spec().command() == CommandName.MENBREG
                || options.family().filter(f -> f.name().equals("nbinomial")).isPresent();
        if (counts) {
            lines.add(aligned("Overdispersion:", options.dispersion().or(() -> options.family()
                    .flatMap(GeneralizedOptions.FamilyChoice::argument)).orElse("mean")));
        }
    }

    /** A value that ends where the names of group variables do. */
    private static String aligned(String title, String value) {
        return title + StataFormat.pad(value, 31 - title.length());
    }

    private void groups() {
        List<GroupSummary> groups = estimates.groups();
        if (groups.size() > 1) {
            lines.add("");
            lines.addAll(estimates.spec().command().orthogonal() ? withPoints(groupTable(groups)) : groupTable(groups));
            return;
        }
        GroupSummary g = groups.get(0);
        String variable = StataFormat.abbreviate(g.level(), 14);
        row("Group variable: " + (estimates.spec().command().tablesApart() ? variable : StataFormat.pad(variable, 15)), "Number of groups",
                StataFormat.fixedCommas(g.n(), 10, 0));
        lines.add("");
        summary("", "Obs per group:", StataFormat.fixedCommas(g.min(), 10, 0), StataFormat.fixedCommas(g.avg(), 10, 1),
                StataFormat.fixedCommas(g.max(), 10, 0));
    }

    /** The levels of a hierarchy, one a line. */
    static List<String> groupTable(List<GroupSummary> groups) {
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(61));
        lines.add("                |     No. of       Observations per Group");
        lines.add(" Group Variable |     Groups    Minimum    Average    Maximum");
        lines.add("-".repeat(16) + "+" + "-".repeat(44));
        for (GroupSummary g : groups) {
            String variable = g.level().substring(g.level().lastIndexOf('>') + 1);
            lines.add(StataFormat.pad(StataFormat.abbreviate(variable, 12), 15) + " | "
                    + StataFormat.fixedCommas(g.n(), 10, 0) + " " + StataFormat.fixedCommas(g.min(), 10, 0) + " "
                    + StataFormat.fixedCommas(g.avg(), 10, 1) + " " + StataFormat.fixedCommas(g.max(), 10, 0));
        }
        lines.add("-".repeat(61));
        return lines;
    }

    /** The table of levels with a column of integration points, as the older commands have it. */
    private List<String> withPoints(List<String> table) {
        List<String> points = points();
        List<String> wide = new ArrayList<>();
        wide.add(table.get(0) + "-".repeat(15));
        wide.add(table.get(1) + "       Integration");
        wide.add(table.get(2) + "      Points");
        wide.add(table.get(3) + "-".repeat(15));
        for (int l = 4; l < table.size() - 1; l++) {
            wide.add(table.get(l) + StataFormat.pad(points.get(Math.min(l - 4, points.size() - 1)), 12));
        }
        wide.add(table.get(0) + "-".repeat(15));
        return wide;
    }

    /** Integration points of the levels; one where all have the same. */
    private List<String> points() {
        List<Integer> points = estimates.spec().generalized().points();
        return estimates.method().equals("laplace") ? List.of("1") : points.isEmpty() ? List.of(String.valueOf(DEFAULT_POINTS))
                : points.stream().map(String::valueOf).toList();
    }

    private void integration() {
        String left = "Integration method: " + StataFormat.pad(estimates.method(), 11);
        if (estimates.method().equals("laplace")) {
            lines.add(left);
        } else {
            row(left, "Integration pts.", StataFormat.pad(points().stream().distinct()
                    .collect(Collectors.joining(" ")), 10));
        }
        lines.add("");
    }

    private void degreesOfFreedom(LinearOptions.DfMethod method) {
        DoubleStream.Builder df = DoubleStream.builder();
        estimates.coefficients().stream().map(Coefficient::df).filter(d -> !Double.isNaN(d)).forEach(df::add);
        var s = df.build().summaryStatistics();
        summary("DF method: " + title(method.name()), "DF:           min", StataFormat.fixedCommas(s.getMin(), 10, 2),
                StataFormat.fixedCommas(s.getAverage(), 10, 2), StataFormat.fixedCommas(s.getMax(), 10, 2));
        lines.add("");
    }

    static String title(LinearOptions.DfMethod.Name name) {
        return switch (name) {
            case RESIDUAL -> "Residual";
            case REPEATED -> "Repeated";
            case ANOVA -> "ANOVA";
            case SATTERTHWAITE -> "Satterthwaite";
            case KROGER -> "Kenward-Roger";
        };
    }

    /** Minimum, average and maximum; the first may stand in the line of its title or below it. */
    private void summary(String left, String title, String min, String avg, String max) {
        if (title.endsWith("min")) {
            row(left, title, min);
        } else {
            lines.add(" ".repeat(48) + title);
            row("", "              min", min);
        }
        row("", "              avg", avg);
        row("", "              max", max);
    }

    private void wald() {
        Test.Wald w = estimates.wald().orElse(new Test.Wald(Double.NaN, 0, Double.NaN, Double.NaN));
        boolean f = estimates.spec().linear().dfMethod().isPresent();
        String name = f ? "F(" + w.df() + ", " + StataFormat.fixed(w.denominatorDf() == 0 ? Double.NaN : w.denominatorDf(), 8, 2) + ")"
                : "Wald chi2(" + w.df() + ")";
        boolean pointsHere = estimates.spec().command().orthogonal() && estimates.groups().size() == 1;
        row(pointsHere ? "Integration points = " + StataFormat.pad(points().get(0), 3) : "", name,
                StataFormat.fixed(w.statistic(), 10, 2));
        row(logLikelihoodName(estimates, true) + " = " + StataFormat.general(estimates.logLikelihood(), 10),
                f ? "Prob > F" : "Prob > chi2", StataFormat.fixed(w.pValue(), 10, 4));
    }

    /** What the criterion is called, in the header or in the log. */
    static String logLikelihoodName(Estimates estimates, boolean capital) {
        String name = estimates.method().equals("REML") ? "log restricted-likelihood"
                : estimates.spec().robust() ? "log pseudolikelihood" : "log likelihood";
        return capital ? "L" + name.substring(1) : name;
    }

    private void row(String left, String label, String value) {
        lines.add(StataFormat.padRight(left, 48) + StataFormat.padRight(label, 18) + "= " + value);
    }
}
