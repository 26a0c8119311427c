package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Components;
import io.echelon.postestimation.DegreesOfFreedomTable;
import io.echelon.postestimation.GroupTable;
import io.echelon.postestimation.InformationCriteria;
import io.echelon.postestimation.IntraclassCorrelations;
import io.echelon.postestimation.Matrices;
import io.echelon.postestimation.QuadratureCheck;
import io.echelon.postestimation.StoredNames;
import io.echelon.postestimation.SurvivalSummary;
import io.echelon.postestimation.VariableSummary;
import io.echelon.postestimation.WithinGroup;
import io.echelon.spec.TableStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@code estat} shows, as text. */
final class EstatText {
    private static final int NAME = 28;
    private static final int MATRIX_NAME = 12;
    /** Columns of a matrix beside each other. */
    private static final int PANEL = 5;

    private EstatText() {}

    static List<String> of(Answer answer) {
        if (answer instanceof IntraclassCorrelations a) {
            return intraclass(a);
        }
        if (answer instanceof InformationCriteria a) {
            return criteria(a);
        }
        if (answer instanceof Matrices a) {
            return matrices(a);
        }
        if (answer instanceof Components a) {
            return new RandomEffectsTable(a.components(), a.groups(), a.level(), a.robust(), TableStyle.defaults()).lines();
        }
        if (answer instanceof GroupTable a) {
            return Header.groupTable(a.groups());
        }
        if (answer instanceof QuadratureCheck a) {
            return quadrature(a);
        }
        if (answer instanceof DegreesOfFreedomTable a) {
            return degreesOfFreedom(a);
        }
        if (answer instanceof SurvivalSummary a) {
            return SurvivalText.of(a);
        }
        if (answer instanceof VariableSummary a) {
            return summary(a);
        }
        if (answer instanceof StoredNames a) {
            return stored(a);
        }
        if (answer instanceof WithinGroup a) {
            return WithinGroupText.of(a);
        }
        throw new IllegalStateException("no text of " + answer.getClass());
    }

    private static List<String> intraclass(IntraclassCorrelations icc) {
        List<String> lines = new ArrayList<>(List.of(icc.title(), "", "-".repeat(78)));
        lines.add(StataFormat.pad("Level", NAME) + " |        ICC   Std. Err."
                + StataFormat.pad(StatisticColumns.interval(icc.level()), 25));
        lines.add("-".repeat(NAME + 1) + "+" + "-".repeat(48));
        for (Answer.Row r : icc.rows()) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(r.term(), NAME), NAME) + " |  "
                    + StataFormat.general(r.estimate(), 9) + "  " + StataFormat.general(r.stdError(), 9) + "     "
                    + StataFormat.general(r.confLow(), 9) + "   " + StataFormat.general(r.confHigh(), 9));
        }
        lines.add("-".repeat(78));
        if (icc.conditional()) {
            lines.add("Note: ICC is conditional on zero values of random-effects covariates.");
        }
        return lines;
    }

    private static List<String> stored(StoredNames names) {
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(60));
        lines.add("        name | command      depvar       npar  title ");
        lines.add("-".repeat(13) + "+" + "-".repeat(46));
        for (StoredNames.Stored s : names.stored()) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(s.name(), 12), 12) + " | " + StataFormat.padRight(s.command(), 13)
                    + StataFormat.padRight(StataFormat.abbreviate(s.response(), 12), 12)
                    + StataFormat.pad(String.valueOf(s.parameters()), 5) + "  " + s.title());
        }
        lines.add("-".repeat(60));
        return lines;
    }

    static List<String> criteria(InformationCriteria ic) {
        List<String> lines = new ArrayList<>(List.of("Akaike's information criterion and Bayesian information criterion", ""));
        lines.add("-".repeat(77));
        lines.add("       Model |        Obs  ll(null)  ll(model)      df         AIC        BIC");
        lines.add("-".repeat(13) + "+" + "-".repeat(63));
        for (InformationCriteria.Model m : ic.models()) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(m.name(), 12), 12) + " | "
                    + StataFormat.fixedCommas(m.observations(), 10, 0) + " " + StataFormat.pad(".", 9) + "  "
                    + StataFormat.general(m.logLikelihood(), 9) + StataFormat.pad(String.valueOf(m.df()), 8) + "   "
                    + StataFormat.general(m.aic(), 9) + "  " + StataFormat.general(m.bic(), 9));
        }
        lines.add("-".repeat(77));
        lines.add(" ".repeat(15) + "Note: N=Obs used in calculating BIC; see [R] BIC note.");
        return lines;
    }

    private static List<String> matrices(Matrices answer) {
        List<String> lines = new ArrayList<>();
        for (Matrices.Matrix m : answer.matrices()) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.add(m.title());
            for (int from = 0; from < m.names().size(); from += PANEL) {
                lines.add("");
                lines.addAll(panel(m, from, Math.min(m.names().size(), from + PANEL), m.level().isEmpty() ? 10 : 9));
            }
        }
        return lines;
    }

    /** The lower triangle of some columns; those of estimates have a width of 10, those of random effects of 9. */
    private static List<String> panel(Matrices.Matrix m, int from, int to, int digits) {
        List<String> lines = new ArrayList<>();
        int width = Math.max(MATRIX_NAME, Math.min(24, m.names().stream().mapToInt(String::length).max().orElse(0)));
        StringBuilder heading = new StringBuilder(StataFormat.pad(m.level().isEmpty() ? "e(V)" : "", width) + " |");
        for (int j = from; j < to; j++) {
            heading.append(' ').append(StataFormat.pad(StataFormat.abbreviate(m.names().get(j), digits), digits)).append(' ');
        }
        lines.add(heading.toString().stripTrailing());
        lines.add("-".repeat(width + 1) + "+" + "-".repeat((digits + 2) * (to - from)));
        for (int i = from; i < m.names().size(); i++) {
            StringBuilder row = new StringBuilder(StataFormat.pad(StataFormat.abbreviate(m.names().get(i), width), width) + " |");
            for (int j = from; j < to && j <= i; j++) {
                row.append(' ').append(StataFormat.general(m.values()[i][j], digits)).append(' ');
            }
            lines.add(row.toString().stripTrailing());
        }
        return lines;
    }

    private static List<String> summary(VariableSummary s) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + StataFormat.padRight("Estimation sample " + s.command(), 40) + "Number of obs = "
                + StataFormat.fixedCommas(s.observations(), 10, 0));
        lines.add("");
        lines.add("  " + "-".repeat(67));
        lines.add("      Variable |         Mean      Std. Dev.         Min          Max");
        lines.add("  " + "-".repeat(13) + "+" + "-".repeat(53));
        for (VariableSummary.Variable v : s.variables()) {
            lines.add("  " + StataFormat.pad(StataFormat.abbreviate(v.name(), 12), 12) + " |    "
                    + StataFormat.general(v.mean(), 9) + "      " + StataFormat.general(v.sd(), 9) + "   "
                    + StataFormat.general(v.min(), 9) + "    " + StataFormat.general(v.max(), 9));
        }
        lines.add("  " + "-".repeat(67));
        return lines;
    }

    private static List<String> quadrature(QuadratureCheck check) {
        String points = check.points().stream().map(String::valueOf).collect(Collectors.joining(" "));
        String doubled = check.points().stream().map(p -> String.valueOf(2 * p)).collect(Collectors.joining(" "));
        List<String> lines = new ArrayList<>(List.of("Quadrature check: " + points + " and " + doubled + " integration points",
                "", "-".repeat(78)));
        lines.add(" ".repeat(NAME + 1) + "|     Fitted   Comparison  Difference  Relative diff.");
        lines.add("-".repeat(NAME + 1) + "+" + "-".repeat(48));
        for (QuadratureCheck.Figure f : check.figures()) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(f.term(), NAME), NAME) + " | "
                    + StataFormat.general(f.fitted(), 10) + "   " + StataFormat.general(f.doubled(), 10) + "   "
                    + StataFormat.general(f.difference(), 9) + "       " + StataFormat.general(f.relative(), 9));
        }
        lines.add("-".repeat(78));
        return lines;
    }

    private static List<String> degreesOfFreedom(DegreesOfFreedomTable table) {
        List<String> methods = table.columns().stream().map(c -> Header.title(c.method())).toList();
        int[] widths = methods.stream().mapToInt(m -> Math.max(14, m.length() + 3)).toArray();
        int width = IntStream.of(widths).sum();
        List<String> lines = new ArrayList<>(List.of("Degrees of freedom", "", "-".repeat(14 + width)));
        lines.add(" ".repeat(13) + "|" + cells(widths, methods::get));
        lines.add("-".repeat(13) + "+" + "-".repeat(width));
        lines.add(StataFormat.padRight(StataFormat.abbreviate(table.response(), 12), 13) + "|");
        for (int i = 0; i < table.rows().size(); i++) {
            int row = i;
            lines.add(StataFormat.pad(StataFormat.abbreviate(table.rows().get(i).term(), 12), 12) + " |"
                    + cells(widths, c -> StataFormat.general(table.columns().get(c).rows().get(row).df(), 9)));
        }
        lines.add("-".repeat(14 + width));
        return lines;
    }

    private static String cells(int[] widths, IntFunction<String> cell) {
        return IntStream.range(0, widths.length).mapToObj(c -> StataFormat.pad(cell.apply(c), widths[c]))
                .collect(Collectors.joining());
    }
}
