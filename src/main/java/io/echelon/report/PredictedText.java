package io.echelon.report;

import io.echelon.postestimation.Predicted;
import java.util.ArrayList;
import java.util.List;

/** What {@code predict} says: what was assumed, what is missing, which groups are new. */
final class PredictedText {
    private PredictedText() {}

    static List<String> of(Predicted p) {
        List<String> lines = new ArrayList<>();
        p.assumed().ifPresent(s -> lines.add("(option " + s + " assumed)"));
        lines.addAll(Paragraph.of("(", String.join(" ", p.variables()) + ": " + p.title() + ")"));
        p.notes().forEach(n -> lines.addAll(Paragraph.of("(", n + ")")));
        if (p.missing() > 0) {
            lines.add("(" + p.missing() + " missing " + (p.missing() == 1 ? "value" : "values") + " generated)");
        }
        for (Predicted.Unseen u : p.unseen()) {
            lines.addAll(Paragraph.of("note: ", count(u.groups(), "group") + " of " + u.level()
                    + (u.groups() == 1 ? " was" : " were") + " not seen in estimation; their random effects are taken as"
                    + " zero in " + count(u.rows(), "row")));
        }
        return lines;
    }

    private static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
