package io.echelon.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The name of a coefficient taken apart: {@code 1.nitrogen#c.x} is level 1 of {@code nitrogen} times the values of
 * {@code x}.
 */
public record TermName(String text, List<Part> parts) {
    private static final Pattern LEVEL = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\.(\\p{L}\\w*|_\\w*)");

    /** One factor; {@code level} is empty for a continuous one. */
    public record Part(String variable, String level) {
        /** Whether this is an indicator. */
        public boolean categorical() {
            return !level.isEmpty();
        }
    }

    /** Takes a name apart. */
    public static TermName parse(String text) {
        List<Part> parts = new ArrayList<>();
        for (String s : text.split("#")) {
            Matcher m = LEVEL.matcher(s);
            if (m.matches()) {
                parts.add(new Part(m.group(2), m.group(1)));
            } else {
                parts.add(new Part(s.startsWith("c.") ? s.substring(2) : s, ""));
            }
        }
        return new TermName(text, parts);
    }

    /** The name with labels in place of level numbers where a variable has them: {@code B.machine}. */
    public String labelledText(Map<String, List<String>> labels) {
        if (!labelled(labels)) {
            return text;
        }
        return parts.stream().map(p -> !p.categorical() ? "c." + p.variable() : (labels.containsKey(p.variable())
                ? labels.get(p.variable()).get(Integer.parseInt(p.level()) - 1) : p.level()) + "." + p.variable())
                .collect(Collectors.joining("#"));
    }

    boolean interaction() {
        return parts.size() > 1;
    }

    boolean categorical() {
        return parts.stream().anyMatch(Part::categorical);
    }

    /** What the rows of one block share: {@code nitrogen#thatch}, {@code sex#c.age}. */
    String heading() {
        return parts.stream().map(p -> p.categorical() || !interaction() ? p.variable() : "c." + p.variable())
                .collect(Collectors.joining("#"));
    }

    /** Whether one of the variables has labels for its levels. */
    boolean labelled(Map<String, List<String>> labels) {
        return parts.stream().anyMatch(p -> p.categorical() && labels.containsKey(p.variable()));
    }

    /**
     * The levels of this row: labels joined by {@code #} where a variable has labels ({@code urea#2}), else numbers with
     * spaces between, each in the width of the widest of its variable ({@code 1 2}).
     *
     * @param widths columns of each level number, for the parts in order
     */
    String levels(Map<String, List<String>> labels, int[] widths) {
        boolean labelled = labelled(labels);
        List<String> shown = new ArrayList<>();
        for (int k = 0; k < parts.size(); k++) {
            Part p = parts.get(k);
            if (!p.categorical()) {
                continue;
            }
            List<String> names = labels.get(p.variable());
            if (names != null) {
                shown.add(names.get(Integer.parseInt(p.level()) - 1));
            } else {
                shown.add(labelled ? p.level() : StataFormat.pad(p.level(), widths[k]));
            }
        }
        return String.join(labelled ? "#" : " ", shown);
    }
}
