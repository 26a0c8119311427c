package io.echelon.report;

import io.echelon.fit.Estimates;
import io.echelon.fit.Test;
import io.echelon.spec.DisplayOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A fit as text, in the layout of Stata 14: notes, iteration log, header, coefficient table, random-effects table,
 * likelihood-ratio test, warnings. The display options of the command decide what is shown.
 */
public final class TextReport {
    private static final int WIDTH = 78;
    /** How the sentences of a maximisation that failed begin. */
    private static final String NOT_CONVERGED = "Convergence not achieved";

    private final Estimates estimates;
    private final DisplayOptions display;
    private final List<String> lines = new ArrayList<>();

    private TextReport(Estimates estimates) {
        this.estimates = estimates;
        this.display = estimates.spec().display();
    }

    /** The whole report, every line ended by a newline. */
    public static String of(Estimates estimates) {
        TextReport report = new TextReport(estimates);
        report.write();
        return String.join("\n", report.lines) + "\n";
    }

    private void write() {
        if (!display.noshow() && !estimates.survival().isEmpty()) {
            lines.addAll(SurvivalText.of(estimates.survival()));
            blank();
        }
        estimates.notes().forEach(n -> paragraph("note: ", n));
        if (!display.nolog()) {
            blank();
            lines.addAll(new IterationLog(estimates).lines());
        }
        if (!display.noheader()) {
            blank();
            lines.addAll(new Header(estimates).lines());
        }
        boolean apart = estimates.spec().command().tablesApart();
        if (!display.nofetable() || !apart && !display.noretable()) {
            if (apart) {
                blank();
            }
            lines.addAll(new CoefficientTable(estimates).lines());
        }
        boolean randomTable = !display.noretable() && display.metric() != DisplayOptions.Metric.ESTIMATION
                && !estimates.varianceComponents().isEmpty();
        if (apart && randomTable) {
            blank();
            lines.addAll(new RandomEffectsTable(estimates).lines());
        }
        if (!display.nolrtest() && estimates.converged() && estimates.spec().generalized().constraints().isEmpty()) {
            estimates.lr().ifPresent(this::likelihoodRatio);
        }
        if (estimates.spec().command().orthogonal() && estimates.method().equals("laplace")) {
            paragraph("Note: ", "Log-likelihood calculations are based on the Laplacian approximation.");
        }
        warnings();
    }

    /** {@code LR test vs. linear model: chibar2(01) = 472.65        Prob >= chibar2 = 0.0000}. */
    private void likelihoodRatio(Test.LikelihoodRatio lr) {
        String left = "LR test vs. " + lr.comparison() + ": " + lr.kind() + " = "
                + StataFormat.fixed(lr.statistic(), 8, 2).strip();
        String right = (lr.kind().startsWith("chibar2") ? "Prob >= chibar2 = " : "Prob > chi2 = ")
                + StataFormat.fixed(lr.pValue(), 6, 4);
        lines.add(left + StataFormat.pad(right, Math.max(right.length() + 1, WIDTH - left.length())));
        if (!lr.note().isEmpty()) {
            blank();
            paragraph("Note: ", lr.note());
        }
    }

    private void warnings() {
        List<String> warnings = estimates.certificate().warnings();
        if (!estimates.converged() && warnings.stream().noneMatch(w -> w.startsWith(NOT_CONVERGED))) {
            lines.add("Warning: convergence not achieved");
        }
        warnings.forEach(w -> paragraph("Warning: ",
                w.startsWith(NOT_CONVERGED) ? w.substring(0, 1).toLowerCase(Locale.ROOT) + w.substring(1) : w));
    }

    private void paragraph(String title, String text) {
        lines.addAll(Paragraph.of(title, text));
    }

    /** One empty line between sections, none at the top. */
    private void blank() {
        if (!lines.isEmpty() && !lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
    }
}
