package io.echelon.report.html;

import io.echelon.report.StataFormat;
import java.util.ArrayList;
import java.util.List;

/** A table in a box of its own that scrolls sideways where the screen is too narrow. */
final class HtmlTable {
    private final String caption;
    private final List<String> heads;
    private final List<Html> body = new ArrayList<>();

    /** A table under these heads; the first column holds names, and an empty last head belongs to the one before it. */
    HtmlTable(String caption, List<String> heads) {
        this.caption = caption;
        this.heads = List.copyOf(heads);
    }

    /** A row of a name and its values. */
    HtmlTable row(String name, List<String> values) {
        List<Html> cells = new ArrayList<>(List.of(Html.of("th", name).with("scope", "row")));
        values.forEach(v -> cells.add(Html.of("td", v)));
        while (cells.size() < heads.size()) {
            cells.add(Html.of("td"));
        }
        body.add(Html.of("tr", cells));
        return this;
    }

    /** A heading over the rows that follow. */
    HtmlTable part(String title) {
        body.add(Html.of("tr", Html.of("th", title).with("colspan", String.valueOf(heads.size())).with("scope", "rowgroup"))
                .with("class", "part"));
        return this;
    }

    Html html() {
        List<Html> cells = new ArrayList<>();
        for (int k = 0; k < heads.size(); k++) {
            boolean two = k == heads.size() - 2 && heads.get(k + 1).isEmpty();
            Html.Element head = Html.of("th", heads.get(k)).with("scope", two ? "colgroup" : "col");
            cells.add(two ? head.with("colspan", "2") : head);
            k += two ? 1 : 0;
        }
        return Html.of("div", Html.of("table", Html.of("caption", caption), Html.of("thead", Html.of("tr", cells)),
                Html.of("tbody", body))).with("class", "wide").with("tabindex", "0").with("role", "region")
                .with("aria-label", caption);
    }

    /** Names with what they stand for. */
    static Html facts(String caption, List<Fact> facts) {
        HtmlTable table = new HtmlTable(caption, List.of("", ""));
        facts.forEach(f -> table.row(f.name(), List.of(f.value())));
        return Html.of("div", Html.of("table", Html.of("caption", caption), Html.of("tbody", table.body))
                .with("class", "facts")).with("class", "wide");
    }

    /** A number in up to seven digits; a missing one is a dot. */
    static String number(double x) {
        return StataFormat.general(x, 9).strip().replaceFirst("^(-?)\\.(?=\\d)", "$10.");
    }

    /** A number with so many decimals. */
    static String fixed(double x, int decimals) {
        return StataFormat.fixedCommas(x, 12, decimals).strip();
    }
}
