package io.echelon.report;

import io.echelon.design.Column;
import io.echelon.family.Ordinal;
import io.echelon.fit.Coefficient;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.MarginalEstimates.AtValue;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.spec.Margins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Margins in the layout of Stata 14. */
final class MarginsText {
    private static final int LEFT = 48;
    private static final int NARROWEST = 12;
    private static final int WIDEST = 32;

    private final MarginalEstimates margins;
    private final StatisticColumns columns;
    private final int width;
    private final List<String> lines = new ArrayList<>();

    private MarginsText(MarginalEstimates margins) {
        this.margins = margins;
        columns = StatisticColumns.of(false, Optional.empty(), margins.derivative().map(MarginsText::title).orElse("Margin"),
                margins.level());
        int names = NARROWEST;
        for (Block b : margins.blocks()) {
            names = Math.max(names, heading(b).length());
            for (Margin m : b.margins()) {
                names = Math.max(names, b.variables().isEmpty() ? m.row().term().length() : levels(b, m).length() + 1);
            }
        }
        width = Math.min(WIDEST, names);
    }

    static List<String> of(MarginalEstimates margins) {
        MarginsText text = new MarginsText(margins);
        text.write();
        return text.lines;
    }

    private static String title(Margins.Derivative derivative) {
        return switch (derivative) {
            case DYDX -> "dy/dx";
            case EYEX -> "ey/ex";
            case DYEX -> "dy/ex";
            case EYDX -> "ey/dx";
        };
    }

    private void write() {
        lines.addAll(heading(margins));
        lines.add("");
        rule("-");
        lines.add(" ".repeat(width) + " |            Delta-method");
        lines.add(" ".repeat(width) + " |" + columns.heading());
        rule("+");
        for (int b = 0; b < margins.blocks().size(); b++) {
            if (b > 0) {
                rule("+");
            }
            block(margins.blocks().get(b));
        }
        rule("-");
        if (margins.effects().stream().anyMatch(e -> e.contains("."))) {
            lines.add("Note: " + margins.derivative().map(MarginsText::title).orElse("") + " for factor levels is the discrete"
                    + " change from the base level.");
        }
    }

    private void rule(String joint) {
        lines.add("-".repeat(width + 1) + joint + "-".repeat(columns.width()));
    }

    /** What stands above the table of margins: the title, what was averaged, and where. */
    private static List<String> heading(MarginalEstimates margins) {
        List<String> lines = new ArrayList<>();
        lines.add(StataFormat.padRight(margins.title(), LEFT) + "Number of obs     ="
                + StataFormat.pad(String.format(java.util.Locale.ROOT, "%,d", margins.observations()), 11));
        lines.addAll(description(margins));
        return lines;
    }

    /** What stands above comparisons of margins. */
    static List<String> comparison(MarginalEstimates margins, String what) {
        List<String> lines = new ArrayList<>();
        lines.add(what + Character.toLowerCase(margins.title().charAt(0)) + margins.title().substring(1));
        lines.addAll(description(margins));
        return lines;
    }

    private static List<String> description(MarginalEstimates margins) {
        List<String> lines = new ArrayList<>();
        if (!margins.vce().isEmpty()) {
            lines.add("Model VCE    : " + margins.vce());
        }
        lines.add("");
        for (int k = 0; k < margins.expressions().size(); k++) {
            lines.add(StataFormat.padRight(margins.expressions().size() == 1 ? "Expression" : (k + 1) + "._predict", 13) + ": "
                    + margins.expressions().get(k));
        }
        margins.derivative().ifPresent(d -> lines.add(title(d) + " w.r.t. : " + String.join(" ", margins.effects())));
        if (!margins.over().isEmpty()) {
            lines.add("over         : " + String.join(" ", margins.over()));
        }
        lines.addAll(legend(margins));
        return lines;
    }

    private static List<String> legend(MarginalEstimates margins) {
        List<String> lines = new ArrayList<>();
        if (margins.legend() == Margins.Legend.NONE) {
            return lines;
        }
        boolean byGroup = margins.at().stream().anyMatch(p -> p.get(0).heading());
        int groups = !byGroup ? 1 : (int) margins.at().stream().map(p -> p.get(0).name()).distinct().count();
        for (int k = 0; k < margins.at().size(); k++) {
            String name = k % groups > 0 ? "" : margins.at().size() == groups ? "at" : (k / groups + 1) + "._at";
            boolean first = k % groups == 0;
            if (name.endsWith("_at") && margins.legend() == Margins.Legend.SPACED) {
                lines.add("");
            }
            for (AtValue v : margins.at().get(k)) {
                String left = StataFormat.padRight(first ? name : "", 13) + (first ? ": " : "  ");
                String indent = byGroup && !v.heading() ? "    " : "";
                lines.add(left + indent + (v.heading() ? v.name() : setting(v)));
                first = false;
            }
        }
        return lines;
    }

    private static String setting(AtValue v) {
        String name = StataFormat.padRight(StataFormat.abbreviate(v.name(), 15), 16);
        return v.note().equals("asbalanced") ? name + "(asbalanced)"
                : Double.isNaN(v.value()) ? name + "= " + v.note()
                : name + "= " + StataFormat.pad(StataFormat.general(v.value(), 9), 11) + (v.note().isEmpty() ? "" : " (" + v.note() + ")");
    }

    private static String heading(Block b) {
        return String.join("#", b.variables());
    }

    private void block(Block b) {
        if (!b.effect().isEmpty()) {
            lines.add(StataFormat.padRight(StataFormat.abbreviate(b.effect(), width), width) + " |");
        }
        if (!b.variables().isEmpty()) {
            lines.add(StataFormat.pad(StataFormat.abbreviate(heading(b), width), width) + " |");
        }
        for (Margin m : b.margins()) {
            String name = b.variables().isEmpty()
                    ? StataFormat.pad(StataFormat.abbreviate(m.row().term(), width), width) + " |"
                    : StataFormat.pad(StataFormat.abbreviate(levels(b, m), width - 1), width - 1) + "  |";
            lines.add(name + cells(m.row()));
        }
    }

    private String cells(Answer.Row r) {
        return Double.isNaN(r.estimate()) ? "  " + StataFormat.general(r.estimate(), 9) + "  (not estimable)"
                : columns.row(new Coefficient("", r.term(), Column.Status.ESTIMATED, r.estimate(), r.stdError(),
                        r.statistic(), r.df(), r.pValue(), r.confLow(), r.confHigh()));
    }

    /** Levels side by side, with labels where a variable has them. */
    private String levels(Block b, Margin m) {
        List<String> shown = new ArrayList<>();
        boolean labelled = false;
        for (int k = 0; k < b.variables().size(); k++) {
            List<String> labels = margins.labels().get(b.variables().get(k));
            labelled |= labels != null;
            shown.add(labels == null ? Ordinal.text(m.levels().get(k)) : labels.get(m.levels().get(k).intValue() - 1));
        }
        return String.join(labelled ? "#" : " ", shown);
    }
}
