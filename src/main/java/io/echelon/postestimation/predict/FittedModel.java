package io.echelon.postestimation.predict;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Outcomes;
import io.echelon.design.Source;
import io.echelon.estimate.generalized.FamilyChoice;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.family.Multinomial;
import io.echelon.family.Ordinal;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.postestimation.Results;
import io.echelon.spec.CommandName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A fitted model as predictions need it: η = xβ + offset + Σ_ℓ z_ℓ u_ℓ of a row, and the distribution of its response. Made
 * of values alone, so that a stored fit predicts as the fit of a session does, and small enough to be sent to executors.
 * A row is the array of its source values in the order of {@link Design#sources()}. The parameters θ of the fit stand in
 * the order of its covariance matrix: p coefficients, ancillary parameters, log standard deviations and atanh
 * correlations.
 */
public final class FittedModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final CommandName command;
    private final ArrayList<String> sources;
    private final int response;
    private final int trials;
    private final double constantTrials;
    private final ArrayList<Column> all;
    private final ArrayList<Column> omitted;
    private final Column[] columns;
    /** For each of the columns its linear predictor. */
    private final int[] predictorOf;
    private final ArrayList<String> outcomes;
    private final double[] beta;
    private final double[][] covariance;
    private final Design.Offset offset;
    private final ArrayList<EffectLevel> levels;
    private final Family family;
    private final double[] ancillary;
    private final double residualVariance;
    private final StandardizedResiduals standardized;

    private FittedModel(Design design, Estimates estimates) {
        command = design.spec().command();
        sources = new ArrayList<>(design.sources().stream().map(Source::name).toList());
        response = design.response();
        trials = design.responseColumns().trials().orElse(-1);
        constantTrials = design.responseColumns().constantTrials();
        all = new ArrayList<>(design.predictor());
        omitted = new ArrayList<>(design.predictor().stream()
                .filter(c -> c.status() == Column.Status.OMITTED || c.status() == Column.Status.EMPTY).toList());
        columns = design.estimated().toArray(Column[]::new);
        predictorOf = Arrays.stream(columns).mapToInt(design::predictorOf).toArray();
        offset = design.offset().orElse(null);
        covariance = estimates.vcov().matrix();
        beta = estimates.coefficients().subList(0, design.fixed().size()).stream()
                .filter(c -> c.status() == Column.Status.ESTIMATED).mapToDouble(Coefficient::estimate).toArray();
        levels = new ArrayList<>(EffectLevels.of(design, estimates));
        residualVariance = design.residuals().isPresent() ? Double.NaN : estimates.varianceComponents().stream()
                .filter(c -> c.level().equals("Residual")).mapToDouble(VarianceComponent::estimate).findFirst()
                .orElse(Double.NaN);
        standardized = StandardizedResiduals.of(design, estimates).orElse(null);
        family = command == CommandName.MIXED ? null : FamilyChoice.of(design, estimates);
        outcomes = new ArrayList<>(family instanceof Ordinal o ? Arrays.stream(o.outcomes()).mapToObj(Ordinal::text).toList()
                : design.responseColumns().outcomes().map(Outcomes::names).orElse(List.of()));
        ancillary = family instanceof Gaussian ? new double[] {Math.log(residualVariance)}
                : estimates.coefficients().stream().filter(c -> c.term().startsWith("/"))
                        .mapToDouble(Coefficient::estimate).toArray();
    }

    /** The model of these results. */
    public static FittedModel of(Results results) {
        return new FittedModel(results.design(), results.estimates());
    }

    /** The command that fitted it. */
    CommandName command() {
        return command;
    }

    /** Names of what a row holds. */
    public List<String> sources() {
        return sources;
    }

    /** Place of the response among the sources. */
    public int response() {
        return response;
    }

    /** Place of the binomial denominator among the sources, or −1. */
    public int trials() {
        return trials;
    }

    /** The fixed-effects columns, those without a coefficient included; of several linear predictors those of one. */
    public List<Column> fixed() {
        return all;
    }

    /** The columns that were left out because of collinearity or without observations; of several linear predictors those of one. */
    public List<Column> omitted() {
        return omitted;
    }

    /** The p columns that have coefficients. */
    public Column[] columns() {
        return columns;
    }

    /** How many of these are in the first linear predictor; every other has the same. */
    public int ownColumns() {
        return (int) Arrays.stream(predictorOf).filter(e -> e == 0).count();
    }

    /** The linear predictor that column j is in, from 0. */
    public int predictorOf(int j) {
        return predictorOf[j];
    }

    /** The family of a response with several linear predictors. */
    public Optional<Multinomial> multinomial() {
        return family().filter(Multinomial.class::isInstance).map(Multinomial.class::cast);
    }

    /** The outcomes of a categorical response by name, in order; none of other responses. */
    public List<String> outcomes() {
        return outcomes;
    }

    /** β, p values. */
    double[] beta() {
        return beta;
    }

    /** Var(θ̂), row by row. */
    public double[][] covariance() {
        return covariance;
    }

    /** Offset or exposure. */
    public Optional<Design.Offset> offset() {
        return Optional.ofNullable(offset);
    }

    /** The levels that have random effects, outermost first. */
    public List<EffectLevel> levels() {
        return levels;
    }

    /** The family; empty after {@code mixed}. */
    public Optional<Family> family() {
        return Optional.ofNullable(family);
    }

    /** The ancillary parameters of the family. */
    public double[] ancillary() {
        return ancillary;
    }

    /** Place of an ancillary parameter among θ. */
    public int ancillaryPlace(int a) {
        return family instanceof Gaussian ? covariance.length - 1 : beta.length + a;
    }

    /** Its derivative in that parameter: the residual variance of a Gaussian response is estimated as the log of its root. */
    public double ancillarySlope() {
        return family instanceof Gaussian ? 2 : 1;
    }

    /** σ² of independent residuals of one variance; NaN otherwise. */
    double residualVariance() {
        return residualVariance;
    }

    /** How residuals with several variances or correlations are standardized; empty for others. */
    Optional<StandardizedResiduals> standardized() {
        return Optional.ofNullable(standardized);
    }

    /** Writes the values of {@link #columns} to {@code x}. */
    void fill(double[] row, double[] x) {
        for (int j = 0; j < columns.length; j++) {
            x[j] = columns[j].value(row);
        }
    }

    /** xβ of a linear predictor, the columns of all being given. */
    public double linear(double[] x, int predictor) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += predictorOf[j] == predictor ? beta[j] * x[j] : 0;
        }
        return sum;
    }

    /** xβ of a linear predictor of a row. */
    double linearOf(double[] row, int predictor) {
        double sum = 0;
        for (int j = 0; j < columns.length; j++) {
            sum += predictorOf[j] == predictor ? beta[j] * columns[j].value(row) : 0;
        }
        return sum;
    }

    /** The offset; 0 where there is none. */
    public double offset(double[] row) {
        return offset == null ? 0 : offset.logarithm() ? Math.log(row[offset.source()]) : row[offset.source()];
    }

    /** Cov(xβ̂) of two linear predictors, the columns of all being given. */
    double linearCovariance(double[] x, int first, int second) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            if (predictorOf[i] != first || x[i] == 0) {
                continue;
            }
            double row = 0;
            for (int j = 0; j < x.length; j++) {
                row += predictorOf[j] == second ? covariance[i][j] * x[j] : 0;
            }
            sum += x[i] * row;
        }
        return sum;
    }

    /** Σ_ℓ z'Σz: the variance of η where nothing is known of the groups. */
    double randomVariance(double[] row) {
        double sum = 0;
        for (EffectLevel level : levels) {
            sum += level.variance(row);
        }
        return sum;
    }

    /** The binomial denominator of a row; 1 for other responses. */
    public double trials(double[] row) {
        return trials >= 0 ? row[trials] : Double.isNaN(constantTrials) ? 1 : constantTrials;
    }
}
