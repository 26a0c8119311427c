package io.echelon.report;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.FixedEquation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The coefficient table; for the generalized commands it holds the random-effects parameters too. The column of names is 12 wide; where names or levels of factor variables need more it grows to
 * at most {@value #STRETCHED}, and longer interactions are broken after {@code #}.
 */
final class CoefficientTable {
    private static final int NARROWEST = 12;
    private static final int STRETCHED = 32;

    private record Row(TermName name, Coefficient coefficient) {
        static Row of(Coefficient c) {
            return new Row(TermName.parse(c.name()), c);
        }
    }

    private final Estimates estimates;
    private final DisplayOptions display;
    private final StatisticColumns columns;
    private final Map<String, List<String>> labels;
    /** The coefficients of each equation, block by block. */
    private final List<List<List<Row>>> equations;
    private final List<VarianceComponent> components;
    private final int widest;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    CoefficientTable(Estimates estimates) {
        this.estimates = estimates;
        this.display = estimates.spec().display();
        this.columns = StatisticColumns.of(estimates);
        this.labels = display.nofvlabel() ? Map.of() : estimates.labels();
        this.equations = equations(estimates);
        this.components = estimates.spec().command().tablesApart() || display.noretable() ? List.of()
                : estimates.varianceComponents();
        this.widest = display.style().nolstretch() ? NARROWEST : STRETCHED;
        int names = equations.stream().flatMap(List::stream).flatMap(b -> names(b).stream()).mapToInt(String::length)
                .reduce(NARROWEST, Math::max);
        this.width = components.stream().mapToInt(c -> c.label().length() - 1).reduce(names, Math::max);
    }

    /** The table line by line, with its rules. */
    List<String> lines() {
        estimates.clusters().filter(c -> !c.variable().isEmpty()).ifPresent(c -> lines.add(StataFormat.pad("(Std. Err. adjusted for "
                + String.format(Locale.ROOT, "%,d", c.n()) + " clusters in " + c.variable() + ")", width + 2 + columns.width())));
        rule("-");
        if (estimates.clusters().isPresent()) {
            lines.add(name("") + StatisticColumns.robust());
        }
        String response = estimates.spec().fixed().response();
        lines.add(name(StataFormat.abbreviate(response, width)) + columns.heading());
        rule("+");
        boolean estimationMetric = display.metric() == DisplayOptions.Metric.ESTIMATION;
        if (estimationMetric) {
            equation(response, "");
        }
        if (!display.nofetable()) {
            body();
        }
        if (estimationMetric) {
            estimates.estimationMetric().forEach(this::parameter);
        } else {
            components();
        }
        rule("-");
        return lines;
    }

    /** Coefficients of one outcome after the other in a multinomial model; all together in others. */
    private List<List<List<Row>>> equations(Estimates estimates) {
        Map<String, List<Row>> byEquation = new LinkedHashMap<>();
        for (Coefficient c : estimates.coefficients()) {
            byEquation.computeIfAbsent(c.ofSeveral() ? c.equation() : "", e -> new ArrayList<>()).add(Row.of(c));
        }
        return byEquation.values().stream().map(rows -> isBase(rows) ? blocks(rows) : blocks(rows.stream().filter(this::shown)
                .toList())).filter(blocks -> !blocks.isEmpty()).toList();
    }

    /** Whether these are the coefficients of the base outcome, all zero. */
    private static boolean isBase(List<Row> rows) {
        return rows.stream().allMatch(r -> r.coefficient().ofSeveral() && r.coefficient().status() == Column.Status.BASE);
    }

    private boolean shown(Row row) {
        return switch (row.coefficient().status()) {
            case ESTIMATED -> true;
            case OMITTED -> !display.noomitted();
            case EMPTY -> !display.noemptycells();
            case BASE -> display.allbaselevels()
                    || display.baselevels() && !row.name().interaction();
        };
    }

    /** Rows of one factor-variable term stand together under its name; every other row is a block of its own. */
    private static List<List<Row>> blocks(List<Row> rows) {
        List<List<Row>> blocks = new ArrayList<>();
        String last = "";
        for (Row r : rows) {
            String heading = r.name().categorical() ? r.name().heading() : "";
            if (heading.isEmpty() || !heading.equals(last)) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(r);
            last = heading;
        }
        return blocks;
    }

    private void body() {
        for (int e = 0; e < equations.size(); e++) {
            List<Row> rows = equations.get(e).stream().flatMap(List::stream).toList();
            if (e > 0) {
                rule("+");
            }
            if (isBase(rows)) {
                equation(rows.get(0).coefficient().equation(), "  (base outcome)");
                continue;
            }
            if (rows.get(0).coefficient().ofSeveral()) {
                equation(rows.get(0).coefficient().equation(), "");
            }
            body(equations.get(e));
        }
    }

    private void body(List<List<Row>> blocks) {
        boolean blankBefore = false;
        boolean ancillary = false;
        for (int k = 0; k < blocks.size(); k++) {
            List<Row> block = blocks.get(k);
            TermName first = block.get(0).name();
            boolean apart = first.interaction() || first.categorical() && !inline(block);
            if (first.text().startsWith("/") && !ancillary) {
                offset();
                rule("+");
                ancillary = true;
            } else if (k > 0 && (apart || blankBefore) && !display.style().vsquish()) {
                lines.add(name("").stripTrailing());
            }
            if (first.categorical() && !inline(block)) {
                wrapped(first.heading(), "");
                int[] levelWidths = levelWidths(block);
                for (Row r : block) {
                    List<String> label = wrappedLabel(r.name().levels(labels, levelWidths));
                    label.subList(0, label.size() - 1).forEach(line -> lines.add(level(line).stripTrailing()));
                    lines.add(level(label.get(label.size() - 1)) + columns.row(r.coefficient()));
                }
            } else {
                wrapped(first.text(), columns.row(block.get(0).coefficient()));
            }
            blankBefore = first.interaction() || apart && block.size() > 1;
        }
        if (!ancillary) {
            offset();
        }
    }

    /** The offset or the logarithm of the exposure, whose coefficient is 1. */
    private void offset() {
        FixedEquation fixed = estimates.spec().fixed();
        fixed.offset().ifPresent(v -> lines.add(name(StataFormat.abbreviate(v, width)) + columns.given(1, "offset")));
        fixed.exposure().ifPresent(v -> lines.add(name("ln(" + StataFormat.abbreviate(v, width - 4) + ")")
                + columns.given(1, "exposure")));
    }

    /** A main effect with one level shown and no label for it stands in one line: {@code 1.female}. */
    private boolean inline(List<Row> block) {
        TermName t = block.get(0).name();
        return block.size() == 1 && !t.interaction() && !t.labelled(labels);
    }

    /** All texts of a block that the column of names should hold; plain names are abbreviated instead. */
    private List<String> names(List<Row> block) {
        TermName first = block.get(0).name();
        if (!first.categorical() && !first.interaction()) {
            return List.of();
        }
        List<String> names = new ArrayList<>(pieces(inline(block) ? first.text() : first.heading()));
        if (first.categorical() && !inline(block)) {
            int[] levelWidths = levelWidths(block);
            for (Row r : block) {
                wrappedLabel(r.name().levels(labels, levelWidths)).forEach(line -> names.add(line + " "));
            }
        }
        return names;
    }

    /** The lines of a name: one where it fits in the widest column, else one a factor. */
    private List<String> pieces(String name) {
        if (name.length() <= widest) {
            return List.of(name);
        }
        return List.of(name.split("#")).stream().map(s -> StataFormat.abbreviate(s, widest)).toList();
    }

    private void wrapped(String name, String cells) {
        List<String> pieces = pieces(name);
        for (String p : pieces.subList(0, pieces.size() - 1)) {
            lines.add(StataFormat.pad(p, width) + "#|");
        }
        lines.add(name(StataFormat.abbreviate(pieces.get(pieces.size() - 1), width)) + cells);
    }

    private static int[] levelWidths(List<Row> block) {
        int[] widths = new int[block.get(0).name().parts().size()];
        for (Row r : block) {
            List<TermName.Part> parts = r.name().parts();
            for (int k = 0; k < widths.length; k++) {
                widths[k] = Math.max(widths[k], parts.get(k).level().length());
            }
        }
        return widths;
    }

    /** A label in at most as many lines as {@code fvwrap()} allows, the last one cut where there is more. */
    private List<String> wrappedLabel(String label) {
        int room = widest - 1;
        List<String> all = new ArrayList<>();
        String rest = label;
        while (rest.length() > room && all.size() + 1 < display.style().fvwrap()) {
            int space = display.style().onWidth() ? -1 : rest.lastIndexOf(' ', room);
            all.add(rest.substring(0, space > 0 ? space : room));
            rest = rest.substring(space > 0 ? space + 1 : room);
        }
        all.add(rest.length() <= room ? rest : rest.substring(0, room - 2) + "..");
        return all;
    }

    /** A parameter of the maximisation as an equation of its own. */
    private void parameter(VarianceComponent p) {
        rule("+");
        equation(p.label(), "");
        lines.add(name(Column.CONSTANT) + columns.parameter(p));
    }

    /** Variances and covariances under the path of their level, residual variances apart. */
    private void components() {
        String last = "";
        for (VarianceComponent c : components) {
            boolean covariance = c.label().startsWith("cov(");
            String place = c.level() + covariance;
            if (!place.equals(last)) {
                rule("+");
                if (!c.level().equals(RandomEffectsTable.RESIDUAL)) {
                    equation(c.level(), "");
                }
            }
            boolean constrained = Double.isNaN(c.stdError()) && !estimates.certificate().boundary().contains(c.term());
            lines.add(StataFormat.pad(c.label(), width + 1) + "|" + columns.component(c, covariance, constrained));
            last = place;
        }
    }

    private void equation(String name, String cells) {
        lines.add(StataFormat.padRight(StataFormat.abbreviate(name, width), width + 1) + "|" + cells);
    }

    private String name(String name) {
        return StataFormat.pad(name, width) + " |";
    }

    private String level(String label) {
        return StataFormat.pad(label, width - 1) + "  |";
    }

    private void rule(String joint) {
        lines.add("-".repeat(width + 1) + joint + "-".repeat(columns.width()));
    }
}
