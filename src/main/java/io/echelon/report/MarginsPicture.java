package io.echelon.report;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.family.Ordinal;
import io.echelon.picture.LinePlot;
import io.echelon.picture.LinePlot.Point;
import io.echelon.picture.Panels;
import io.echelon.picture.Picture;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.MarginalEstimates.AtValue;
import io.echelon.postestimation.MarginalEstimates.Block;
import io.echelon.postestimation.MarginalEstimates.Margin;
import io.echelon.spec.Plot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code marginsplot}: margins over a variable of {@code at()} or of the marginlist, a series for each combination of the
 * others, a plot for each term of the marginlist.
 */
public final class MarginsPicture {
    private static final String EFFECT = "Effect of";

    private final MarginalEstimates margins;
    private final Plot.Margins plot;

    private MarginsPicture(MarginalEstimates margins, Plot.Margins plot) {
        this.margins = margins;
        this.plot = plot;
    }

    /** The picture of the last margins. */
    public static Picture of(MarginalEstimates margins, Plot.Margins plot, Optional<String> title) {
        MarginsPicture pictures = new MarginsPicture(margins, plot);
        String heading = title.orElse(margins.title() + (plot.noci() ? ""
                : " with " + StataFormat.general(margins.level(), 9).strip() + "% intervals"));
        List<List<Margin>> groups = margins.blocks().stream().collect(Collectors.groupingBy(Block::variables,
                LinkedHashMap::new, Collectors.flatMapping(b -> b.margins().stream(), Collectors.toList()))).values()
                .stream().toList();
        List<List<String>> variables = margins.blocks().stream().map(Block::variables).distinct().toList();
        if (groups.size() == 1) {
            return pictures.plot(heading, variables.get(0), groups.get(0));
        }
        List<Picture> panels = new ArrayList<>();
        for (int k = 0; k < groups.size(); k++) {
            panels.add(pictures.plot(String.join("#", variables.get(k)), variables.get(k), groups.get(k)));
        }
        return new Panels(heading, "", 1, panels);
    }

    private LinePlot plot(String title, List<String> variables, List<Margin> block) {
        List<Map<String, String>> places = block.stream().map(m -> place(variables, m)).toList();
        List<String> dimensions = places.stream().flatMap(p -> p.keySet().stream()).distinct()
                .filter(d -> places.stream().map(p -> p.get(d)).distinct().count() > 1).toList();
        List<String> set = dimensions.stream().filter(this::setByAt).toList();
        String first = !set.isEmpty() ? set.get(0) : !dimensions.isEmpty() ? dimensions.get(0) : "";
        String x = plot.xdimension().orElse(first);
        if (plot.xdimension().isPresent() && !dimensions.contains(x)) {
            throw EchelonException.misuse("marginsplot: xdimension(" + x + ") is nothing over which these margins vary; "
                    + (dimensions.isEmpty() ? "there is only one of them" : "they vary over " + String.join(", ", dimensions))
                    + Spelling.hint(x, dimensions));
        }
        boolean numeric = setByAt(x);
        List<String> categories = numeric ? List.of() : places.stream().map(p -> p.getOrDefault(x, "")).distinct().toList();
        Map<String, List<Point>> series = new LinkedHashMap<>();
        for (int k = 0; k < block.size(); k++) {
            Map<String, String> place = places.get(k);
            if (!Double.isNaN(block.get(k).row().estimate())) {
                double at = numeric ? Double.parseDouble(place.get(x)) : categories.indexOf(place.getOrDefault(x, ""));
                series.computeIfAbsent(name(dimensions, x, place), n -> new ArrayList<>()).add(point(at, block.get(k)));
            }
        }
        String y = margins.expressions().get(0).replaceFirst("( \\([^)]*\\))?, predict\\(.*", "");
        return new LinePlot(title, "", x, categories, margins.derivative().isPresent() ? "Effect on " + lower(y) : y,
                Optional.empty(), series.entrySet().stream().map(e -> new LinePlot.Series(e.getKey(),
                        LinePlot.Style.MARKED_LINE, e.getValue())).toList());
    }

    private static String lower(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private Point point(double x, Margin m) {
        return plot.noci() ? new Point(x, m.row().estimate())
                : new Point(x, m.row().estimate(), m.row().confLow(), m.row().confHigh());
    }

    private static String name(List<String> dimensions, String x, Map<String, String> place) {
        return dimensions.stream().filter(d -> !d.equals(x)).map(d -> d + "=" + place.get(d))
                .collect(Collectors.joining(", "));
    }

    /** Whether a dimension is a variable that {@code at()} sets to values in turn. */
    private boolean setByAt(String dimension) {
        return margins.at().size() > 1 && margins.at().stream().allMatch(p -> p.stream().anyMatch(v -> v.name().equals(dimension)));
    }

    /** Where a margin stands: the level of each variable, by its label where it has one. */
    private Map<String, String> place(List<String> variables, Margin m) {
        Map<String, String> place = new LinkedHashMap<>();
        for (int k = 0; k < variables.size(); k++) {
            String variable = variables.get(k);
            double level = m.levels().get(k);
            if (!variable.equals("_at")) {
                List<String> labels = margins.labels().get(variable);
                place.put(variable, labels == null ? Ordinal.text(level) : labels.get((int) level - 1));
            } else if (sameVariables()) {
                for (AtValue v : margins.at().get(m.at())) {
                    place.put(v.name(), Ordinal.text(v.value()));
                }
            } else {
                place.put(variable, Ordinal.text(level));
            }
        }
        if (!m.effect().isEmpty()) {
            place.put(EFFECT, m.effect());
        }
        return place;
    }

    /** Whether all points of {@code at()} set the same variables. */
    private boolean sameVariables() {
        return margins.at().stream().map(p -> new TreeSet<>(p.stream().map(AtValue::name).toList())).distinct().count() == 1;
    }
}
