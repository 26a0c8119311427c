package io.echelon.picture;

import io.echelon.fit.Iteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log likelihood from iteration to iteration. */
public final class IterationPath {
    private IterationPath() {}

    /** The picture of an iteration log, each phase of the maximisation in a colour of its own. */
    public static LinePlot of(String title, List<Iteration> iterations) {
        Map<String, List<LinePlot.Point>> phases = new LinkedHashMap<>();
        int step = 0;
        for (Iteration i : iterations) {
            if (Double.isFinite(i.logLikelihood())) {
                phases.computeIfAbsent(i.phase(), p -> new ArrayList<>()).add(new LinePlot.Point(step, i.logLikelihood()));
            }
            step++;
        }
        List<LinePlot.Series> series = new ArrayList<>();
        phases.forEach((phase, points) -> series.add(new LinePlot.Series(name(phase), LinePlot.Style.MARKED_LINE, points)));
        long uphill = iterations.stream().filter(i -> !i.note().isEmpty()).count();
        String note = uphill == 0 ? "" : uphill + " of " + iterations.size()
                + " steps were not concave or backed up; the iteration log names them";
        return new LinePlot(title, note, "Iteration", List.of(), "Log likelihood", Optional.empty(), series);
    }

    private static String name(String phase) {
        return switch (phase) {
            case "em" -> "EM";
            case "gradient" -> "gradient-based";
            case "fixed" -> "fixed-effects model";
            case "grid" -> "starting values";
            default -> "full model";
        };
    }
}
