package io.echelon.linalg;

import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.util.Optional;
import org.netlib.util.intW;

/** {@link LargeSymmetric} by the BLAS and LAPACK of the system, through netlib. */
public final class NativeSymmetric implements LargeSymmetric {
    /** The lower triangle row by row is the upper triangle column by column. */
    private static final String TRIANGLE = "U";
    private static final int TRIAL = 384;
    /** Multiply-adds a nanosecond that plain Java reaches on one core; the reference BLAS stays well below. */
    private static final double JAVA_SPEED = 3;

    private final NativeBLAS blas;
    private final NativeLAPACK lapack;

    private NativeSymmetric(NativeBLAS blas, NativeLAPACK lapack) {
        this.blas = blas;
        this.lapack = lapack;
    }

    /** The libraries of the system, when there are any. */
    static Optional<NativeSymmetric> installed() {
        try {
            return Optional.of(new NativeSymmetric(NativeBLAS.getInstance(), NativeLAPACK.getInstance()));
        } catch (RuntimeException | LinkageError absent) {
            return Optional.empty();
        }
    }

    /** The libraries of the system when a trial factorisation is faster than plain Java would be. */
    static Optional<NativeSymmetric> optimised() {
        return installed().filter(library -> library.trialSpeed() > JAVA_SPEED);
    }

    private double trialSpeed() {
        double best = 0;
        for (int trial = 0; trial < 3; trial++) {
            double[] a = new double[TRIAL * TRIAL];
            for (int i = 0; i < TRIAL; i++) {
                a[i * TRIAL + i] = 1;
            }
            long start = System.nanoTime();
            factor(a, TRIAL);
            best = Math.max(best, Math.pow(TRIAL, 3) / 6 / (System.nanoTime() - start));
        }
        return best;
    }

    @Override
    public boolean factor(double[] a, int n) {
        intW info = new intW(0);
        lapack.dpotrf(TRIANGLE, n, a, n, info);
        return info.val == 0;
    }

    @Override
    public void invert(double[] l, int n) {
        lapack.dpotri(TRIANGLE, n, l, n, new intW(0));
    }

    @Override
    public void multiply(double[] a, double[] b, double[] c, int n) {
        // Row by row C = A B is, column by column, C' = B' A.
        blas.dsymm("R", TRIANGLE, n, n, 1, a, n, b, n, 0, c, n);
    }
}
