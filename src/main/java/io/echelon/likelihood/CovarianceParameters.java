package io.echelon.likelihood;

import io.echelon.covariance.Covariance;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.design.Residuals;
import io.echelon.group.Standardization;
import io.echelon.linalg.Cholesky;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of the random part of a linear mixed model, in three forms:
 * <ul>
 * <li>natural θ: variances and covariances of each equation, outermost level first, then the parameters of the residual
 *     structure, then σ²;
 * <li>unconstrained a: those of {@link Covariance}, then those of the residual structure, then ln σ;
 * <li>relative ψ: Ψ = Σ/σ² = Σ_k ψ_k B_k, with θ_k/σ² for each natural parameter and, for a level whose Σ has a part
 *     that is held fixed, 1/σ² as a further one; then the parameters of the residual structure.
 * </ul>
 * The parameters of a residual structure, which are unconstrained and relative to σ² by themselves, are the same in all
 * three.
 */
public final class CovarianceParameters {
    /**
     * One equation.
     *
     * @param level      level, from 0
     * @param equation   number within its level, from 0
     * @param covariance structure, with unconstrained parameters suited to where the maximisation is
     * @param column     its first column among those of the level
     * @param first      its first natural parameter
     */
    public record Block(int level, int equation, Effects effects, Covariance covariance, int column, int first) {
        private Block ordered(double[] natural, Standardization standardization) {
            double[][] sigma = covariance.matrix(of(natural));
            double[] sizes = new double[sigma.length];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = sigma[i][i] * standardization.meanSquare(level, column + i);
            }
            return new Block(level, equation, effects, covariance.ordered(sizes), column, first);
        }

        /** Its share of the parameters in either form. */
        public double[] of(double[] parameters) {
            return Arrays.copyOfRange(parameters, first, first + covariance.parameters());
        }
    }

    private final List<Block> blocks;
    private final Standardization standardization;
    private final int levels;
    private final int count;
    private final Optional<ResidualModel> residual;
    private final Optional<ResidualModel> curved;
    /** For each ψ, its natural parameter, or -1 for the fixed part of a level. */
    private final int[] naturalOf;
    private final int[] firstOf;
    private final int[] effects;
    private final double[][][] bases;
    private final double[][][] maps;

    /** The parameters of a design whose columns are standardised as given. */
    public CovarianceParameters(Design design, Standardization standardization) {
        this.standardization = standardization;
        blocks = new ArrayList<>();
        levels = design.levels().size();
        firstOf = new int[levels];
        effects = new int[levels];
        bases = new double[levels][][];
        maps = new double[levels][][];
        List<Integer> natural = new ArrayList<>();
        int next = 0;
        for (int l = 0; l < levels; l++) {
            Level level = design.levels().get(l);
            effects[l] = level.columns().size();
            maps[l] = standardization.effectsMap(l);
            firstOf[l] = natural.size();
            List<double[]> basesOfLevel = new ArrayList<>();
            double[][] constant = new double[effects[l]][effects[l]];
            boolean anyConstant = false;
            int column = 0;
            for (int e = 0; e < level.effects().size(); e++) {
                Effects equation = level.effects().get(e);
                Covariance covariance = equation.covariance();
                blocks.add(new Block(l, e, equation, covariance, column, next));
                for (int k = 0; k < covariance.parameters(); k++) {
                    basesOfLevel.add(standardised(l, column, covariance.basis(k)));
                    natural.add(next++);
                }
                anyConstant |= place(covariance.constant(), column, constant);
                column += covariance.dimension();
            }
            if (anyConstant) {
                basesOfLevel.add(standardised(l, 0, constant));
                natural.add(-1);
            }
            bases[l] = basesOfLevel.toArray(double[][]::new);
        }
        residual = design.residuals().map(Residuals::model);
        curved = residual.filter(r -> design.curved()).map(r -> r.whole(true));
        count = next + residual.map(ResidualModel::parameters).orElse(0);
        naturalOf = natural.stream().mapToInt(Integer::intValue).toArray();
    }

    private CovarianceParameters(CovarianceParameters other, List<Block> blocks) {
        this.blocks = blocks;
        standardization = other.standardization;
        levels = other.levels;
        count = other.count;
        naturalOf = other.naturalOf;
        firstOf = other.firstOf;
        effects = other.effects;
        bases = other.bases;
        maps = other.maps;
        residual = other.residual;
        curved = other.curved;
    }

    /** The same natural parameters with unconstrained ones that suit the neighbourhood of given natural ones. */
    public CovarianceParameters ordered(double[] natural) {
        return new CovarianceParameters(this, blocks.stream().map(b -> b.ordered(natural, standardization)).toList());
    }

    private static boolean place(double[][] from, int column, double[][] to) {
        boolean any = false;
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < from.length; j++) {
                to[column + i][column + j] = from[i][j];
                any |= from[i][j] != 0;
            }
        }
        return any;
    }

    /** A B A' for a block B that starts at a column of its level, row by row. */
    private double[] standardised(int level, int column, double[][] b) {
        int q = effects[level];
        double[][] a = maps[level];
        double[] out = new double[q * q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int r = 0; r < b.length; r++) {
                    for (int s = 0; s < b.length; s++) {
                        out[i * q + j] += a[i][column + r] * b[r][s] * a[j][column + s];
                    }
                }
            }
        }
        return out;
    }

    /** The equations, outermost level first. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Parameters but σ². */
    public int count() {
        return count;
    }

    /** The residual structure. */
    public Optional<ResidualModel> residual() {
        return residual;
    }

    /** The residual structure with parameters for its second derivatives, where degrees of freedom need them. */
    public Optional<ResidualModel> curved() {
        return curved;
    }

    /** Place of the first parameter of the residual structure among the natural and unconstrained ones. */
    public int firstResidual() {
        return count - residual.map(ResidualModel::parameters).orElse(0);
    }

    /** The parameters of the residual structure. */
    public double[] ofResidual(double[] parameters) {
        return Arrays.copyOfRange(parameters, firstResidual(), count);
    }

    /** Parameters in relative form. */
    public int relativeCount() {
        return naturalOf.length + count - firstResidual();
    }

    /** The relative covariance matrices of all levels. */
    public LevelCovariance[] relative(double[] natural) {
        LevelCovariance[] all = new LevelCovariance[levels];
        for (int l = 0; l < levels; l++) {
            double[] value = new double[effects[l] * effects[l]];
            for (int k = 0; k < bases[l].length; k++) {
                double psi = numerator(firstOf[l] + k, natural) / natural[count];
                for (int i = 0; i < value.length; i++) {
                    value[i] += psi * bases[l][k][i];
                }
            }
            all[l] = new LevelCovariance(effects[l], firstOf[l], value, bases[l]);
        }
        return all;
    }

    private double numerator(int k, double[] natural) {
        return naturalOf[k] < 0 ? 1 : natural[naturalOf[k]];
    }

    /** Derivatives of (ψ, σ²) (rows) with respect to the natural parameters (columns). */
    public double[][] relativeJacobian(double[] natural) {
        int k = relativeCount();
        double s = natural[count];
        double[][] jacobian = new double[k + 1][count + 1];
        jacobian[k][count] = 1;
        for (int i = naturalOf.length; i < k; i++) {
            jacobian[i][firstResidual() + i - naturalOf.length] = 1;
        }
        for (int i = 0; i < naturalOf.length; i++) {
            if (naturalOf[i] >= 0) {
                jacobian[i][naturalOf[i]] = 1 / s;
            }
            jacobian[i][count] = -numerator(i, natural) / (s * s);
        }
        return jacobian;
    }

    /**
     * Derivatives with respect to the natural parameters of a function given by those with respect to (ψ, σ²), by the
     * chain rule through ψ_k = θ_k/σ².
     */
    public Derivatives toNatural(Derivatives relative, double[] natural) {
        double[][] jacobian = relativeJacobian(natural);
        double s = natural[count];
        Derivatives out = relative.through(jacobian);
        for (int i = 0; i < naturalOf.length; i++) {
            double g = relative.gradient()[i];
            out.hessian()[count][count] += g * 2 * numerator(i, natural) / (s * s * s);
            if (naturalOf[i] >= 0) {
                out.hessian()[count][naturalOf[i]] -= g / (s * s);
                out.hessian()[naturalOf[i]][count] -= g / (s * s);
            }
        }
        return out;
    }

    /** Derivatives with respect to the unconstrained parameters, from those with respect to the natural ones. */
    public Derivatives toUnconstrained(Derivatives natural, double[] a) {
        double[][] jacobian = jacobian(a);
        Derivatives out = natural.through(jacobian);
        for (Block b : blocks) {
            for (int k = 0; k < b.covariance().parameters(); k++) {
                double g = natural.gradient()[b.first() + k];
                double[][] c = b.covariance().curvature(k);
                for (int i = 0; i < c.length; i++) {
                    for (int j = 0; j < c.length; j++) {
                        out.hessian()[b.first() + i][b.first() + j] += g * c[i][j];
                    }
                }
            }
        }
        out.hessian()[count][count] += natural.gradient()[count] * 4 * Math.exp(2 * a[count]);
        return out;
    }

    /** Derivatives of the natural parameters (rows) with respect to the unconstrained ones (columns). */
    public double[][] jacobian(double[] a) {
        double[][] jacobian = new double[count + 1][count + 1];
        for (Block b : blocks) {
            place(b.covariance().jacobian(b.of(a)), b.first(), jacobian);
        }
        for (int i = firstResidual(); i < count; i++) {
            jacobian[i][i] = 1;
        }
        jacobian[count][count] = 2 * Math.exp(2 * a[count]);
        return jacobian;
    }

    /** Natural parameters. */
    public double[] natural(double[] a) {
        double[] natural = new double[count + 1];
        for (Block b : blocks) {
            double[] theta = b.covariance().natural(b.of(a));
            System.arraycopy(theta, 0, natural, b.first(), theta.length);
        }
        System.arraycopy(a, firstResidual(), natural, firstResidual(), count - firstResidual());
        natural[count] = Math.exp(2 * a[count]);
        return natural;
    }

    /** Unconstrained parameters. */
    public double[] unconstrained(double[] natural) {
        double[] a = new double[count + 1];
        for (Block b : blocks) {
            double[] part = b.covariance().unconstrained(b.of(natural));
            System.arraycopy(part, 0, a, b.first(), part.length);
        }
        System.arraycopy(natural, firstResidual(), a, firstResidual(), count - firstResidual());
        a[count] = Math.log(natural[count]) / 2;
        return a;
    }

    /** Whether every covariance matrix is positive semidefinite and σ² is positive and finite. */
    public boolean feasible(double[] natural) {
        double s = natural[count];
        return s > 0 && !Double.isInfinite(s)
                && blocks.stream().allMatch(b -> b.covariance().feasible(b.of(natural)));
    }

    /**
     * One EM iteration (Laird and Ware, Biometrics 38, 1982), written with the derivatives of −2ℓ: for J groups the
     * expected cross-products of the effects are Σ − Σ(∂(−2ℓ)/∂Σ)Σ/J, and θ moves to fit them by
     * θ − I⁻¹ ∂(−2ℓ)/∂θ / J with I_kl = tr(Σ⁻¹B_kΣ⁻¹B_l); σ² moves to σ² − σ⁴ ∂(−2ℓ)/∂σ² / n; the parameters of the
     * residual structure stay.
     *
     * @param gradient derivatives of −2ℓ with respect to the natural parameters
     * @param groups   groups of each level
     * @param n        observations
     */
    public double[] emStep(double[] natural, double[] gradient, long[] groups, long n) {
        double[] next = natural.clone();
        for (Block b : blocks) {
            double[] theta = b.of(natural);
            Cholesky.of(b.covariance().matrix(theta)).flatMap(sigma -> Cholesky.of(information(b, sigma.inverse())))
                    .ifPresent(information -> {
                        double[] step = information.solve(b.of(gradient));
                        for (int k = 0; k < step.length; k++) {
                            next[b.first() + k] -= step[k] / groups[b.level()];
                        }
                    });
        }
        double s = natural[count];
        next[count] = s - s * s * gradient[count] / n;
        return next;
    }

    private static double[][] information(Block block, double[][] sigmaInverse) {
        int m = block.covariance().parameters();
        int q = sigmaInverse.length;
        double[][][] product = new double[m][q][q];
        for (int k = 0; k < m; k++) {
            double[][] basis = block.covariance().basis(k);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int l = 0; l < q; l++) {
                        product[k][i][j] += sigmaInverse[i][l] * basis[l][j];
                    }
                }
            }
        }
        double[][] information = new double[m][m];
        for (int k = 0; k < m; k++) {
            for (int l = 0; l < m; l++) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        information[k][l] += product[k][i][j] * product[l][j][i];
                    }
                }
            }
        }
        return information;
    }
}
