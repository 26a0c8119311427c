package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.LevelCovariance;
import io.echelon.linalg.Cholesky;
import io.echelon.linalg.LargeSymmetric;
import io.echelon.linalg.Packed;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The mixed-model equations at given relative covariance matrices Ψ_t = Σ_t/σ² of the terms: V = σ²H with
 * H = I + Σ_t Z_t(I ⊗ Ψ_t)Z_t'. The leaf effects are eliminated node by node into the dense system of the root effects,
 * that into [X y] (Bates, Mächler, Bolker and Walker 2015, J. Stat. Softw. 67(1), section 3, with the first block sparse
 * and the rest dense). Left are A = X'H⁻¹X, β̂ = A⁻¹X'H⁻¹y and Q = (y − Xβ̂)'H⁻¹(y − Xβ̂).
 *
 * <p>One object serves one point at a time, because the large matrix is used again from point to point.
 */
final class CrossedSystem {
    private final CrossedMoments moments;
    private final int p;
    private final int side;
    private final LeafElimination leaf;
    private final RootMatrix root;
    /** Z'[x y] of the leaf, q × (p+1) a node. */
    private final double[] leafFixed;

    private LevelCovariance[] covariance;
    private RootColumns columns;
    /** W_c[x y] and G W_c[x y], m × (p+1). */
    private double[] rootFixed;
    private double[] rootEffects;
    private double logDeterminant;
    private Cholesky a;
    private double[] beta;
    private double quadratic;

    CrossedSystem(CrossedMoments moments, LargeSymmetric algebra) {
        this.moments = moments;
        p = moments.layout().fixed();
        side = p + 1;
        leaf = new LeafElimination(moments);
        root = new RootMatrix(moments.rootColumns(), algebra);
        leafFixed = moments.leafFixed();
    }

    /**
     * Moves to a point: one covariance a term, in the order of the terms. Returns false where the regressors are collinear
     * or the point is out of bounds.
     */
    boolean moveTo(LevelCovariance[] covariance) {
        this.covariance = covariance.clone();
        int m = moments.rootColumns();
        leaf.factor(covariance[moments.leafTerm()]);
        fillRoot(root.array(), m);
        leaf.subtractFrom(root.array(), m, leaf.m());
        columns = new RootColumns(moments, covariance);
        double rootLog = root.factor(columns);
        if (Double.isNaN(rootLog)) {
            return false;
        }
        rootFixed = moments.rootFixed().clone();
        leaf.reduce(leafFixed, rootFixed, side);
        double[] u = root.forward(rootFixed, side);
        double[][] rest = fixedRest(u, m);
        rootEffects = root.backward(u, side);
        Optional<Cholesky> factor = Cholesky.of(cut(rest, p));
        if (factor.isEmpty()) {
            return false;
        }
        a = factor.get();
        double[] b = Arrays.copyOf(rest[p], p);
        beta = a.solve(b);
        quadratic = rest[p][p];
        for (int i = 0; i < p; i++) {
            quadratic -= b[i] * beta[i];
        }
        logDeterminant = leaf.logDeterminant() + rootLog;
        return true;
    }

    /** Lower triangle := Z_c'Z_c. */
    private void fillRoot(double[] array, int m) {
        CrossedMoments.Sparse base = moments.root();
        IntStream.range(0, m).parallel().forEach(i -> {
            Arrays.fill(array, i * m, i * m + i + 1, 0);
            for (int k = base.start()[i]; k < base.start()[i + 1]; k++) {
                array[i * m + base.column()[k]] = base.value()[k];
            }
        });
    }

    /** [X y]'H⁻¹[X y]. */
    private double[][] fixedRest(double[] u, int m) {
        double[][] rest = Packed.unpack(moments.fixed(), side);
        int q = leaf.q;
        double[] mz = new double[q * side];
        for (int node = 0; node < leaf.nodes; node++) {
            int at = node * q * side;
            leaf.times(leaf.m(), node, leafFixed, mz, side);
            for (int i = 0; i < q; i++) {
                subtractProduct(rest, leafFixed, at + i * side, mz, i * side);
            }
        }
        for (int i = 0; i < m; i++) {
            subtractProduct(rest, u, i * side, u, i * side);
        }
        return rest;
    }

    private void subtractProduct(double[][] rest, double[] x, int atX, double[] y, int atY) {
        for (int r = 0; r < side; r++) {
            double v = x[atX + r];
            for (int s = 0; s < side; s++) {
                rest[r][s] -= v * y[atY + s];
            }
        }
    }

    private static double[][] cut(double[][] full, int size) {
        double[][] part = new double[size][];
        for (int i = 0; i < size; i++) {
            part[i] = Arrays.copyOf(full[i], size);
        }
        return part;
    }

    /** log|H|. */
    double logDeterminant() {
        return logDeterminant;
    }

    /** Q. */
    double quadratic() {
        return quadratic;
    }

    /** β̂, p values. */
    double[] beta() {
        return beta;
    }

    /** The factor of A. */
    Cholesky factor() {
        return a;
    }

    CrossedMoments moments() {
        return moments;
    }

    LevelCovariance covariance(int term) {
        return covariance[term];
    }

    RootColumns columns() {
        return columns;
    }

    LeafElimination leaf() {
        return leaf;
    }

    RootMatrix root() {
        return root;
    }

    /**
     * Makes the relative covariance matrix of the root effects and returns Z'H⁻¹[X r] for all random effects, with
     * r = y − Xβ̂. Overwrites the factor of the root: {@link #moveTo} begins anew.
     */
    EffectColumns invert() {
        root.invert();
        EffectColumns solved = solved(rootFixed, leafFixed, rootEffects, side);
        foldResidual(solved.root());
        foldResidual(solved.leaf());
        return solved;
    }

    /** The column of y becomes that of r. */
    private void foldResidual(double[] columnsOfXy) {
        for (int at = 0; at < columnsOfXy.length; at += side) {
            for (int i = 0; i < p; i++) {
                columnsOfXy[at + p] -= columnsOfXy[at + i] * beta[i];
            }
        }
    }

    /** After {@link #invert}: Z'H⁻¹F for r columns F of which Z'F is given. */
    EffectColumns solve(EffectColumns crossProducts) {
        int r = crossProducts.r();
        double[] reduced = crossProducts.root().clone();
        leaf.reduce(crossProducts.leaf(), reduced, r);
        return solved(reduced, crossProducts.leaf(), root.timesG(reduced, r), r);
    }

    private EffectColumns solved(double[] reduced, double[] leafSide, double[] effects, int r) {
        double[] solved = reduced.clone();
        double[] share = root.timesW(effects, r);
        for (int i = 0; i < solved.length; i++) {
            solved[i] -= share[i];
        }
        return new EffectColumns(solved, leaf.solve(leafSide, effects, r), r);
    }
}
