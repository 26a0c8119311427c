package io.echelon.estimate.generalized;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.estimate.FromValues;
import io.echelon.estimate.ParameterPlaces;
import io.echelon.family.Family;
import io.echelon.optimize.Objective;
import io.echelon.optimize.Progress;
import io.echelon.spec.LinearConstraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the maximisation of a generalized model with random effects starts: at the coefficients of the model without them and
 * variances of 1, at the best of a grid of variances, or at the values of {@code from()}.
 */
final class GeneralizedStart {
    /** Variances that are tried where none are given. */
    private static final List<Double> DEFAULT_GRID = List.of(0.1, 1.0, 10.0);
    /** Points of a grid over all variances from which on they move together. */
    private static final int WIDE_GRID = 81;
    private static final int MOST_POINTS = 1000;

    private final Design design;
    private final ParameterSpace space;
    private final ParameterPlaces places;
    private final Objective full;
    private final Progress log;

    GeneralizedStart(Design design, ParameterSpace space, Family family, Objective full, Progress log) {
        this.design = design;
        this.space = space;
        places = new ParameterPlaces(design, family);
        this.full = full;
        this.log = log;
    }

    /** The values of {@code from()} in the place of the natural parameters given. */
    Objective.Point from(FromValues values, double[] natural) {
        double[] start = natural.clone();
        values.into(start, places);
        double[] phi = space.start(start).orElseThrow(() -> EchelonException.misuse(
                "from(): the values do not make positive variances and definite covariance matrices"));
        return full.at(phi).orElseThrow(() -> EchelonException.failure("the log likelihood cannot be evaluated at the"
                + " values of from(); give others, or leave it out"));
    }

    /** The best point of {@code startgrid()}; of a grid of variances where the given ones are not feasible. */
    Objective.Point best(double[] natural) {
        Optional<String> given = design.spec().generalized().startGrid();
        Optional<Objective.Point> best = bestOf(given.map(g -> grid(g, natural)).orElse(List.of(natural)), 0);
        if (best.isEmpty() && given.isEmpty()) {
            best = bestOf(grid("", natural), 1);
        }
        return best.orElseThrow(() -> EchelonException.failure("the log likelihood cannot be evaluated at the starting"
                + " values; give variances with startgrid() or starting values with from()"));
    }

    private Optional<Objective.Point> bestOf(List<double[]> grid, int first) {
        Objective.Point best = null;
        for (int node = 0; node < grid.size(); node++) {
            Optional<Objective.Point> here = space.start(grid.get(node)).flatMap(full::at);
            if (here.isPresent()) {
                log.iteration(first + node, here.get().value(), "");
                best = best == null || here.get().value() > best.value() ? here.get() : best;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The points of {@code startgrid([numlist] [covspec])}. */
    private List<double[]> grid(String text, double[] natural) {
        List<Double> numbers = new ArrayList<>();
        List<Integer> moved = new ArrayList<>();
        for (String word : text.isBlank() ? new String[0] : text.trim().split("[\\s,]+")) {
            try {
                numbers.add(Double.valueOf(word));
            } catch (NumberFormatException name) {
                moved.add(place(word));
            }
        }
        if (moved.isEmpty() && numbers.stream().anyMatch(v -> !(v > 0))) {
            throw EchelonException.misuse("startgrid(" + text + "): variances to start with are greater than zero");
        }
        List<Double> values = numbers.isEmpty() ? DEFAULT_GRID : numbers;
        List<Integer> all = moved.isEmpty() ? space.variances() : moved;
        double size = Math.pow(values.size(), all.size());
        if (size <= (moved.isEmpty() ? WIDE_GRID : MOST_POINTS)) {
            return product(natural, values, all);
        }
        if (!moved.isEmpty()) {
            throw EchelonException.misuse("startgrid(): " + values.size() + " values of " + all.size() + " parameters make "
                    + String.format(Locale.ROOT, "%.3g", size) + " points; give fewer, at most " + MOST_POINTS);
        }
        return values.stream().map(v -> {
            double[] point = natural.clone();
            all.forEach(k -> point[k] = v);
            return point;
        }).toList();
    }

    private static List<double[]> product(double[] natural, List<Double> values, List<Integer> moved) {
        List<double[]> points = List.of(natural);
        for (int k : moved) {
            points = points.stream().flatMap(p -> values.stream().map(v -> {
                double[] point = p.clone();
                point[k] = v;
                return point;
            })).toList();
        }
        return points;
    }

    /** Place of {@code name[level]}, {@code name1[level]*name2[level]} or {@code e.response}. */
    private int place(String word) {
        if (word.startsWith("e.")) {
            return places.of(parameter("var(" + word + ")"), "startgrid()");
        }
        String[] names = word.split("\\*");
        if (names.length != 2) {
            return places.of(parameter("var(" + word + ")"), "startgrid()");
        }
        String left = names[0].replaceFirst("\\[.*", "");
        String right = names[1].replaceFirst("\\[.*", "");
        String level = names[1].substring(right.length());
        LinearConstraint.Parameter one = parameter("cov(" + left + "," + right + level + ")");
        return places.of(places.knows(one) ? one : parameter("cov(" + right + "," + left + level + ")"), "startgrid()");
    }

    private static LinearConstraint.Parameter parameter(String name) {
        return new LinearConstraint.Parameter(Optional.empty(), name);
    }
}
