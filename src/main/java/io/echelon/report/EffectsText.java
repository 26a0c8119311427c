package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.spec.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of contrasts, or of the margins compared, under the names of their terms. */
final class EffectsText {
    private static final int LETTERS = 12;
    private static final int FREEDOM = 14;
    /** Where the middle of p-values and of intervals beside them lies, from the line between names and columns. */
    private static final int TESTS_MIDDLE = 33;
    private static final int INTERVALS_MIDDLE = 54;

    private final String equation;
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
     * @param equation   above all terms; empty for none
     * @param delta      whether standard errors are said to be by the delta method
     * @param unadjusted what is said of p-values and intervals that are not adjusted
     * @param title      of the column of estimates
     * @param level      of the intervals, in percent
     */
    EffectsText(String equation, boolean delta, String unadjusted, String title, double level, boolean tests,
                boolean intervals, Adjustment adjustment) {
        this.equation = equation;
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
                .reduce(Math.max(ContrastText.NARROWEST, equation.length()), Math::max));
        boolean student = blocks.stream().flatMap(List::stream).anyMatch(r -> !Double.isNaN(r.df()));
        boolean freedom = student && intervals && !tests;
        boolean grouped = letters.stream().anyMatch(l -> !l.isEmpty());
        int cells = 23 + (freedom ? FREEDOM : 0) + (tests ? 16 : 0) + (intervals ? 25 : 0) + (grouped ? LETTERS : 0);
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 2 + cells));
        String above = above(freedom, grouped);
        if (!above.isBlank()) {
            lines.add((" ".repeat(width + 1) + "|" + above).stripTrailing());
        }
        lines.add(" ".repeat(width + 1) + "|" + StataFormat.pad(title, 11) + "   Std. Err." + (freedom ? "           df " : "")
                + (tests ? student ? "      t    P>|t|" : "      z    P>|z|" : "")
                + (intervals ? StataFormat.pad(StatisticColumns.interval(level), 25) : "") + (grouped ? "      Groups" : ""));
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(cells));
        lines.addAll(ContrastText.equation(equation, width));
        for (int b = 0; b < blocks.size(); b++) {
            if (b > 0) {
                lines.add(" ".repeat(width + 1) + "|");
            }
            lines.add(ContrastText.name(terms.get(b), width));
            for (int i = 0; i < blocks.get(b).size(); i++) {
                Answer.Row r = blocks.get(b).get(i);
                lines.add((StataFormat.pad(StataFormat.abbreviate(r.term(), width - 1), width - 1) + "  |" + row(r, freedom)
                        + (letters.get(b).isEmpty() ? "" : StataFormat.pad(aligned(letters.get(b), i), LETTERS + 1)))
                        .stripTrailing());
            }
        }
        lines.add("-".repeat(width + 2 + cells));
        return lines;
    }

    /** How standard errors were found, and how p-values and intervals were adjusted. */
    private String above(boolean freedom, boolean grouped) {
        String method = adjustment == Adjustment.NOADJUST ? unadjusted
                : adjustment.name().charAt(0) + adjustment.name().substring(1).toLowerCase(Locale.ROOT);
        String above = delta ? "            Delta-method" : "";
        if (grouped) {
            return StataFormat.padRight(above, 25) + method;
        }
        if (!tests) {
            int start = intervals ? INTERVALS_MIDDLE - 16 + (freedom ? FREEDOM : 0) - method.length() / 2 : 0;
            return intervals ? StataFormat.padRight(above, start) + method : above;
        }
        above = StataFormat.padRight(above, TESTS_MIDDLE - (method.length() + 1) / 2) + method;
        return intervals ? StataFormat.padRight(above, INTERVALS_MIDDLE - (method.length() + 1) / 2) + method : above;
    }

    /** The letters of a mean, each in a column of its own. */
    private static String aligned(List<String> groups, int i) {
        int last = groups.stream().flatMapToInt(String::chars).max().orElse('A');
        if (groups.stream().flatMapToInt(String::chars).anyMatch(Character::isDigit)) {
            return groups.get(i);
        }
        StringBuilder columns = new StringBuilder();
        for (int letter = 'A'; letter <= last; letter++) {
            columns.append(groups.get(i).indexOf(letter) < 0 ? ' ' : (char) letter);
        }
        return columns.toString();
    }

    private String row(Answer.Row r, boolean freedom) {
        if (Double.isNaN(r.estimate())) {
            return "  (not estimable)";
        }
        return "  " + StataFormat.general(r.estimate(), 9) + "  " + StataFormat.general(r.stdError(), 9)
                + (freedom ? StataFormat.fixed(r.df(), FREEDOM, 1) : "") + (tests ? " " + StataFormat.fixed(r.statistic(), 8, 2) + "   " + StataFormat.fixed(r.pValue(), 5, 3) : "")
                + (intervals ? (tests ? "    " : "     ") + StataFormat.general(r.confLow(), 9) + "   "
                        + StataFormat.general(r.confHigh(), 9) : "");
    }
}
