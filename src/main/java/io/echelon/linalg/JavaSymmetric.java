package io.echelon.linalg;

import java.util.Arrays;

/** {@link LargeSymmetric} in plain Java on all cores. */
public final class JavaSymmetric implements LargeSymmetric {
    @Override
    public boolean factor(double[] a, int n) {
        return new BlockedCholesky(a, n).factor();
    }

    @Override
    public void invert(double[] l, int n) {
        new BlockedCholesky(l, n).invert();
    }

    @Override
    public void multiply(double[] a, double[] b, double[] c, int n) {
        Arrays.fill(c, 0, n * n, 0);
        BlockedProduct.addSymmetric(a, b, c, n);
    }
}
