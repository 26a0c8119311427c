package io.echelon.likelihood.generalized;

/**
 * The negative Hessian H = Σ w zz' of a node over the normals of its a ancestors and its own q, in this order, held in an array of
 * (a+q)² values as the factorisation sees fit; all zero at first. Eliminating the own normals leaves, with B and C the own block
 * and that beside it, the factor L of B, K = B⁻¹C, and for the ancestors the Schur complement.
 */
sealed interface NodeSystem permits CholeskySystem, QrSystem {
    /**
     * Adds w zz' of a row.
     *
     * @param z a+q values from {@code at}
     */
    void add(double w, double[] z, int at, int a, int q, double[] h);

    /** Adds a number to the diagonal of an own normal, from 0. */
    void addOwn(double w, int i, int a, int q, double[] h);

    /**
     * Eliminates the own normals.
     *
     * @param factor   takes L, q×q, from {@code f}
     * @param coupling takes K, q×a, from {@code k}
     * @return false where B is not positive definite; L is then the identity
     */
    boolean eliminate(int a, int q, double[] h, double[] factor, int f, double[] coupling, int k);

    /** Adds w times the Schur complement of an eliminated node to the system of its parent, whose own normals are the last p of the a. */
    void addUp(double w, int a, int q, double[] h, double[] coupling, int k, int p, double[] parent);

    /** L = I. */
    static void identity(double[] factor, int f, int q) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                factor[f + i * q + j] = i == j ? 1 : 0;
            }
        }
    }
}
