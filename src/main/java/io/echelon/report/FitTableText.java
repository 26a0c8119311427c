package io.echelon.report;

import io.echelon.postestimation.Answer;
import io.echelon.postestimation.FitTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        cell = List.of(table.command().b(), table.command().se(), table.command().t(), table.command().p()).stream()
                .flatMap(Optional::stream).mapToInt(f -> f.isEmpty() ? 0 : StataFormat.width(f))
                .reduce(table.command().b().filter(f -> !f.isEmpty()).isPresent() ? 0 : CELL, Math::max);
    }

    static List<String> of(FitTable table) {
        FitTableText text = new FitTableText(table);
        text.write();
        return text.lines;
    }

    private void write() {
        rule("-");
        lines.add((StataFormat.pad("Variable", NAME) + " |" + table.models().stream().map(this::centred)
                .collect(Collectors.joining())).stripTrailing());
        String equation = null;
        String factors = "";
        for (FitTable.Line line : table.lines()) {
            boolean first = !line.equation().equals(equation);
            if (first) {
                rule("+");
                if (!line.equation().isEmpty()) {
                    lines.add(StataFormat.padRight(StataFormat.abbreviate(line.equation(), NAME), NAME + 1) + "|");
                }
            }
            equation = line.equation();
            TermName term = TermName.parse(line.term());
            String heading = grouped(term, line.equation()) ? term.heading() : "";
            if (!first && !heading.equals(factors)) {
                lines.add(" ".repeat(NAME + 1) + "|");
            }
            if (!heading.isEmpty() && (first || !heading.equals(factors))) {
                lines.add(name(heading) + "|");
            }
            factors = heading;
            String name = heading.isEmpty() ? line.term() : term.levels(Map.of(), new int[term.parts().size()]) + " ";
            row(name, line, table.command().b().orElse(""), Answer.Row::estimate, this::stars);
            table.command().se().ifPresent(f -> row("", line, f.isEmpty() ? table.command().b().orElse("") : f,
                    Answer.Row::stdError, r -> ""));
            table.command().t().ifPresent(f -> row("", line, f, Answer.Row::statistic, r -> ""));
            table.command().p().ifPresent(f -> row("", line, f, Answer.Row::pValue, r -> ""));
        }
        if (!table.statistics().isEmpty()) {
            rule("+");
            lines.add(StataFormat.padRight("Statistics", NAME + 1) + "|");
            table.statistics().forEach((name, values) -> {
                StringBuilder row = new StringBuilder(name(name) + "|");
                for (double v : values) {
                    row.append(cell(Double.isNaN(v) ? "" : StataFormat.general(v, CELL), ""));
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
        return NAME + 2 + table.models().size() * (cell + starWidth() + 3);
    }

    private static String name(String name) {
        return StataFormat.pad(StataFormat.abbreviate(name, NAME), NAME) + " ";
    }

    /** A number and its stars, as wide as a column. */
    private String cell(String number, String stars) {
        return " " + StataFormat.pad(number, cell) + StataFormat.padRight(stars, starWidth() + 2);
    }

    /** The name of a model in the middle of its column; {@code active} is the last fit. */
    private String centred(String model) {
        int room = cell + starWidth() + 1;
        String name = StataFormat.abbreviate(model.equals(".") ? "active" : model, room);
        return StataFormat.padRight(" ".repeat((room - name.length() + 1) / 2) + name, room + 2);
    }

    /** Whether a term stands under its factors: an interaction, or a factor of which several levels are shown. */
    private boolean grouped(TermName term, String equation) {
        return term.categorical() && (term.interaction() || table.lines().stream().filter(l -> l.equation().equals(equation))
                .map(l -> TermName.parse(l.term())).filter(t -> t.categorical() && t.heading().equals(term.heading())).count() > 1);
    }

    private int starWidth() {
        return table.command().stars().isEmpty() ? 0 : 3;
    }

    private void row(String name, FitTable.Line line, String format, ToDoubleFunction<Answer.Row> value,
                     Function<Answer.Row, String> mark) {
        StringBuilder row = new StringBuilder(name(name) + "|");
        for (Answer.Row r : line.cells()) {
            boolean omitted = r != null && r.estimate() == 0 && Double.isNaN(r.stdError());
            String number = r == null ? "" : omitted ? name.isEmpty() ? "" : "(omitted)" : format(value.applyAsDouble(r), format);
            row.append(cell(number, r == null ? "" : mark.apply(r)));
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
