package io.echelon.estimate.linear;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Column;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.FromValues;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.CovarianceParameters.Block;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.ResidualProducts;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the maximisation of a linear mixed model starts: natural covariance parameters. */
final class StartingValues {
    /** Share of the variance that random effects have where the residuals' covariances take up what they would. */
    private static final double LITTLE = 0.1;
    private static final double SHRINKAGE = 0.9;
    private static final double LEAST_SHRUNKEN = 0.01;

    private final List<Level> levels;
    private final CovarianceParameters parameters;
    private final Standardization standardization;

    /** Starting values in the units of the response, from variances of the standardised columns of the levels. */
    StartingValues(List<Level> levels, CovarianceParameters parameters, Standardization standardization) {
        this.levels = levels;
        this.parameters = parameters;
        this.standardization = standardization;
    }

    /**
     * A share of the variance around the fixed part is given to the random effects, equally, no two of them correlated, and the
     * rest to the residuals.
     *
     * @param variance of the residuals of the linear model
     */
    double[] ofVariance(double variance, double share) {
        int effects = standardization.layout().offset(levels.size());
        double[] variances = new double[levels.size() + 1];
        Arrays.fill(variances, variance * share / effects);
        variances[levels.size()] = effects == 0 ? variance : variance * (1 - share);
        return fromVariances(variances);
    }

    /**
     * Residuals whose variances and covariances are means of products of those of the linear model, the covariances shrunken
     * until the likelihood is defined, and small variances of the random effects; empty where no shrinkage will do.
     *
     * @param variance of the residuals of the linear model
     * @param unit     of the products
     */
    Optional<double[]> fromProducts(ResidualProducts products, double variance, double unit, MixedLikelihood likelihood) {
        double[] start = ofVariance(variance, LITTLE);
        ResidualModel residual = parameters.residual().orElseThrow();
        for (double shrinkage = 1; shrinkage > LEAST_SHRUNKEN; shrinkage *= SHRINKAGE) {
            double[] own = residual.start(products.sums(), shrinkage);
            System.arraycopy(own, 0, start, parameters.firstResidual(), own.length);
            start[parameters.count()] *= unit;
            if (Arrays.stream(own).allMatch(Double::isFinite) && likelihood.evaluate(start).isPresent()) {
                return Optional.of(start);
            }
        }
        return Optional.empty();
    }

    /**
     * No two effects of the columns are correlated; under unstructured covariances, which can take up any origin, no two
     * effects of the columns less their means, so that calendar years start as well as years since the first.
     *
     * @param variances of the standardised columns of each level, then σ²
     */
    double[] fromVariances(double[] variances) {
        double[] natural = new double[parameters.count() + 1];
        natural[parameters.count()] = variances[levels.size()];
        for (Block b : parameters.blocks()) {
            double[] theta = b.covariance() instanceof Unstructured ? aboutMeans(b, variances[b.level()])
                    : uncorrelated(b, variances[b.level()]);
            System.arraycopy(theta, 0, natural, b.first(), theta.length);
        }
        parameters.residual().ifPresent(r -> System.arraycopy(r.start(), 0, natural, parameters.firstResidual(),
                r.parameters()));
        return natural;
    }

    private double[] uncorrelated(Block b, double variance) {
        double[] diagonal = new double[b.covariance().dimension()];
        Arrays.setAll(diagonal, i -> variance / standardization.meanSquare(b.level(), b.column() + i));
        return b.covariance().diagonal(diagonal);
    }

    /** The parameters of v A⁻¹A⁻¹', where A⁻¹ takes effects of the standardised columns to those of the columns. */
    private double[] aboutMeans(Block b, double variance) {
        double[][] back = standardization.effectsInverse(b.level());
        double[] theta = new double[b.covariance().parameters()];
        for (Covariance.Component c : b.covariance().components(b.effects().names())) {
            double sum = 0;
            for (int k = b.column(); k < b.column() + b.covariance().dimension(); k++) {
                sum += back[b.column() + c.row()][k] * back[b.column() + c.column()][k];
            }
            for (int k = 0; k < theta.length; k++) {
                theta[k] = b.covariance().basis(k)[c.row()][c.column()] != 0 ? variance * sum : theta[k];
            }
        }
        return theta;
    }

    /**
     * Replaces starting values by those of {@code from()}: pairs {@code name=value} with names as in any of the tables
     * ({@code var(_cons[id])}, {@code lns1_1_1}, {@code lnsig_e}; parameters of residual structures as with {@code estmetric}), or
     * numbers in the order of the tables. Fixed effects are allowed and need no value to start from.
     */
    double[] from(String text, double[] natural, List<Column> fixed) {
        FromValues values = FromValues.of(text, Map.of());
        Map<String, Double> given = values.ordered() == null ? byName(values) : inOrder(values.ordered(), fixed);
        fixed.forEach(c -> given.remove(c.name()));
        double[] start = natural.clone();
        parameters.residual().ifPresent(r -> {
            for (int i = 0; i < r.parameters(); i++) {
                Double value = given.remove(r.parameterNames().get(i));
                start[parameters.firstResidual() + i] = value == null ? start[parameters.firstResidual() + i] : value;
            }
        });
        int last = parameters.count();
        for (String name : List.of("var(Residual)", "sd(Residual)", "lnsig_e")) {
            Double v = given.remove(name);
            if (v != null) {
                start[last] = name.startsWith("var") ? v : name.startsWith("sd") ? v * v : Math.exp(2 * v);
            }
        }
        for (Block b : parameters.blocks()) {
            fill(b, given, start);
        }
        if (!given.isEmpty() && !values.skip()) {
            throw EchelonException.misuse("from(): " + given.keySet().iterator().next()
                    + " is not a parameter of this model; the names are those of the tables, as in var(Residual)=2");
        }
        if (!parameters.feasible(start)) {
            throw EchelonException.misuse("from(): the values do not make positive variances and definite covariance"
                    + " matrices");
        }
        return start;
    }

    private void fill(Block b, Map<String, Double> given, double[] start) {
        List<String> names = b.effects().names();
        String level = "[" + levels.get(b.level()).pathName() + "]";
        double[][] sigma = b.covariance().matrix(b.of(start));
        for (Covariance.Component c : b.covariance().components(names)) {
            Double natural = given.remove(c.label().replace(")", level + ")"));
            Double deviation = given.remove(c.deviationLabel().replace(")", level + ")"));
            Double estimation = given.remove(c.estimationLabel(b.level() + 1, b.equation() + 1));
            double size = Math.sqrt(sigma[c.row()][c.row()] * sigma[c.column()][c.column()]);
            Double value = natural;
            if (deviation != null) {
                value = c.variance() ? deviation * deviation : deviation * size;
            } else if (estimation != null) {
                value = c.variance() ? Math.exp(2 * estimation) : Math.tanh(estimation) * size;
            }
            if (value != null) {
                sigma[c.row()][c.column()] = value;
                for (int k = 0; k < b.covariance().parameters(); k++) {
                    if (b.covariance().basis(k)[c.row()][c.column()] != 0) {
                        start[b.first() + k] = value;
                    }
                }
            }
        }
    }

    private static Map<String, Double> byName(FromValues values) {
        Map<String, Double> given = new LinkedHashMap<>();
        values.named().forEach((name, value) -> given.put(name.replaceFirst("^/", ""), value));
        return given;
    }

    /** Coefficients, then variances and covariances in the order of the tables. */
    private Map<String, Double> inOrder(double[] values, List<Column> fixed) {
        if (parameters.residual().isPresent()) {
            throw EchelonException.misuse("from(): with residuals() starting values go by name, as in from(r_atr1=0.5); the names"
                    + " are those of option estmetric");
        }
        List<String> names = new ArrayList<>(fixed.stream().filter(c -> c.status() == Column.Status.ESTIMATED)
                .map(Column::name).toList());
        for (Block b : parameters.blocks()) {
            String level = "[" + levels.get(b.level()).pathName() + "]";
            b.covariance().components(b.effects().names()).forEach(c -> names.add(c.label().replace(")", level + ")")));
        }
        names.add("var(Residual)");
        if (names.size() != values.length) {
            throw EchelonException.misuse("from(): " + values.length + " values given, the tables of this model have "
                    + names.size() + " rows of estimates: " + String.join(", ", names));
        }
        Map<String, Double> given = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            given.put(names.get(i), values[i]);
        }
        return given;
    }
}
