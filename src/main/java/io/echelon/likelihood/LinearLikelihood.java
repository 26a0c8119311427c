package io.echelon.likelihood;

import io.echelon.group.LocalParts;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.linalg.Cholesky;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Packed;
import io.echelon.residual.ResidualModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The (restricted) likelihood of a linear mixed model with nested levels, from cross-products. With V = σ²V_ψ,
 * A = X'V_ψ⁻¹X and Q = min over β of (y − Xβ)'V_ψ⁻¹(y − Xβ):
 *
 * <pre>
 *   −2ℓ_ML   = n log 2πσ² + log|V_ψ| + Q/σ²
 *   −2ℓ_REML = (n − p) log 2πσ² + log|V_ψ| + log|A| + Q/σ²
 * </pre>
 *
 * An evaluation is one sweep over the groups, its derivatives a second one.
 */
public final class LinearLikelihood implements MixedLikelihood {
    /** Effects of one level up to which the closed form of {@link PatternSweep} is worth its q⁴ sums. */
    private static final int PATTERN_EFFECTS = 6;

    private final PartStore<Moments> parts;
    /** The parts, or few groups that have the same likelihood. */
    private final PartStore<Moments> swept;
    private final Optional<PartStore<Patterns>> patterns;
    private final boolean oneLevel;
    private final boolean structured;
    private final CovarianceParameters parameters;
    private final boolean reml;
    private final RootMoments root;
    private final RootSums places;
    private final double responseVariance;
    private final double constant;

    /**
     * @param parts           cross-products of whole top-level groups
     * @param root            the cross-products of [x y] of all parts
     * @param parameters      covariance parameters
     * @param standardization of the cross-products
     * @param reml            restricted likelihood
     * @param collapse        bring groups with the same C_zz together where it pays
     */
    public LinearLikelihood(PartStore<Moments> parts, RootMoments root, CovarianceParameters parameters,
                            Standardization standardization, boolean reml, boolean collapse) {
        this.parts = parts;
        this.root = root;
        this.parameters = parameters;
        this.reml = reml;
        places = new RootSums(root.p(), parameters.relativeCount(), reml, false);
        int[] effects = standardization.layout().effects();
        structured = parameters.residual().isPresent();
        oneLevel = effects.length == 1 && effects[0] <= PATTERN_EFFECTS && !structured && !root.weighted();
        patterns = oneLevel && collapse ? collapsed(parts) : Optional.empty();
        swept = collapse && structured && effects.length == 1 && effects[0] > 0 && !root.weighted() ? fewer(parts)
                : parts;
        double scale = standardization.responseScale();
        responseVariance = scale * scale;
        double degrees = degrees();
        constant = degrees * Math.log(2 * Math.PI) + 2 * degrees * Math.log(scale)
                + (reml ? 2 * standardization.logDeterminant() : 0);
    }

    /** The likelihood of a model without random effects. */
    public static MixedLikelihood withoutEffects(RootMoments root, CovarianceParameters parameters,
                                                 Standardization standardization, boolean reml) {
        return new LinearLikelihood(null, root, parameters, standardization, reml, false);
    }

    private static Optional<PartStore<Patterns>> collapsed(PartStore<Moments> parts) {
        PatternTable table = parts.aggregate(PatternTable::of, PatternTable::merge);
        return table.pays() ? Optional.of(new LocalParts<>(List.of(table.patterns()))) : Optional.empty();
    }

    private static PartStore<Moments> fewer(PartStore<Moments> parts) {
        SeriesTable table = parts.aggregate(SeriesTable::of, SeriesTable::merge);
        return table.pays() ? new LocalParts<>(List.of(table.moments())) : parts;
    }

    private double degrees() {
        return reml ? root.mass() - root.p() : root.mass();
    }

    @Override
    public Optional<Evaluation> evaluate(double[] natural) {
        if (!parameters.feasible(natural)) {
            return Optional.empty();
        }
        LevelCovariance[] relative = parameters.relative(natural);
        double[] sums = sweep(relative, parameters.ofResidual(natural)).values();
        int p = root.p();
        double[] products = structured ? new double[root.products().length] : root.products().clone();
        for (int i = 0; i < products.length; i++) {
            products[i] += sums[1 + i];
        }
        double[][] all = Packed.unpack(products, p + 1);
        double[][] a = new double[p][p];
        for (int i = 0; i < p; i++) {
            System.arraycopy(all[i], 0, a[i], 0, p);
        }
        return Cholesky.of(a).map(factor -> {
            double[] half = factor.solveLower(Arrays.copyOf(all[p], p));
            double distance = all[p][p];
            for (double h : half) {
                distance -= h * h;
            }
            double s = natural[parameters.count()] / responseVariance;
            double deviance = constant + degrees() * Math.log(s) + sums[0] + distance / s
                    + (reml ? factor.logDeterminant() : 0);
            return new Evaluation(natural, -deviance / 2, factor.solve(Arrays.copyOf(all[p], p)), factor,
                    distance);
        }).filter(e -> !Double.isNaN(e.value()) && !Double.isInfinite(e.value()));
    }

    private CompensatedSums sweep(LevelCovariance[] relative, double[] residual) {
        RootSums at = places;
        if (relative.length == 0 && !structured) {
            return new CompensatedSums(at.valueLength());
        }
        if (!oneLevel) {
            return swept.aggregate(part -> Elimination.values(part, relative, residual, at), CompensatedSums::merge);
        }
        LevelCovariance only = relative[0];
        if (patterns.isPresent()) {
            return patterns.get().aggregate(part -> PatternSweep.values(part, only, at), CompensatedSums::merge);
        }
        return parts.aggregate(part -> PatternSweep.values(Patterns.each(part), only, at), CompensatedSums::merge);
    }

    @Override
    public Derivatives derivatives(Evaluation evaluation) {
        int k = places.k();
        int p = places.p();
        double s = evaluation.natural()[parameters.count()] / responseVariance;
        double[] sums = derivativeSums(evaluation);
        double[] gradient = new double[k + 1];
        double[][] hessian = new double[k + 1][k + 1];
        double[][] cross = new double[k][];
        for (int i = 0; i < k; i++) {
            double[] xe = Arrays.copyOfRange(sums, places.xe(i), places.xe(i) + p);
            cross[i] = reml ? xe : evaluation.factor().solveLower(xe);
            gradient[i] = sums[places.logDeterminant(i)] + sums[places.ee(i)] / s + (reml ? FixedInformation.trace(sums, places.xx(i), p) : 0);
            hessian[i][k] = -sums[places.ee(i)] / (s * s);
            hessian[k][i] = hessian[i][k];
            for (int j = 0; j <= i; j++) {
                double inner = 0;
                for (int x = 0; x < p; x++) {
                    inner += cross[i][x] * cross[j][x];
                }
                double h = sums[places.logDeterminant(i, j)] + (sums[places.ee(i, j)] - 2 * inner) / s;
                if (reml) {
                    h += sums[places.trace(i, j)] - FixedInformation.product(sums, places.xx(i), places.xx(j), p);
                }
                hessian[i][j] = h;
                hessian[j][i] = h;
            }
        }
        double q = evaluation.distance();
        gradient[k] = degrees() / s - q / (s * s);
        hessian[k][k] = -degrees() / (s * s) + 2 * q / (s * s * s);
        inUnitsOfResponse(gradient, hessian);
        return parameters.toNatural(new Derivatives(gradient, hessian), evaluation.natural());
    }

    private void inUnitsOfResponse(double[] gradient, double[][] hessian) {
        int k = gradient.length - 1;
        gradient[k] /= responseVariance;
        for (int i = 0; i <= k; i++) {
            hessian[i][k] /= responseVariance;
            hessian[k][i] /= responseVariance;
        }
    }

    private double[] derivativeSums(Evaluation evaluation) {
        LevelCovariance[] relative = parameters.relative(evaluation.natural());
        RootSums at = places;
        RootCoordinates coordinates = new RootCoordinates(evaluation.beta(), reml ? evaluation.factor().lowerInverse() : null);
        if (relative.length == 0 && !structured) {
            return new double[at.derivativeLength()];
        }
        if (!oneLevel) {
            double[] residual = parameters.ofResidual(evaluation.natural());
            return swept.aggregate(part -> Elimination.derivatives(part, relative, residual, at, coordinates),
                    CompensatedSums::merge).values();
        }
        LevelCovariance only = relative[0];
        CompensatedSums sums = patterns.isPresent()
                ? patterns.get().aggregate(part -> PatternSweep.derivatives(part, only, at, coordinates),
                        CompensatedSums::merge)
                : parts.aggregate(part -> PatternSweep.derivatives(Patterns.each(part), only, at, coordinates),
                        CompensatedSums::merge);
        return sums.values();
    }

    @Override
    public FixedInformation fixedInformation(Evaluation evaluation) {
        RootSums full = new RootSums(places.p(), places.k(), true, true);
        LevelCovariance[] relative = parameters.relative(evaluation.natural());
        double[] residual = parameters.ofResidual(evaluation.natural());
        double[][] lowerInverse = evaluation.factor().lowerInverse();
        RootCoordinates coordinates = new RootCoordinates(evaluation.beta(), lowerInverse);
        double[] sums = relative.length == 0 && !structured ? new double[full.derivativeLength()]
                : swept.aggregate(part -> Elimination.derivatives(part, relative, residual, full, coordinates),
                        CompensatedSums::merge).values();
        Optional<Curvature> curvature = parameters.curved().map(model -> curvature(model, relative, evaluation, coordinates));
        return FixedInformation.of(sums, full, parameters, evaluation, lowerInverse, responseVariance, degrees(), curvature);
    }

    private Curvature curvature(ResidualModel model, LevelCovariance[] relative, Evaluation evaluation,
                                RootCoordinates coordinates) {
        ResidualModel base = parameters.residual().orElseThrow();
        double[] own = parameters.ofResidual(evaluation.natural());
        double[] residual = new double[model.parameters()];
        for (int c = 0; c < base.structures().size(); c++) {
            int[] from = base.variables(c);
            for (int i = 0; i < from.length; i++) {
                residual[model.variables(c)[i]] = own[from[i]];
            }
        }
        RootSums at = new RootSums(places.p(), places.k() - own.length + residual.length, true, false);
        double[] sums = swept.aggregate(part -> Elimination.derivatives(part.withResiduals(model), relative, residual, at,
                coordinates), CompensatedSums::merge).values();
        return Curvature.of(sums, at, parameters, evaluation, responseVariance, root.mass());
    }

    @Override
    public GroupScores scores(Evaluation evaluation) {
        return parts.aggregate(ScoreSweep.at(parameters, evaluation.natural(), evaluation.beta(), responseVariance),
                GroupScores::merge);
    }
}
