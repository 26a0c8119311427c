package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.estimate.ObservedInformation;
import io.echelon.estimate.ParameterNames;
import io.echelon.estimate.linear.VarianceTables;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.fit.VarianceComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * The random-effects parameters of a generalized fit in three metrics, every element of every covariance matrix by name. Standard
 * errors follow from the observed information by the delta method; intervals as for linear models (see {@link VarianceTables}).
 */
final class GeneralizedVarianceTables {
    private static final String RESIDUAL = "Residual";
    /** A variance of this size relative to the others' is zero. */
    private static final double ZERO = 1e-12;

    private final ObservedInformation information;
    private final double z;
    final List<VarianceComponent> variances = new ArrayList<>();
    final List<VarianceComponent> deviations = new ArrayList<>();
    final List<VarianceComponent> estimation = new ArrayList<>();
    /** Gradients of the parameters of the estimation metric in the free parameters. */
    final List<double[]> gradients = new ArrayList<>();
    /** Full names of the variances that are zero, and of the covariances whose correlation is one in size. */
    final List<String> boundary = new ArrayList<>();

    GeneralizedVarianceTables(Design design, Family family, ParameterSpace space, double[] phi,
                              ObservedInformation information, double z) {
        this.information = information;
        this.z = z;
        for (int l = 0; l < design.levels().size(); l++) {
            List<Place> places = places(design, space, l, phi);
            // In one table with the coefficients, the variances of a level stand before its covariances, whatever equations
            // they are of; in a table of their own, equation by equation.
            boolean apart = design.spec().command().tablesApart();
            for (List<Place> together : apart ? places.stream().map(List::of).toList() : List.of(places)) {
                for (Place place : together) {
                    ParameterNames.components(place.effects).stream().filter(Covariance.Component::variance)
                            .forEach(c -> variance(place, c));
                }
                for (Place place : together) {
                    ParameterNames.components(place.effects).stream().filter(c -> !c.variance())
                            .forEach(c -> covariance(place, c));
                }
            }
        }
        if (family instanceof Gaussian) {
            residual(ParameterNames.residual(design), space.residual(phi));
        }
    }

    private static List<Place> places(Design design, ParameterSpace space, int level, double[] phi) {
        List<Place> places = new ArrayList<>();
        for (int e = 0; e < space.equations().size(); e++) {
            if (space.levelOf(e) == level) {
                places.add(new Place(design.levels().get(level).pathName(), level, places.size(), space.equations().get(e),
                        space.natural(e, phi)));
            }
        }
        return places;
    }

    /** An equation: the path and number of its level, its own number there, its estimates. */
    private record Place(String path, int level, int equation, Effects effects, ParameterSpace.Natural natural) {
        double[][] sigma() {
            return effects.covariance().matrix(natural.theta());
        }

        double[] gradient(int row, int column, int size) {
            double[] g = new double[size];
            for (int k = 0; k < natural.theta().length; k++) {
                double b = effects.covariance().basis(k)[row][column];
                for (int f = 0; f < size && b != 0; f++) {
                    g[f] += b * natural.derivatives()[k][f];
                }
            }
            return g;
        }
    }

    private double[] gradient(Place place, int row, int column) {
        return place.gradient(row, column, information.covariance().length);
    }

    private void variance(Place place, Covariance.Component c) {
        double v = place.sigma()[c.row()][c.row()];
        double[] gradient = gradient(place, c.row(), c.row());
        double se = v > 0 ? information.standardError(gradient) : Double.NaN;
        double factor = Math.exp(z * se / v);
        add(variances, place, c.label(), v, se, v / factor, v * factor);
        double sd = Math.sqrt(v);
        add(deviations, place, c.deviationLabel(), sd, se / (2 * sd), sd / Math.sqrt(factor), sd * Math.sqrt(factor));
        estimation(place, c, Math.log(v) / 2, gradient, 1 / (2 * v));
        if (v <= ZERO) {
            boundary.add(variances.get(variances.size() - 1).term());
        }
    }

    private void covariance(Place place, Covariance.Component c) {
        double[][] sigma = place.sigma();
        double v = sigma[c.row()][c.column()];
        double left = sigma[c.row()][c.row()];
        double right = sigma[c.column()][c.column()];
        double[] gradient = gradient(place, c.row(), c.column());
        double se = left > 0 && right > 0 ? information.standardError(gradient) : Double.NaN;
        add(variances, place, c.label(), v, se, v - z * se, v + z * se);
        double r = v / Math.sqrt(left * right);
        double[] ofLeft = gradient(place, c.row(), c.row());
        double[] ofRight = gradient(place, c.column(), c.column());
        double[] ofR = new double[gradient.length];
        for (int i = 0; i < ofR.length; i++) {
            ofR[i] = gradient[i] / Math.sqrt(left * right) - r / 2 * (ofLeft[i] / left + ofRight[i] / right);
        }
        boolean inside = Math.abs(r) < 1 - ZERO;
        double rSe = inside ? information.standardError(ofR) : Double.NaN;
        double width = z * rSe / (1 - r * r);
        double atanh = 0.5 * Math.log((1 + r) / (1 - r));
        add(deviations, place, c.deviationLabel(), r, rSe, Math.tanh(atanh - width), Math.tanh(atanh + width));
        estimation(place, c, atanh, ofR, 1 / (1 - r * r));
        if (!inside) {
            boundary.add(variances.get(variances.size() - 1).term());
        }
    }

    private void estimation(Place place, Covariance.Component c, double value, double[] gradient, double factor) {
        double[] g = new double[gradient.length];
        for (int i = 0; i < g.length && Double.isFinite(value); i++) {
            g[i] = gradient[i] * factor;
        }
        double se = information.standardError(g);
        gradients.add(g);
        String label = c.estimationLabel(place.level + 1, place.equation + 1);
        estimation.add(new VarianceComponent(place.path, place.equation, title(place), label, label, value, se,
                value - z * se, value + z * se));
    }

    private void residual(String name, ParameterSpace.Natural variance) {
        double v = variance.theta()[0];
        double se = information.standardError(variance.derivatives()[0]);
        double factor = Math.exp(z * se / v);
        variances.add(new VarianceComponent(RESIDUAL, 0, "", name, name, v, se, v / factor, v * factor));
        double sd = Math.sqrt(v);
        String deviation = "sd" + name.substring("var".length());
        deviations.add(new VarianceComponent(RESIDUAL, 0, "", deviation, deviation, sd, se / (2 * sd),
                sd / Math.sqrt(factor), sd * Math.sqrt(factor)));
        double[] g = variance.derivatives()[0].clone();
        for (int i = 0; i < g.length; i++) {
            g[i] /= 2 * v;
        }
        gradients.add(g);
        double ln = Math.log(v) / 2;
        double lnSe = se / (2 * v);
        estimation.add(new VarianceComponent(RESIDUAL, 0, "", "lnsig_e", "lnsig_e", ln, lnSe, ln - z * lnSe, ln + z * lnSe));
    }

    private void add(List<VarianceComponent> table, Place place, String label, double estimate, double se, double low,
                     double high) {
        String term = label.substring(0, label.length() - 1) + "[" + place.path + "])";
        table.add(new VarianceComponent(place.path, place.equation, title(place), label, term, estimate, se, low, high));
    }

    private static String title(Place place) {
        return place.effects.covariance().title();
    }
}
