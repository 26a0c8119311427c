package io.echelon.report;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.family.Ordinal;
import io.echelon.picture.LinePlot;
import io.echelon.picture.LinePlot.Point;
import io.echelon.picture.Panels;
import io.echelon.picture.Picture;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Answer.Row;
import io.echelon.postestimation.ComparedMargins;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.MarginalEstimates.AtValue;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.spec.Margins;
import io.echelon.spec.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code marginsplot}: margins, or their contrasts, over a variable of {@code at()} or of the marginlist, a series for each
 * combination of the others, a plot for each term of the marginlist.
 */
public final class MarginsPicture {
    private static final String EFFECT = "Effect of";
    private static final String CONTRAST = "Contrast";
    private static final String COMPARISON = "Comparison";

    private final MarginalEstimates margins;
    private final Plot.Margins plot;
    private final String yLabel;

    /** A figure, and where it stands: the value of each dimension. */
    private record Figure(Map<String, String> place, Row row) {}

    private MarginsPicture(MarginalEstimates margins, Plot.Margins plot, String what) {
        this.margins = margins;
        this.plot = plot;
        String predicted = margins.expressions().get(0).replaceFirst("( \\([^)]*\\))?, predict\\(.*", "");
        String drawn = margins.derivative().isPresent() ? "Effect on " + lower(predicted) : predicted;
        yLabel = what.isEmpty() ? drawn : what + lower(drawn);
    }

    /** The picture of the last margins. */
    public static Picture of(ComparedMargins compared, Plot.Margins plot, Optional<String> title) {
        MarginalEstimates margins = compared.margins();
        Answer comparisons = compared.comparisons().orElse(margins);
        Map<String, List<Figure>> panels = new LinkedHashMap<>();
        String what = "";
        double level = margins.level();
        if (comparisons instanceof Contrasts c && c.blocks().stream().anyMatch(b -> !b.effects().isEmpty())) {
            what = "Contrasts of ";
            level = c.level();
        } else if (comparisons instanceof PairwiseComparisons p) {
            what = "Pairwise comparisons of ";
            level = p.level();
        }
        MarginsPicture pictures = new MarginsPicture(margins, plot, what);
        if (what.isEmpty()) {
            margins.blocks().forEach(b -> panels.computeIfAbsent(String.join("#", b.variables()), t -> new ArrayList<>())
                    .addAll(b.margins().stream().map(m -> new Figure(pictures.place(b.variables(), m), m.row())).toList()));
        } else if (comparisons instanceof Contrasts c) {
            c.blocks().stream().filter(b -> !b.effects().isEmpty()).forEach(b -> panels.put(b.term(),
                    b.effects().stream().map(e -> new Figure(pictures.place(e), e.row())).toList()));
        } else {
            ((PairwiseComparisons) comparisons).blocks().forEach(b -> panels.put(b.term(),
                    b.rows().stream().map(r -> new Figure(Map.of(COMPARISON, r.term()), r)).toList()));
        }
        String heading = title.orElse(what + (what.isEmpty() ? margins.title() : lower(margins.title())) + (plot.noci() ? ""
                : " with " + StataFormat.general(level, 9).strip() + "% intervals"));
        if (panels.size() == 1) {
            return pictures.plot(heading, panels.values().iterator().next());
        }
        return new Panels(heading, "", 1, panels.entrySet().stream()
                .map(e -> (Picture) pictures.plot(e.getKey(), e.getValue())).toList());
    }

    private LinePlot plot(String title, List<Figure> figures) {
        List<Map<String, String>> places = figures.stream().map(Figure::place).toList();
        List<String> dimensions = places.stream().flatMap(p -> p.keySet().stream()).distinct()
                .filter(d -> places.stream().map(p -> p.get(d)).distinct().count() > 1).toList();
        List<String> set = dimensions.stream().filter(this::setByAt).toList();
        String only = places.get(0).keySet().stream().reduce("", (a, b) -> b);
        String first = !set.isEmpty() ? set.get(0) : !dimensions.isEmpty() ? dimensions.get(0) : only;
        String x = plot.xdimension().orElse(first);
        if (plot.xdimension().isPresent() && !dimensions.contains(x)) {
            throw EchelonException.misuse("marginsplot: xdimension(" + x + ") is nothing over which these margins vary; "
                    + (dimensions.isEmpty() ? "there is only one of them" : "they vary over " + String.join(", ", dimensions))
                    + Spelling.hint(x, dimensions));
        }
        boolean numeric = setByAt(x);
        List<String> categories = numeric ? List.of() : places.stream().map(p -> p.getOrDefault(x, "")).distinct().toList();
        Map<String, List<Point>> series = new LinkedHashMap<>();
        for (Figure f : figures) {
            Map<String, String> place = f.place();
            if (!Double.isNaN(f.row().estimate())) {
                double at = numeric ? Double.parseDouble(place.get(x)) : categories.indexOf(place.getOrDefault(x, ""));
                series.computeIfAbsent(name(dimensions, x, place), n -> new ArrayList<>()).add(point(at, f.row()));
            }
        }
        return new LinePlot(title, "", x, categories, yLabel,
                Optional.empty(), series.entrySet().stream().map(e -> new LinePlot.Series(e.getKey(),
                        LinePlot.Style.MARKED_LINE, e.getValue())).toList());
    }

    private static String lower(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private Point point(double x, Row row) {
        return plot.noci() ? new Point(x, row.estimate()) : new Point(x, row.estimate(), row.confLow(), row.confHigh());
    }

    private static String name(List<String> dimensions, String x, Map<String, String> place) {
        return dimensions.stream().filter(d -> !d.equals(x)).map(d -> d + "=" + place.get(d))
                .collect(Collectors.joining(", "));
    }

    /** Whether a dimension is a variable that {@code at()} sets to values in turn. */
    private boolean setByAt(String dimension) {
        return margins.at().size() > 1 && margins.at().stream().allMatch(p -> p.stream().anyMatch(v -> v.name().equals(dimension)));
    }

    /** Where a margin stands. */
    private Map<String, String> place(List<String> variables, Margin m) {
        Map<String, String> place = new LinkedHashMap<>();
        for (int k = 0; k < variables.size(); k++) {
            add(variables.get(k), m.levels().get(k), m.at(), place);
        }
        if (!m.effect().isEmpty()) {
            place.put(EFFECT, m.effect());
        }
        return place;
    }

    /** Where a contrast stands. */
    private Map<String, String> place(Contrasts.Effect e) {
        Map<String, String> place = new LinkedHashMap<>();
        e.within().forEach((variable, level) -> add(variable, level, (int) level.doubleValue() - 1, place));
        place.put(CONTRAST, e.contrast());
        return place;
    }

    /** Adds the level of a variable, by its label where it has one, or what the point of {@code at()} with a number sets. */
    private void add(String variable, double level, int point, Map<String, String> place) {
        if (!variable.equals(Margins.AT) || !sameVariables()) {
            List<String> labels = margins.labels().get(variable);
            place.put(variable, labels == null ? Ordinal.text(level) : labels.get((int) level - 1));
            return;
        }
        for (AtValue v : margins.at().get(point)) {
            place.put(v.name(), Ordinal.text(v.value()));
        }
    }

    /** Whether all points of {@code at()} set the same variables. */
    private boolean sameVariables() {
        return margins.at().stream().map(p -> new TreeSet<>(p.stream().map(AtValue::name).toList())).distinct().count() == 1;
    }
}
