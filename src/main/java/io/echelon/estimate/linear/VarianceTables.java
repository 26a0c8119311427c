package io.echelon.estimate.linear;

import io.echelon.covariance.Covariance;
import io.echelon.design.Level;
import io.echelon.estimate.ObservedInformation;
import io.echelon.fit.VarianceComponent;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.CovarianceParameters.Block;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The random-effects parameters of a fit in three metrics. Standard errors follow from the observed information by the
 * delta method. Intervals: of variances and standard deviations on the log scale, of covariances symmetric, of
 * correlations on the scale of atanh.
 */
public final class VarianceTables {
    public static final String RESIDUAL = "Residual";

    private final List<Level> levels;
    private final CovarianceParameters parameters;
    private final double[] natural;
    private final double[][] jacobian;
    private final ObservedInformation information;
    private final double z;
    /** Of −2ℓ in the natural parameters. */
    private final double[] deviance;
    final List<VarianceComponent> variances = new ArrayList<>();
    final List<VarianceComponent> deviations = new ArrayList<>();
    final List<VarianceComponent> estimation = new ArrayList<>();
    /** Gradients of the parameters of the estimation metric with respect to the free unconstrained parameters. */
    final List<double[]> gradients = new ArrayList<>();
    /** Gradients of quantities that vary along with those in {@link #variances}. */
    final List<double[]> ofVariances;
    /** Full names of the variances that are zero, and of the covariances whose correlation is one in size. */
    final List<String> boundary = new ArrayList<>();
    /** dℓ/dv of the variances v that are zero, by full name. */
    final Map<String, Double> slopes = new LinkedHashMap<>();

    /**
     * @param natural     estimates
     * @param jacobian    of the natural parameters (rows) with respect to the free unconstrained ones (columns)
     * @param information of the free unconstrained parameters
     * @param z           quantile of the normal distribution for the intervals
     * @param gradient    of −2ℓ in the natural parameters
     * @param vanished    categories of {@code by()} whose residual variance is zero, with dℓ/dv
     */
    VarianceTables(List<Level> levels, CovarianceParameters parameters, double[] natural, double[][] jacobian,
                   ObservedInformation information, double z, double[] gradient, Map<Integer, Double> vanished) {
        this.levels = levels;
        this.parameters = parameters;
        this.natural = natural;
        this.jacobian = jacobian;
        this.information = information;
        this.z = z;
        deviance = gradient;
        for (Block block : parameters.blocks()) {
            for (Covariance.Component c : block.covariance().components(block.effects().names())) {
                if (c.variance()) {
                    variance(block, c);
                } else {
                    covariance(block, c);
                }
            }
        }
        ofVariances = new ArrayList<>(gradients);
        parameters.residual().ifPresentOrElse(model -> structured(model, vanished), this::residual);
    }

    private void structured(ResidualModel model, Map<Integer, Double> vanished) {
        ResidualTable table = new ResidualTable(parameters, model, natural, jacobian, information, z, vanished.keySet());
        vanished.forEach((category, slope) -> {
            String term = table.variance(category);
            boundary.add(term);
            slopes.put(term, slope);
        });
        variances.addAll(table.variances());
        deviations.addAll(table.deviations());
        estimation.addAll(table.estimation());
        gradients.addAll(table.gradients());
        ofVariances.addAll(table.ofVariances());
    }

    /** Gradient of element (row, column) of a block's Σ. */
    private double[] gradient(Block block, int row, int column) {
        double[] gradient = new double[information.covariance().length];
        for (int k = 0; k < block.covariance().parameters(); k++) {
            double b = block.covariance().basis(k)[row][column];
            if (b != 0) {
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] += b * jacobian[block.first() + k][i];
                }
            }
        }
        return gradient;
    }

    private void variance(Block block, Covariance.Component c) {
        double v = block.covariance().matrix(block.of(natural))[c.row()][c.row()];
        double[] gradient = gradient(block, c.row(), c.row());
        double se = v > 0 ? information.standardError(gradient) : Double.NaN;
        double factor = Math.exp(z * se / v);
        add(variances, block, c.label(), v, se, v / factor, v * factor);
        double sd = Math.sqrt(v);
        double sdSe = se / (2 * sd);
        add(deviations, block, c.deviationLabel(), sd, sdSe, sd / Math.sqrt(factor), sd * Math.sqrt(factor));
        estimation(block, c, Math.log(v) / 2, times(gradient, 1 / (2 * v)));
        if (v == 0) {
            boundary.add(last(variances).term());
            slopes.put(last(variances).term(), slope(block, c.row()));
        }
    }

    /** dℓ/dv of a variance that is shared by no other effect or by all of the equation. */
    private double slope(Block block, int row) {
        double slope = 0;
        for (int k = 0; k < block.covariance().parameters(); k++) {
            slope -= block.covariance().basis(k)[row][row] * deviance[block.first() + k] / 2;
        }
        return slope;
    }

    private void covariance(Block block, Covariance.Component c) {
        double[][] sigma = block.covariance().matrix(block.of(natural));
        double v = sigma[c.row()][c.column()];
        double left = sigma[c.row()][c.row()];
        double right = sigma[c.column()][c.column()];
        double[] gradient = gradient(block, c.row(), c.column());
        double se = left > 0 && right > 0 ? information.standardError(gradient) : Double.NaN;
        add(variances, block, c.label(), v, se, v - z * se, v + z * se);
        double r = left > 0 && right > 0 ? Math.max(-1, Math.min(1, v / Math.sqrt(left * right))) : Double.NaN;
        double[] ofLeft = gradient(block, c.row(), c.row());
        double[] ofRight = gradient(block, c.column(), c.column());
        double[] ofR = new double[gradient.length];
        for (int i = 0; i < ofR.length; i++) {
            ofR[i] = gradient[i] / Math.sqrt(left * right) - r / 2 * (ofLeft[i] / left + ofRight[i] / right);
        }
        boolean inside = Math.abs(r) < 1 - 1e-12;
        double rSe = inside ? information.standardError(ofR) : Double.NaN;
        double width = z * rSe / (1 - r * r);
        double atanh = 0.5 * Math.log((1 + r) / (1 - r));
        add(deviations, block, c.deviationLabel(), r, rSe, Math.tanh(atanh - width), Math.tanh(atanh + width));
        estimation(block, c, atanh, inside ? times(ofR, 1 / (1 - r * r)) : new double[ofR.length]);
        if (left > 0 && right > 0 && !inside) {
            boundary.add(last(variances).term());
        }
    }

    private void estimation(Block block, Covariance.Component c, double value, double[] gradient) {
        double se = Double.isFinite(value) ? information.standardError(gradient) : Double.NaN;
        gradients.add(Double.isFinite(value) ? gradient : new double[gradient.length]);
        String label = c.estimationLabel(level(block) + 1, equation(block) + 1);
        estimation.add(new VarianceComponent(path(block), equation(block), title(block), label, label, value, se,
                value - z * se, value + z * se));
    }

    private void residual() {
        int last = parameters.count();
        double v = natural[last];
        double se = information.standardError(jacobian[last]);
        double factor = Math.exp(z * se / v);
        variances.add(new VarianceComponent(RESIDUAL, 0, "", "var(Residual)", "var(Residual)", v, se, v / factor,
                v * factor));
        double sd = Math.sqrt(v);
        deviations.add(new VarianceComponent(RESIDUAL, 0, "", "sd(Residual)", "sd(Residual)", sd, se / (2 * sd),
                sd / Math.sqrt(factor), sd * Math.sqrt(factor)));
        double ln = Math.log(v) / 2;
        double lnSe = se / (2 * v);
        estimation.add(new VarianceComponent(RESIDUAL, 0, "", "lnsig_e", "lnsig_e", ln, lnSe, ln - z * lnSe,
                ln + z * lnSe));
        gradients.add(times(jacobian[last], 1 / (2 * v)));
        ofVariances.add(jacobian[last]);
    }

    private void add(List<VarianceComponent> table, Block block, String label, double estimate, double se, double low,
                     double high) {
        String term = label.substring(0, label.length() - 1) + "[" + path(block) + "])";
        table.add(new VarianceComponent(path(block), equation(block), title(block), label, term, estimate, se, low,
                high));
    }

    private String path(Block block) {
        return levels.get(block.level()).pathName();
    }

    /** Number of the level as typed: equations {@code _all: R.variable} belong to one level, though their groups differ. */
    private int level(Block block) {
        return (int) levels.subList(0, block.level() + 1).stream().map(Level::pathName).distinct().count() - 1;
    }

    /** Number of the equation within the level as typed. */
    private int equation(Block block) {
        return block.equation() + (int) levels.subList(0, block.level()).stream()
                .filter(l -> l.pathName().equals(path(block))).mapToLong(l -> l.effects().size()).sum();
    }

    /** One random effect alone has the structure of the identity, whatever was asked for. */
    private static String title(Block block) {
        return block.covariance().dimension() == 1 ? "Identity" : block.covariance().title();
    }

    private static VarianceComponent last(List<VarianceComponent> table) {
        return table.get(table.size() - 1);
    }

    private static double[] times(double[] v, double f) {
        double[] w = v.clone();
        for (int i = 0; i < w.length; i++) {
            w[i] *= f;
        }
        return w;
    }
}
