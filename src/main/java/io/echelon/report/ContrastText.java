package io.echelon.report;

import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Contrasts and pairwise comparisons as text. */
final class ContrastText {
    static final int NARROWEST = 12;
    static final int WIDEST = 32;

    private ContrastText() {}

    static List<String> of(Contrasts answer) {
        List<String> lines = heading("Contrasts of ", answer.margins());
        if (answer.overall().isPresent() || answer.blocks().stream().anyMatch(b -> !b.tests().isEmpty())) {
            lines.add("");
            lines.addAll(tests(answer));
        }
        if (answer.blocks().stream().anyMatch(b -> !b.effects().isEmpty())) {
            lines.add("");
            Map<String, Integer> numbers = new LinkedHashMap<>();
            answer.blocks().stream().filter(b -> !b.effects().isEmpty()).forEach(b -> numbers.put(b.term(), b.effects().size()));
            Adjustment adjustment = adjustment(answer.adjustment(), numbers, lines);
            lines.addAll(numbers(answer.equation(), adjustment, counted(answer.adjustAll(), numbers)));
            boolean tests = answer.effects().tests();
            boolean intervals = answer.effects().intervals();
            EffectsText table = new EffectsText(answer.equation(), answer.margins().isPresent(), "", "Contrast", answer.level(), tests,
                    intervals, adjustment);
            answer.blocks().stream().filter(b -> !b.effects().isEmpty()).forEach(b -> table.add(b.term(), b.rows(), List.of()));
            lines.addAll(table.lines());
        }
        return lines;
    }

    private static List<String> heading(String what, Optional<MarginalEstimates> margins) {
        return margins.map(m -> MarginsText.comparison(m, what))
                .orElse(new ArrayList<>(List.of(what + "marginal linear predictions", "", "Margins      : asbalanced")));
    }

    private static List<String> tests(Contrasts answer) {
        int width = answer.blocks().stream().flatMap(b -> b.tests().stream().map(t -> Math.max(b.term().length(),
                t.label().length() + 2))).reduce(Math.max(NARROWEST, answer.equation().length()), Math::max);
        width = Math.min(WIDEST, width);
        int cells = answer.small() ? 45 : 34;
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 2 + cells));
        lines.add(" ".repeat(width + 1) + "|" + (answer.small() ? "         df        ddf           F        P>F"
                : "         df        chi2     P>chi2"));
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(cells));
        lines.addAll(equation(answer.equation(), width));
        boolean blank = false;
        for (Contrasts.Block b : answer.blocks()) {
            if (b.tests().isEmpty()) {
                continue;
            }
            if (blank) {
                lines.add(" ".repeat(width + 1) + "|");
            }
            blank = true;
            if (b.tests().size() > 1 || !b.tests().get(0).label().isEmpty()) {
                lines.add(name(b.term(), width));
            }
            for (Contrasts.Test t : b.tests()) {
                lines.add((t.label().isEmpty() ? name(b.term(), width)
                        : StataFormat.pad(StataFormat.abbreviate(t.label(), width - 1), width - 1) + "  |") + test(t, answer));
            }
        }
        if (answer.overall().isPresent()) {
            lines.add(" ".repeat(width + 1) + "|");
            lines.add(name(answer.overall().get().label(), width) + test(answer.overall().get(), answer));
        }
        lines.add("-".repeat(width + 2 + cells));
        return lines;
    }

    /** The line of the equation above all terms; none for margins. */
    static List<String> equation(String equation, int width) {
        return equation.isEmpty() ? List.of()
                : List.of(StataFormat.padRight(StataFormat.abbreviate(equation, width), width + 1) + "|");
    }

    /** An adjustment for a single comparison is none, which a note says. */
    private static Adjustment adjustment(Adjustment asked, Map<String, Integer> numbers, List<String> lines) {
        if (asked == Adjustment.NOADJUST || numbers.values().stream().mapToInt(n -> n).sum() > 1) {
            return asked;
        }
        lines.add("note: option " + asked.name().toLowerCase(Locale.ROOT) + " ignored since there is only one comparison");
        return Adjustment.NOADJUST;
    }

    /** The comparisons that count for each term: its own, or those of all terms. */
    private static Map<String, Integer> counted(boolean all, Map<String, Integer> numbers) {
        Map<String, Integer> counted = new LinkedHashMap<>(numbers);
        int together = numbers.values().stream().mapToInt(n -> n).sum();
        counted.replaceAll((term, n) -> all ? together : n);
        return counted;
    }

    /** How many comparisons an adjustment is for. */
    private static List<String> numbers(String equation, Adjustment adjustment, Map<String, Integer> numbers) {
        if (adjustment == Adjustment.NOADJUST) {
            return List.of();
        }
        int width = Math.min(WIDEST, numbers.keySet().stream().mapToInt(String::length)
                .reduce(Math.max(NARROWEST, equation.length()), Math::max));
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(width + 15));
        lines.add(" ".repeat(width + 1) + "|    Number of");
        lines.add(" ".repeat(width + 1) + "|  Comparisons");
        lines.add("-".repeat(width + 1) + "+" + "-".repeat(13));
        lines.addAll(equation(equation, width));
        numbers.forEach((term, n) -> lines.add(name(term, width) + StataFormat.pad(String.valueOf(n), 13)));
        lines.add("-".repeat(width + 15));
        lines.add("");
        return lines;
    }

    private static String test(Contrasts.Test t, Contrasts answer) {
        return t.df() == 0 ? "  (not testable)" : StataFormat.pad(String.valueOf(t.df()), 11)
                + (answer.small() ? StataFormat.fixed(t.denominatorDf(), 11, 2) : "")
                + StataFormat.fixed(t.statistic(), 12, 2) + StataFormat.fixed(t.pValue(), 11, 4);
    }

    static List<String> of(PairwiseComparisons answer) {
        List<String> lines = heading("Pairwise comparisons of ", answer.margins());
        boolean delta = answer.margins().isPresent();
        lines.add("");
        Map<String, Integer> numbers = new LinkedHashMap<>();
        answer.blocks().forEach(b -> numbers.put(b.term(), b.rows().size()));
        Adjustment adjustment = adjustment(answer.adjustment(), numbers, lines);
        lines.addAll(numbers(answer.equation(), adjustment, counted(answer.command().adjustAll(), numbers)));
        Pwcompare command = answer.command();
        if (command.margins()) {
            EffectsText table = new EffectsText(answer.equation(), delta, "Unadjusted", "Margin", answer.level(), false, true, Adjustment.NOADJUST);
            answer.blocks().forEach(b -> table.add(b.term(), b.means(), List.of()));
            lines.addAll(table.lines());
        }
        if (command.groups()) {
            EffectsText table = new EffectsText(answer.equation(), delta, "Unadjusted", "Margin", answer.level(), false, false, adjustment);
            answer.blocks().forEach(b -> table.add(b.term(), b.means(), b.letters()));
            lines.addAll(table.lines());
            lines.add("Note: Margins sharing a letter in the group label are not");
            lines.add("      significantly different at the " + StataFormat.general(100 - answer.level(), 9).strip() + "% level.");
        }
        if (command.effects() != Contrast.Effects.NONE) {
            EffectsText table = new EffectsText(answer.equation(), delta, "Unadjusted", "Contrast", answer.level(), command.effects().tests(),
                    command.effects().intervals(), adjustment);
            answer.blocks().forEach(b -> table.add(b.term(), b.rows(), List.of()));
            lines.addAll(table.lines());
        }
        return lines;
    }

    static String name(String name, int width) {
        return StataFormat.pad(StataFormat.abbreviate(name, width), width) + " |";
    }
}
