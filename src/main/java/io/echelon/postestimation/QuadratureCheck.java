package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.quadrature.Integration;
import io.echelon.spec.CommandName;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.ModelSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes in a fit by quadrature when the integration points are doubled: an integral is good enough where nothing changes
 * by more than the digits that are of use.
 *
 * @param points  integration points of the fit, one entry a level
 * @param figures log likelihood, coefficients, then variances and covariances
 */
public record QuadratureCheck(List<Integer> points, List<Figure> figures) implements Answer {
    /** A figure of the fit and of the one with twice the points. */
    public record Figure(String term, double fitted, double doubled) {
        /** Change from the fit. */
        public double difference() {
            return doubled - fitted;
        }

        /** Change as a share of the fitted figure. */
        public double relative() {
            return (doubled - fitted) / Math.abs(fitted);
        }
    }

    public QuadratureCheck {
        points = List.copyOf(points);
        figures = List.copyOf(figures);
    }

    /**
     * The command of a fit with twice the integration points.
     *
     * @throws EchelonException if the fit has no integration points
     */
    public static ModelSpec doubled(Estimates fit) {
        boolean points = fit.spec().command() != CommandName.MIXED && !fit.groups().isEmpty()
                && !fit.method().equals(Integration.Method.LAPLACE.text());
        if (!points) {
            throw EchelonException.misuse("estat quadrature doubles the integration points of meglm and its relatives, and"
                    + " these results have none" + (fit.method().equals(Integration.Method.LAPLACE.text())
                    ? "; fit with intmethod(mvaghermite) to compare with the Laplace approximation" : ""));
        }
        return fit.spec().with(fit.spec().generalized().withPoints(points(fit).stream().map(p -> 2 * p).toList()));
    }

    private static List<Integer> points(Estimates fit) {
        GeneralizedOptions options = fit.spec().generalized();
        return options.points().isEmpty() ? Collections.nCopies(fit.groups().size(), Integration.DEFAULT_POINTS)
                : options.points();
    }

    /** The comparison of a fit with the one of {@link #doubled}. */
    public static QuadratureCheck of(Estimates fit, Estimates doubled) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("log likelihood", fit.logLikelihood(), doubled.logLikelihood()));
        for (int k = 0; k < fit.coefficients().size(); k++) {
            if (fit.coefficients().get(k).status() == Column.Status.ESTIMATED) {
                figures.add(new Figure(fit.coefficients().get(k).term(), fit.coefficients().get(k).estimate(),
                        doubled.coefficients().get(k).estimate()));
            }
        }
        for (int k = 0; k < fit.varianceComponents().size(); k++) {
            figures.add(new Figure(fit.varianceComponents().get(k).term(), fit.varianceComponents().get(k).estimate(),
                    doubled.varianceComponents().get(k).estimate()));
        }
        return new QuadratureCheck(points(fit), figures);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("points", points);
        values.put("comparison_points", points.stream().map(p -> 2 * p).toList());
        values.put("figures", figures.stream().map(f -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("term", f.term);
            one.put("fitted", f.fitted);
            one.put("comparison", f.doubled);
            one.put("difference", f.difference());
            one.put("relative_difference", f.relative());
            return one;
        }).toList());
        return values;
    }
}
