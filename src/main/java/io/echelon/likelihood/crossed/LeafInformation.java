package io.echelon.likelihood.crossed;

/**
 * Information of the effects of one leaf node: H = Z'H₀⁻¹Z = N'C from its own rows, and what the root takes of it,
 * R = N'B G B'N, so that Z'H⁻¹Z = H − R. All q×q, row by row.
 */
final class LeafInformation {
    private final LeafElimination leaf;
    private final RootMatrix root;
    private final int q;
    final double[] own;
    final double[] taken;
    private final double[] share;
    private final double[] half;
    private final double[] n;

    LeafInformation(LeafElimination leaf, RootMatrix root) {
        this.leaf = leaf;
        this.root = root;
        q = leaf.q;
        own = new double[q * q];
        taken = new double[q * q];
        share = new double[q * q];
        half = new double[q * q];
        n = new double[q * q];
    }

    /** Computes both for a node. */
    void at(int node) {
        leaf.rootShare(node, root, share);
        int at = node * q * q;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                n[i * q + j] = leaf.n()[at + j * q + i];
            }
        }
        leaf.multiply(n, 0, leaf.c(), at, own, 0);
        leaf.multiply(n, 0, share, 0, half, 0);
        leaf.multiply(half, 0, leaf.n(), at, taken, 0);
    }

    /** Ψ_y = M + M B G B' M of a node: the relative covariance matrix of its effects given the data. */
    void given(int node, double[] result) {
        leaf.rootShare(node, root, share);
        int at = node * q * q;
        leaf.multiply(leaf.m(), at, share, 0, half, 0);
        leaf.multiply(half, 0, leaf.m(), at, result, 0);
        for (int i = 0; i < q * q; i++) {
            result[i] += leaf.m()[at + i];
        }
    }
}
