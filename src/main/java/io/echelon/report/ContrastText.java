package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.spec.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Contrasts and pairwise comparisons as text. */
final class ContrastText {
    private static final int NARROWEST = 12;
    private static final int WIDEST = 32;

    private ContrastText() {}

    static List<String> of(Contrasts answer) {
        List<String> lines = new ArrayList<>(List.of("Contrasts of marginal linear predictions", "",
                "Margins      : asbalanced"));
        if (answer.blocks().stream().anyMatch(b -> !b.tests().isEmpty())) {
            lines.add("");
            lines.addAll(tests(answer));
        }
        if (answer.blocks().stream().anyMatch(b -> !b.effects().isEmpty())) {
            lines.add("");
            Effects table = new Effects(answer.level(), true, true, answer.adjustment());
            answer.blocks().stream().filter(b -> !b.effects().isEmpty()).forEach(b -> table.add(b.term(), b.effects()));
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static List<String> tests(Contrasts answer) {
        int width = answer.blocks().stream().flatMap(b -> b.tests().stream().map(t -> Math.max(b.term().length(),
                t.label().length() + 2))).reduce(NARROWEST, Math::max);
        width = Math.min(WIDEST, width);
        int cells = answer.small() ? 46 : 36;
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 2 + cells));
        lines.add(" ".repeat(width + 1) + "|" + (answer.small() ? "         df        ddf           F        P>F"
                : "         df        chi2     P>chi2"));
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(cells));
        boolean blank = false;
        for (Contrasts.Block b : answer.blocks()) {
            if (blank) {
                lines.add(" ".repeat(width + 1) + "|");
            }
            blank = true;
            if (b.tests().size() > 1 || !b.tests().get(0).label().isEmpty()) {
                lines.add(name(b.term(), width));
            }
            for (Contrasts.Test t : b.tests()) {
                String label = t.label().isEmpty() ? name(b.term(), width)
                        : StataFormat.pad(StataFormat.abbreviate(t.label(), width - 1), width - 1) + "  |";
                lines.add(label + (t.df() == 0 ? "  (not testable)" : StataFormat.pad(String.valueOf(t.df()), 11)
                        + (answer.small() ? StataFormat.fixed(t.denominatorDf(), 11, 2) : "")
                        + StataFormat.fixed(t.statistic(), 12, 2) + StataFormat.fixed(t.pValue(), 11, 4)));
            }
        }
        lines.add("-".repeat(width + 2 + cells));
        return lines;
    }

    static List<String> of(PairwiseComparisons answer) {
        List<String> lines = new ArrayList<>(List.of("Pairwise comparisons of marginal linear predictions", "",
                "Margins      : asbalanced", ""));
        if (answer.adjustment() != Adjustment.NOADJUST) {
            answer.blocks().forEach(b -> lines.add("Number of comparisons of " + b.term() + ": " + b.rows().size()));
            lines.add("");
        }
        Effects table = new Effects(answer.level(), answer.tests(), answer.intervals(), answer.adjustment());
        answer.blocks().forEach(b -> table.add(b.term(), b.rows()));
        lines.addAll(table.lines());
        return lines;
    }

    private static String name(String name, int width) {
        return StataFormat.pad(StataFormat.abbreviate(name, width), width) + " |";
    }

    /** A table of contrasts under the names of their terms. */
    private static final class Effects {
        private final double level;
        private final boolean tests;
        private final boolean intervals;
        private final Adjustment adjustment;
        private final List<String> terms = new ArrayList<>();
        private final List<List<Answer.Row>> blocks = new ArrayList<>();

        Effects(double level, boolean tests, boolean intervals, Adjustment adjustment) {
            this.level = level;
            this.tests = tests;
            this.intervals = intervals;
            this.adjustment = adjustment;
        }

        void add(String term, List<Answer.Row> rows) {
            terms.add(term);
            blocks.add(rows);
        }

        List<String> lines() {
            int width = Math.min(WIDEST, blocks.stream().flatMap(List::stream).mapToInt(r -> r.term().length() + 2)
                    .reduce(NARROWEST, Math::max));
            boolean student = blocks.stream().flatMap(List::stream).anyMatch(r -> !Double.isNaN(r.df()));
            int cells = 24 + (tests ? 18 : 0) + (intervals ? 26 : 0);
            String method = adjustment == Adjustment.NOADJUST ? "Unadjusted"
                    : adjustment.name().charAt(0) + adjustment.name().substring(1).toLowerCase(Locale.ROOT);
            List<String> lines = new ArrayList<>();
            lines.add("-".repeat(width + 2 + cells));
            lines.add(" ".repeat(width + 1) + "|" + " ".repeat(24) + (tests ? StataFormat.pad(method, 16) + "  " : "")
                    + (intervals ? StataFormat.pad(method, 19) : ""));
            lines.add(" ".repeat(width + 1) + "|   Contrast   Std. Err."
                    + (tests ? student ? "      t    P>|t|" : "      z    P>|z|" : "")
                    + (intervals ? StataFormat.pad(StatisticColumns.interval(level), 25) : ""));
            lines.add("-".repeat(width + 1) + "+" + "-".repeat(cells));
            for (int b = 0; b < blocks.size(); b++) {
                if (b > 0) {
                    lines.add(" ".repeat(width + 1) + "|");
                }
                lines.add(name(terms.get(b), width));
                blocks.get(b).forEach(r -> lines.add(StataFormat.pad(StataFormat.abbreviate(r.term(), width - 1), width - 1)
                        + "  |" + row(r)));
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
}
