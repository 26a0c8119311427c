package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.postestimation.FitTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** {@code estimates table} as text. */
final class FitTableText {
    private static final int NAME = 12;
    private static final int CELL = 10;

    private final FitTable table;
    private final int cell;
    private final List<String> lines = new ArrayList<>();

    private FitTableText(FitTable table) {
        this.table = table;
        int widest = table.models().stream().mapToInt(m -> Math.min(m.length(), NAME)).max().orElse(0);
        int formatted = List.of(table.command().b(), table.command().se(), table.command().t(), table.command().p()).stream()
                .flatMap(Optional::stream).filter(f -> !f.isEmpty()).mapToInt(StataFormat::width).max().orElse(CELL);
        cell = Math.max(Math.max(CELL, formatted), widest) + (table.command().stars().isEmpty() ? 0 : 3);
    }

    static List<String> of(FitTable table) {
        FitTableText text = new FitTableText(table);
        text.write();
        return text.lines;
    }

    private void write() {
        rule("-");
        lines.add(StataFormat.pad("Variable", NAME) + " |" + table.models().stream()
                .map(m -> "  " + StataFormat.pad(StataFormat.abbreviate(m, NAME), cell)).collect(Collectors.joining()));
        String last = null;
        for (FitTable.Line line : table.lines()) {
            if (!line.equation().equals(last)) {
                rule("+");
                if (!line.equation().isEmpty()) {
                    lines.add(StataFormat.padRight(StataFormat.abbreviate(line.equation(), NAME), NAME + 1) + "|");
                }
            }
            last = line.equation();
            row(line.term(), line, table.command().b().orElse(""), Answer.Row::estimate, this::stars);
            table.command().se().ifPresent(f -> row("", line, f.isEmpty() ? table.command().b().orElse("") : f,
                    Answer.Row::stdError, r -> ""));
            table.command().t().ifPresent(f -> row("", line, f, Answer.Row::statistic, r -> ""));
            table.command().p().ifPresent(f -> row("", line, f, Answer.Row::pValue, r -> ""));
        }
        if (!table.statistics().isEmpty()) {
            rule("+");
            lines.add(StataFormat.padRight("Statistics", NAME + 1) + "|");
            table.statistics().forEach((name, values) -> {
                StringBuilder row = new StringBuilder(StataFormat.pad(name, NAME) + " |");
                for (double v : values) {
                    row.append("  ").append(StataFormat.padRight(StataFormat.pad(StataFormat.general(v, CELL), cell - starWidth()),
                            cell));
                }
                lines.add(row.toString().stripTrailing());
            });
        }
        rule("-");
        legend();
    }

    private void legend() {
        List<Double> stars = table.command().stars();
        List<String> shown = new ArrayList<>(List.of("b"));
        table.command().se().ifPresent(f -> shown.add("se"));
        table.command().t().ifPresent(f -> shown.add("t"));
        table.command().p().ifPresent(f -> shown.add("p"));
        if (!stars.isEmpty()) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < stars.size(); i++) {
                parts.add("*".repeat(i + 1) + " p<" + StataFormat.general(stars.get(i), 9).strip());
            }
            lines.add(StataFormat.pad("legend: " + String.join("; ", parts), width()));
        } else if (shown.size() > 1) {
            lines.add(StataFormat.pad("legend: " + String.join("/", shown), width()));
        }
    }

    private int width() {
        return NAME + 2 + table.models().size() * (cell + 2);
    }

    private int starWidth() {
        return table.command().stars().isEmpty() ? 0 : 3;
    }

    private void row(String name, FitTable.Line line, String format, ToDoubleFunction<Answer.Row> value,
                     Function<Answer.Row, String> mark) {
        StringBuilder row = new StringBuilder(StataFormat.pad(StataFormat.abbreviate(name, NAME), NAME) + " |");
        for (Answer.Row r : line.cells()) {
            boolean omitted = r != null && r.estimate() == 0 && Double.isNaN(r.stdError());
            String number = r == null ? "" : omitted ? name.isEmpty() ? "" : "(omitted)" : format(value.applyAsDouble(r), format);
            row.append("  ").append(StataFormat.padRight(StataFormat.pad(number, cell - starWidth())
                    + (r == null ? "" : mark.apply(r)), cell));
        }
        lines.add(row.toString().stripTrailing());
    }

    private String stars(Answer.Row r) {
        return "*".repeat((int) table.command().stars().stream().filter(level -> r.pValue() < level).count());
    }

    /** A number in a format such as {@code %9.3f}; {@code %10.0g} where there is none. */
    private static String format(double x, String format) {
        return format.isEmpty() ? StataFormat.general(x, CELL).strip() : StataFormat.formatted(x, format, 0);
    }

    private void rule(String joint) {
        lines.add("-".repeat(NAME + 1) + joint + "-".repeat(width() - NAME - 2));
    }
}
