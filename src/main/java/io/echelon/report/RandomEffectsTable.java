package io.echelon.report;

import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.TableStyle;
import java.util.ArrayList;
import java.util.List;

/** The table of random-effects parameters of {@code mixed}: one block an equation, the residual last. */
final class RandomEffectsTable {
    private static final int NAME = 28;
    static final String RESIDUAL = "Residual";

    private final List<VarianceComponent> components;
    private final List<GroupSummary> groups;
    private final double level;
    private final boolean robust;
    private final TableStyle style;
    private final List<String> lines = new ArrayList<>();
    private final List<String> footnotes = new ArrayList<>();

    RandomEffectsTable(Estimates estimates) {
        this(estimates.spec().display().metric() == DisplayOptions.Metric.STANDARD_DEVIATION
                ? estimates.standardDeviations() : estimates.varianceComponents(), estimates.groups(),
                estimates.spec().display().level(), estimates.spec().robust(), estimates.spec().display().style());
    }

    /**
     * A table of these components.
     *
     * @param level  of the intervals, in percent
     * @param robust whether the standard errors are robust
     */
    RandomEffectsTable(List<VarianceComponent> components, List<GroupSummary> groups, double level, boolean robust,
                       TableStyle style) {
        this.components = components;
        this.groups = groups;
        this.level = level;
        this.robust = robust;
        this.style = style;
    }

    /** The table line by line, with its rules and the full lists of names that were shortened. */
    List<String> lines() {
        lines.add("-".repeat(78));
        if (robust) {
            lines.add(" ".repeat(NAME + 1) + "|" + StatisticColumns.robust());
        }
        lines.add("  Random-effects Parameters  |   Estimate   Std. Err."
                + StataFormat.pad(StatisticColumns.interval(level), 25));
        VarianceComponent last = null;
        for (VarianceComponent c : components) {
            boolean opens = last == null || !last.level().equals(c.level()) || last.block() != c.block();
            if (opens) {
                if (c.level().equals(RESIDUAL)) {
                    emptyLevels();
                }
                rule();
                heading(c);
            }
            lines.add(StataFormat.pad(label(c.label()), NAME) + " |  " + number(c.estimate()) + "  "
                    + number(c.stdError()) + "     " + number(c.confLow()) + "   " + number(c.confHigh()));
            last = c;
        }
        lines.add("-".repeat(78));
        lines.addAll(footnotes);
        return lines;
    }

    private String number(double x) {
        return StatisticColumns.number(x, style);
    }

    /** Levels without random effects, which only structure the residuals. */
    private void emptyLevels() {
        for (GroupSummary g : groups) {
            if (components.stream().noneMatch(c -> variable(c.level()).equals(variable(g.level())))) {
                rule();
                String name = variable(g.level()) + ":";
                lines.add(name + StataFormat.pad("(empty)", NAME - name.length()) + " |");
            }
        }
    }

    /** {@code id: Unstructured}; a single residual variance has no heading. */
    private void heading(VarianceComponent c) {
        if (c.level().equals(RESIDUAL) && c.structure().isEmpty()) {
            return;
        }
        int by = c.structure().indexOf(" by ");
        String structure = by < 0 ? c.structure() : c.structure().substring(0, by);
        lines.add(StataFormat.padRight(variable(c.level()) + ": " + structure, NAME + 1) + "|");
        if (by >= 0) {
            lines.add(StataFormat.padRight("   " + c.structure().substring(by), NAME + 1) + "|");
        }
    }

    private static String variable(String level) {
        return StataFormat.abbreviate(level.substring(level.lastIndexOf('>') + 1), 12);
    }

    private void rule() {
        lines.add("-".repeat(NAME + 1) + "+" + "-".repeat(48));
    }

    /**
     * A label that fits: a long list of variables is shown as first..last with a footnote, long names are abbreviated.
     */
    private String label(String label) {
        if (label.length() <= NAME) {
            return label;
        }
        int open = label.indexOf('(');
        String function = label.substring(0, open + 1);
        String inside = label.substring(open + 1, label.length() - 1);
        String[] list = inside.split(" ");
        if (list.length > 2) {
            String mark = "(" + (footnotes.size() + 1) + ")";
            footnotes.add(mark + " " + inside);
            return function + StataFormat.abbreviate(list[0], 9) + ".." + StataFormat.abbreviate(list[list.length - 1], 9)
                    + ")" + mark;
        }
        String separator = list.length == 2 ? " " : ",";
        String[] names = inside.split(separator);
        int room = (NAME - function.length() - names.length) / names.length;
        for (int k = 0; k < names.length; k++) {
            names[k] = StataFormat.abbreviate(names[k], room);
        }
        return function + String.join(separator, names) + ")";
    }
}
