package io.echelon.report;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Combinations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tables of estimates with tests and intervals that are not of a fit: {@code lincom}, {@code nlcom}. */
final class EffectTable {
    private static final int NARROWEST = 12;
    private static final int WIDEST = 32;

    private EffectTable() {}

    static List<String> of(Combinations c) {
        List<String> lines = new ArrayList<>();
        boolean linear = c.name().equals("lincom");
        c.formulas().forEach(f -> lines.add(linear ? " ( 1)  " + f : StataFormat.pad(f.substring(0, f.indexOf(':')), 12)
                + f.substring(f.indexOf(':'))));
        lines.add("");
        lines.addAll(table(c.heading(), c.rows(), c.eform(), "Coef.", c.level()));
        return lines;
    }

    /**
     * A table under a heading for the column of names.
     *
     * @param eform title where estimates are shown exponentiated
     * @param title title of the estimates otherwise
     * @param level of the intervals, in percent
     */
    static List<String> table(String heading, List<Answer.Row> rows, Optional<String> eform, String title, double level) {
        boolean student = rows.stream().anyMatch(r -> !Double.isNaN(r.df()));
        StatisticColumns columns = StatisticColumns.of(student, eform, title, level);
        int width = Math.min(WIDEST, rows.stream().mapToInt(r -> r.term().length()).reduce(NARROWEST, Math::max));
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 1) + "-" + "-".repeat(columns.width()));
        lines.add(StataFormat.pad(StataFormat.abbreviate(heading, width), width) + " |" + columns.heading());
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(columns.width()));
        for (Answer.Row r : rows) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(r.term(), width), width) + " |" + columns.row(new Coefficient("",
                    r.term(), Column.Status.ESTIMATED, r.estimate(), r.stdError(), r.statistic(), r.df(), r.pValue(),
                    r.confLow(), r.confHigh())));
        }
        lines.add("-".repeat(width + 1) + "-" + "-".repeat(columns.width()));
        return lines;
    }
}
