package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.spec.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of contrasts, or of the margins compared, under the names of their terms. */
final class EffectsText {
    private static final int LETTERS = 14;

    private final boolean delta;
    private final String unadjusted;
    private final String title;
    private final double level;
    private final boolean tests;
    private final boolean intervals;
    private final Adjustment adjustment;
    private final List<String> terms = new ArrayList<>();
    private final List<List<Answer.Row>> blocks = new ArrayList<>();
    private final List<List<String>> letters = new ArrayList<>();

    /**
     * @param delta      whether standard errors are said to be by the delta method
     * @param unadjusted what is said of p-values and intervals that are not adjusted
     * @param title      of the column of estimates
     * @param level      of the intervals, in percent
     */
    EffectsText(boolean delta, String unadjusted, String title, double level, boolean tests, boolean intervals, Adjustment adjustment) {
        this.delta = delta;
        this.unadjusted = unadjusted;
        this.title = title;
        this.level = level;
        this.tests = tests;
        this.intervals = intervals;
        this.adjustment = adjustment;
    }

    /** Adds a term; {@code groups} are letters of its rows, or none. */
    void add(String term, List<Answer.Row> rows, List<String> groups) {
        terms.add(term);
        blocks.add(rows);
        letters.add(groups);
    }

    List<String> lines() {
        int width = Math.min(ContrastText.WIDEST, blocks.stream().flatMap(List::stream).mapToInt(r -> r.term().length() + 2)
                .reduce(ContrastText.NARROWEST, Math::max));
        boolean student = blocks.stream().flatMap(List::stream).anyMatch(r -> !Double.isNaN(r.df()));
        boolean grouped = letters.stream().anyMatch(l -> !l.isEmpty());
        int cells = 23 + (tests ? 16 : 0) + (intervals ? 25 : 0) + (grouped ? LETTERS : 0);
        String method = adjustment == Adjustment.NOADJUST ? unadjusted
                : adjustment.name().charAt(0) + adjustment.name().substring(1).toLowerCase(Locale.ROOT);
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 2 + cells));
        String above = StataFormat.padRight(delta ? "            Delta-method" : "", 24)
                + (tests ? StataFormat.pad(method, 15) : "") + (intervals ? StataFormat.pad(method, 19) : "")
                + (grouped ? StataFormat.pad(method, 12) : "");
        if (!above.isBlank()) {
            lines.add((" ".repeat(width + 1) + "|" + above).stripTrailing());
        }
        lines.add(" ".repeat(width + 1) + "|" + StataFormat.pad(title, 11) + "   Std. Err."
                + (tests ? student ? "      t    P>|t|" : "      z    P>|z|" : "")
                + (intervals ? StataFormat.pad(StatisticColumns.interval(level), 25) : "") + (grouped ? "       Groups" : ""));
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(cells));
        for (int b = 0; b < blocks.size(); b++) {
            if (b > 0) {
                lines.add(" ".repeat(width + 1) + "|");
            }
            lines.add(ContrastText.name(terms.get(b), width));
            for (int i = 0; i < blocks.get(b).size(); i++) {
                Answer.Row r = blocks.get(b).get(i);
                lines.add(StataFormat.pad(StataFormat.abbreviate(r.term(), width - 1), width - 1) + "  |" + row(r)
                        + (letters.get(b).isEmpty() ? "" : StataFormat.pad(letters.get(b).get(i), LETTERS - 2)).stripTrailing());
            }
        }
        lines.add("-".repeat(width + 2 + cells));
        return lines;
    }

    private String row(Answer.Row r) {
        if (Double.isNaN(r.estimate())) {
            return "  (not estimable)";
        }
        return "  " + StataFormat.general(r.estimate(), 9) + "  " + StataFormat.general(r.stdError(), 9)
                + (tests ? " " + StataFormat.fixed(r.statistic(), 8, 2) + "   " + StataFormat.fixed(r.pValue(), 5, 3) : "")
                + (intervals ? (tests ? "    " : "     ") + StataFormat.general(r.confLow(), 9) + "   "
                        + StataFormat.general(r.confHigh(), 9) : "");
    }
}
