package io.echelon.report.html;

import java.util.ArrayList;
import java.util.List;

/** Formulas in MathML, which browsers show by themselves. */
final class MathMl {
    private MathMl() {}

    /** A formula in the line of the text; lines break between formulas, not within. */
    static Html formula(Object... parts) {
        return Html.of("math", Html.of("mrow", parts));
    }

    /** A symbol in italics. */
    static Html symbol(String letter) {
        return Html.of("mi", letter);
    }

    /** A name of several letters: a variable, a function. */
    static Html name(String text) {
        return Html.of("mtext", text);
    }

    /** A sign between two things, wherever its formula is cut for a line to break. */
    static Html operator(String sign) {
        return Html.of("mo", sign).with("form", "infix");
    }

    /** The little room of a product. */
    static Html times() {
        return Html.of("mspace").with("width", "0.2em");
    }

    static Html number(String digits) {
        return Html.of("mn", digits);
    }

    static Html sub(Html base, Html below) {
        return Html.of("msub", base, below);
    }

    static Html sup(Html base, Html above) {
        return Html.of("msup", base, above);
    }

    static Html both(Html base, Html below, Html above) {
        return Html.of("msubsup", base, below, above);
    }

    static Html row(Object... parts) {
        return Html.of("mrow", parts);
    }

    private static Html fence(String sign) {
        return Html.of("mo", sign);
    }

    /** A function of an argument. */
    static Html call(Html function, Object... argument) {
        return row(function, fence("("), row(argument), fence(")"));
    }

    /** A matrix in brackets, row by row. */
    static Html matrix(List<List<Html>> rows) {
        List<Html> lines = new ArrayList<>();
        for (List<Html> r : rows) {
            lines.add(Html.of("mtr", r.stream().map(c -> Html.of("mtd", c)).toList()));
        }
        // The brackets are lines of the style sheet: signs grow with the rows only where a font for mathematics is installed.
        return Html.of("mtable", lines).with("class", "brackets");
    }
}
