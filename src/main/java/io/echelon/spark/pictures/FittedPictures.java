package io.echelon.spark.pictures;

import io.echelon.picture.LinePlot;
import io.echelon.picture.LinePlot.Point;
import io.echelon.picture.Panels;
import io.echelon.picture.Picture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Fitted values and observations over a variable, a panel a group. */
final class FittedPictures {
    private static final int COLUMNS = 3;
    private static final int OBSERVED = 1;
    private static final int FITTED = 2;
    private static final int FIXED = 3;

    private FittedPictures() {}

    static Picture of(FittedSample sample, Optional<String> title) {
        Map<String, List<double[]>> byGroup = sample.groups().byGroup();
        String drawn = byGroup.size() + (byGroup.size() == 1 ? " group" : " groups");
        String count = sample.groupCount().filter(n -> n > byGroup.size()).map(n ->
                String.format(Locale.ROOT, "%d of %,d groups, chosen at random", byGroup.size(), n)).orElse(drawn);
        String note = count + ". Dots: observed; line: fitted" + (sample.linear() ? "; dashes: fixed portion" : "");
        return panels(sample, byGroup, title.orElse("Fitted " + sample.response() + " by " + sample.level().variable()), note);
    }

    private static Picture panels(FittedSample sample, Map<String, List<double[]>> byGroup, String title, String note) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (List<double[]> rows : byGroup.values()) {
            for (double[] r : rows) {
                for (int k = OBSERVED; k <= (sample.linear() ? FIXED : FITTED); k++) {
                    low = Math.min(low, r[k]);
                    high = Math.max(high, r[k]);
                }
            }
        }
        double margin = high > low ? .05 * (high - low) : 1;
        Optional<LinePlot.Bounds> range = Optional.of(new LinePlot.Bounds(low - margin, high + margin));
        List<Picture> panels = new ArrayList<>();
        byGroup.forEach((group, rows) -> {
            List<LinePlot.Series> series = new ArrayList<>(List.of(
                    new LinePlot.Series("observed", LinePlot.Style.MARKS, points(rows, OBSERVED)),
                    new LinePlot.Series("fitted", LinePlot.Style.LINE, points(rows, FITTED))));
            if (sample.linear()) {
                series.add(new LinePlot.Series("fixed portion", LinePlot.Style.DASHED_LINE, points(rows, FIXED)));
            }
            panels.add(new LinePlot(group, "", sample.x(), List.of(), "", range, series));
        });
        return new Panels(title, note, COLUMNS, panels);
    }

    private static List<Point> points(List<double[]> rows, int place) {
        return rows.stream().map(r -> new Point(r[0], r[place])).sorted(Comparator.comparingDouble(Point::x)).toList();
    }
}
