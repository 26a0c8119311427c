package io.echelon.report.html;

import io.echelon.postestimation.Answer;
import io.echelon.report.AnswerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The answer of a command on results: its rows as a table, its other figures as another, and the text as printed. */
final class AnswerSection {
    private record Column(String head, ToDoubleFunction<Answer.Row> value, DoubleFunction<String> format) {}

    private AnswerSection() {}

    static List<Html> of(Answer answer) {
        List<Html> parts = new ArrayList<>();
        if (!answer.rows().isEmpty()) {
            parts.add(rows(answer.rows(), answer.values().get("over") instanceof List<?> over
                    ? over.stream().map(String::valueOf).collect(Collectors.joining("#")) : ""));
        }
        List<Fact> facts = answer.values().entrySet().stream().filter(e -> single(e.getValue()))
                .map(e -> new Fact(e.getKey().replace('_', ' '), text(e.getValue()))).toList();
        if (!facts.isEmpty()) {
            parts.add(HtmlTable.facts("Figures", facts));
        }
        Html printed = Html.of("pre", AnswerReport.text(answer)).with("tabindex", "0");
        parts.add(answer.rows().isEmpty() ? printed : Html.of("details", Html.of("summary", "As printed"), printed));
        return parts;
    }

    /** The rows under the name of what tells them apart, without columns in which no row has a figure. */
    private static Html rows(List<Answer.Row> rows, String terms) {
        List<Column> columns = Stream.of(new Column("Estimate", Answer.Row::estimate, HtmlTable::number),
                new Column("Std. err.", Answer.Row::stdError, HtmlTable::number),
                new Column("Statistic", Answer.Row::statistic, x -> HtmlTable.fixed(x, 2)),
                new Column("df", Answer.Row::df, x -> HtmlTable.fixed(x, 1)),
                new Column("p", Answer.Row::pValue, x -> HtmlTable.fixed(x, 3)),
                new Column("Lower limit", Answer.Row::confLow, HtmlTable::number),
                new Column("Upper limit", Answer.Row::confHigh, HtmlTable::number))
                .filter(c -> rows.stream().anyMatch(r -> !Double.isNaN(c.value.applyAsDouble(r)))).toList();
        List<String> heads = new ArrayList<>(List.of(terms));
        columns.forEach(c -> heads.add(c.head));
        HtmlTable table = new HtmlTable("Estimates", heads);
        for (Answer.Row r : rows) {
            table.row(r.term(), columns.stream().map(c -> c.format.apply(c.value.applyAsDouble(r))).toList());
        }
        return table.html();
    }

    private static boolean single(Object value) {
        return value instanceof Number n && !Double.isNaN(n.doubleValue()) || value instanceof Boolean || value instanceof CharSequence text && !text.isEmpty()
                || value instanceof List<?> list && !list.isEmpty() && list.stream().allMatch(CharSequence.class::isInstance);
    }

    private static String text(Object value) {
        return value instanceof Double d ? HtmlTable.number(d)
                : value instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : value.toString();
    }
}
