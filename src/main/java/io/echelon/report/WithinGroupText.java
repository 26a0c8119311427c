package io.echelon.report;

import io.echelon.postestimation.WithinGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** {@code estat wcorrelation} as text. */
final class WithinGroupText {
    private static final int WIDTH = 78;
    private static final int NAME = 12;

    private WithinGroupText() {}

    static List<String> of(WithinGroup w) {
        List<String> lines = new ArrayList<>();
        String place = String.join(", ", w.group().stream().map(g -> g.variable() + " = " + g.value()).toList());
        String of = place.isEmpty() ? "" : " for " + place;
        List<String> names = IntStream.rangeClosed(1, w.covariance().length).mapToObj(String::valueOf).toList();
        if (w.shown()) {
            lines.add("Covariances" + of + ":");
            lines.addAll(panels(names, w.covariance(), 9, false));
        } else {
            lines.addAll(List.of("Standard deviations and correlations" + of + ":", "", "Standard deviations:"));
            lines.addAll(panels(names, new double[][] {w.standardDeviations()}, 7, true));
            lines.addAll(List.of("", "Correlations:"));
            lines.addAll(panels(names, w.correlations(), 7, false));
        }
        if (!w.variables().isEmpty()) {
            lines.addAll(List.of("", "Data:", ""));
            lines.add(heading(w.variables().stream().map(v -> StataFormat.abbreviate(v, 10)).toList(), 11));
            lines.add("-".repeat(NAME - 1) + "+" + "-".repeat(12 * w.variables().size()));
            for (int i = 0; i < w.observations().size(); i++) {
                StringBuilder row = new StringBuilder(StataFormat.pad(String.valueOf(i + 1), NAME - 2) + " |");
                for (double x : w.observations().get(i)) {
                    row.append(' ').append(StataFormat.general(x, 11));
                }
                lines.add(row.toString());
            }
        }
        return lines;
    }

    private static String heading(List<String> names, int width) {
        return "       obs |" + String.join("", names.stream().map(n -> " " + StataFormat.pad(n, width)).toList());
    }

    /** The lower triangle of a matrix, or the one row of a vector, as many columns beside each other as there is room for. */
    private static List<String> panels(List<String> names, double[][] values, int width, boolean vector) {
        List<String> lines = new ArrayList<>();
        int across = (WIDTH - NAME) / (width + 1);
        for (int from = 0; from < names.size(); from += across) {
            int to = Math.min(names.size(), from + across);
            lines.add("");
            lines.add(heading(names.subList(from, to), width));
            lines.add("-".repeat(NAME - 1) + "+" + "-".repeat((width + 1) * (to - from)));
            for (int i = vector ? 0 : from; i < values.length; i++) {
                StringBuilder row = new StringBuilder(StataFormat.pad(vector ? "sd" : names.get(i), NAME - 2) + " |");
                for (int j = from; j < to && (vector || j <= i); j++) {
                    row.append(' ').append(width > 7 ? StataFormat.general(values[i][j], width)
                            : StataFormat.fixed(values[i][j], width, 3));
                }
                lines.add(row.toString());
            }
        }
        return lines;
    }
}
