package io.echelon.linalg;

/**
 * Dense algebra for large symmetric matrices, n×n, row by row. Only the lower triangle of the symmetric argument is read
 * and written, so that callers may keep something else above the diagonal.
 */
public sealed interface LargeSymmetric permits JavaSymmetric, NativeSymmetric {
    /** The largest n whose n² elements fit in one array. */
    int MAX_SIZE = 46_340;

    /** Replaces A by L with A = LL'; false when A is not positive definite, whose content is then lost. */
    boolean factor(double[] a, int n);

    /** Replaces L by the lower triangle of (LL')⁻¹. */
    void invert(double[] l, int n);

    /** C := A B for symmetric A (lower triangle) and full B (n×n). */
    void multiply(double[] a, double[] b, double[] c, int n);

    /** The fastest at hand: the system's BLAS and LAPACK when they are optimised ones, plain Java otherwise. */
    static LargeSymmetric fastest() {
        return Choice.FASTEST;
    }

    /** Measures once, at first use. */
    final class Choice {
        private static final LargeSymmetric FASTEST =
                NativeSymmetric.optimised().<LargeSymmetric>map(n -> n).orElseGet(JavaSymmetric::new);

        private Choice() {}
    }
}
