package io.echelon.estimate.linear;

import io.echelon.estimate.ObservedInformation;
import io.echelon.fit.VarianceComponent;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.linalg.Jet;
import io.echelon.residual.Element;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The parameters of a residual structure in three metrics. Standard errors follow by the delta method; intervals are
 * symmetric on the scale that {@link Element.Kind} says.
 */
final class ResidualTable {
    private final ResidualModel model;
    private final ObservedInformation information;
    private final double z;
    private final List<ResidualModel.Row> rows;
    /** Gradients of the residual parameters and of ln σ with respect to the free unconstrained parameters. */
    private final List<double[]> base = new ArrayList<>();
    private final double[] parameters;
    private final Set<Integer> vanished;
    private final double lnSigma;

    /**
     * @param natural  estimates
     * @param jacobian of the natural parameters (rows) with respect to the free unconstrained ones (columns)
     * @param vanished categories whose variances are zero
     */
    ResidualTable(CovarianceParameters covariance, ResidualModel model, double[] natural, double[][] jacobian,
                  ObservedInformation information, double z, Set<Integer> vanished) {
        this.vanished = vanished;
        this.model = model;
        this.information = information;
        this.z = z;
        int last = covariance.count();
        parameters = covariance.ofResidual(natural);
        lnSigma = Math.log(natural[last]) / 2;
        rows = model.rows(parameters, natural[last]);
        for (int i = covariance.firstResidual(); i < last; i++) {
            base.add(jacobian[i]);
        }
        double[] ln = jacobian[last].clone();
        for (int i = 0; i < ln.length; i++) {
            ln[i] /= 2 * natural[last];
        }
        base.add(ln);
    }

    private double[] gradient(Jet jet) {
        double[] gradient = new double[base.get(0).length];
        for (int k = 0; k < base.size(); k++) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += jet.first(k) * base.get(k)[i];
            }
        }
        return gradient;
    }

    private double error(Jet jet) {
        return information.standardError(gradient(jet));
    }

    /** Variances and covariances, and the other parameters as they are. */
    List<VarianceComponent> variances() {
        List<VarianceComponent> table = new ArrayList<>();
        for (ResidualModel.Row row : rows) {
            table.add(switch (row.element().kind()) {
                case VARIANCE -> positive(row, row.element().label(), row.natural());
                case COVARIANCE -> vanished.contains(row.category()) ? zero(row, row.element().label()) : symmetric(row, row.element().label(), row.natural());
                default -> unchanged(row);
            });
        }
        return table;
    }

    /** Gradients of {@link #variances}. */
    List<double[]> ofVariances() {
        return rows.stream().map(row -> gradient(row.natural())).toList();
    }

    /** Standard deviations and correlations, and the other parameters as they are. */
    List<VarianceComponent> deviations() {
        List<VarianceComponent> table = new ArrayList<>();
        for (ResidualModel.Row row : rows) {
            String label = row.element().deviationLabel();
            table.add(switch (row.element().kind()) {
                case VARIANCE -> positive(row, label, row.natural().sqrt());
                case COVARIANCE -> correlation(row, label, row.natural().over(
                        variance(row, row.element().row()).times(variance(row, row.element().column())).sqrt()));
                default -> unchanged(row);
            });
        }
        return table;
    }

    /** The variance with an index of the same category; stationary structures have one only. */
    private Jet variance(ResidualModel.Row of, int index) {
        return rows.stream().filter(r -> r.category() == of.category() && r.element().kind() == Element.Kind.VARIANCE
                && r.element().row() == index).findFirst().map(ResidualModel.Row::natural).orElse(of.variance());
    }

    private VarianceComponent unchanged(ResidualModel.Row row) {
        String label = row.element().label();
        return switch (row.element().kind()) {
            case CORRELATION -> correlation(row, label, row.natural());
            case SHARE -> share(row, label, row.natural());
            default -> symmetric(row, label, row.natural());
        };
    }

    private VarianceComponent positive(ResidualModel.Row row, String label, Jet jet) {
        if (vanished.contains(row.category())) {
            return zero(row, label);
        }
        double se = error(jet);
        double factor = Math.exp(z * se / jet.value());
        return component(row, label, jet.value(), se, jet.value() / factor, jet.value() * factor);
    }

    private VarianceComponent zero(ResidualModel.Row row, String label) {
        return component(row, label, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    private VarianceComponent symmetric(ResidualModel.Row row, String label, Jet jet) {
        double se = error(jet);
        return component(row, label, jet.value(), se, jet.value() - z * se, jet.value() + z * se);
    }

    private VarianceComponent correlation(ResidualModel.Row row, String label, Jet jet) {
        double r = jet.value();
        double se = error(jet);
        double atanh = 0.5 * Math.log((1 + r) / (1 - r));
        double width = z * se / (1 - r * r);
        return component(row, label, r, se, Math.tanh(atanh - width), Math.tanh(atanh + width));
    }

    private VarianceComponent share(ResidualModel.Row row, String label, Jet jet) {
        double r = jet.value();
        double se = error(jet);
        double logit = Math.log(r / (1 - r));
        double width = z * se / (r * (1 - r));
        return component(row, label, r, se, 1 / (1 + Math.exp(width - logit)), 1 / (1 + Math.exp(-width - logit)));
    }

    /** Full name of the (first) variance of a category. */
    String variance(int category) {
        ResidualModel.Row row = rows.stream().filter(r -> r.category() == category).findFirst().orElseThrow();
        return component(row, row.element().kind() == Element.Kind.VARIANCE ? row.element().label() : "var(e)", 0, 0, 0, 0).term();
    }

    private VarianceComponent component(ResidualModel.Row row, String label, double value, double se, double low,
                                        double high) {
        String category = model.by() == null ? "" : model.by().categories().get(row.category());
        String inTable = model.by() == null ? label : category + ": " + label;
        String full = model.by() == null ? label : category + "." + model.by().variable() + ": " + label;
        return new VarianceComponent(VarianceTables.RESIDUAL, 0, model.title(), inTable,
                VarianceTables.RESIDUAL + ": " + full, value, se, low, high);
    }

    /** The parameters of the maximisation, ln σ first. */
    List<VarianceComponent> estimation() {
        List<VarianceComponent> table = new ArrayList<>();
        int last = base.size() - 1;
        table.add(parameter("lnsig_e", lnSigma, base.get(last)));
        for (int i = 0; i < last; i++) {
            table.add(parameter(model.parameterNames().get(i), parameters[i], base.get(i)));
        }
        return table;
    }

    /** Gradients of {@link #estimation}. */
    List<double[]> gradients() {
        List<double[]> all = new ArrayList<>(base);
        all.add(0, all.remove(all.size() - 1));
        return all;
    }

    private VarianceComponent parameter(String name, double value, double[] gradient) {
        double se = information.standardError(gradient);
        return new VarianceComponent(VarianceTables.RESIDUAL, 0, model.title(), name, name, value, se, value - z * se,
                value + z * se);
    }
}
