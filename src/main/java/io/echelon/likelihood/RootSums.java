package io.echelon.likelihood;

import io.echelon.linalg.Packed;
import java.io.Serializable;

/**
 * Places of what a sweep over the groups sums up, as one vector.
 *
 * <p>The sweep for values sums log|V/σ²| and the update of the cross-products of [x y] (packed) that turns them into
 * [x y]'(V/σ²)⁻¹[x y]. The sweep for derivatives works with residuals e = y − xβ̂ in place of y and sums, for the k
 * parameters ψ: first and second derivatives of log|V/σ²| and of e'(V/σ²)⁻¹e, first derivatives of x'(V/σ²)⁻¹e and,
 * for restricted likelihood, first derivatives of x'(V/σ²)⁻¹x (packed) and the trace of its second ones, with x scaled so
 * that x'(V/σ²)⁻¹x is the identity.
 *
 * @param p    fixed-effects columns
 * @param k    parameters ψ
 * @param reml restricted likelihood
 * @param full whether second derivatives of x'(V/σ²)⁻¹x are wanted whole, beside their trace
 */
public record RootSums(int p, int k, boolean reml, boolean full) implements Serializable {
    int valueLength() {
        return 1 + Packed.size(p + 1);
    }

    /** Place of a first derivative of log|V/σ²|. */
    public int logDeterminant(int i) {
        return i;
    }

    /** Place of a second derivative of log|V/σ²|. */
    public int logDeterminant(int i, int j) {
        return k + Packed.index(i, j);
    }

    private int afterDeterminant() {
        return k + Packed.size(k);
    }

    int ee(int i) {
        return afterDeterminant() + i;
    }

    int ee(int i, int j) {
        return afterDeterminant() + k + Packed.index(i, j);
    }

    /** Start of the p derivatives of x'e with respect to parameter i. */
    int xe(int i) {
        return 2 * afterDeterminant() + i * p;
    }

    private int afterCross() {
        return 2 * afterDeterminant() + k * p;
    }

    int trace(int i, int j) {
        return afterCross() + Packed.index(i, j);
    }

    /** Start of the packed derivative of x'x with respect to parameter i. */
    public int xx(int i) {
        return afterCross() + Packed.size(k) + i * Packed.size(p);
    }

    /** Start of the packed derivative of x'x with respect to parameters i and j. */
    public int xx(int i, int j) {
        return xx(k) + Packed.index(i, j) * Packed.size(p);
    }

    /** Length of the vector of derivatives. */
    public int derivativeLength() {
        return full ? xx(k) + Packed.size(k) * Packed.size(p) : reml ? xx(k) : afterCross();
    }
}
