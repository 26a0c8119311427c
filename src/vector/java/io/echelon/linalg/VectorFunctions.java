package io.echelon.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link ElementaryFunctions} by the Vector API of Java 17, as many numbers at a time as a register of this machine holds. */
public final class VectorFunctions implements ElementaryFunctions {
    private static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() <= LANES ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_512;
    private static final int STEP = SPECIES.length();

    private final ScalarFunctions scalar = new ScalarFunctions();

    @Override
    public void exp(double[] a, int n) {
        if (ElementaryFunctions.room(n) > a.length) {
            scalar.exp(a, n);
            return;
        }
        for (int i = 0; i < n; i += STEP) {
            DoubleVector.fromArray(SPECIES, a, i).lanewise(VectorOperators.EXP).intoArray(a, i);
        }
    }

    @Override
    public void log(double[] a, int n) {
        if (ElementaryFunctions.room(n) > a.length) {
            scalar.log(a, n);
            return;
        }
        for (int i = 0; i < n; i += STEP) {
            DoubleVector.fromArray(SPECIES, a, i).lanewise(VectorOperators.LOG).intoArray(a, i);
        }
    }

    /** See {@link ScalarFunctions#log1p(double)}; an infinite a makes ∞/∞ of the correction. */
    @Override
    public void log1p(double[] a, int n) {
        if (ElementaryFunctions.room(n) > a.length) {
            scalar.log1p(a, n);
            return;
        }
        for (int i = 0; i < n; i += STEP) {
            DoubleVector e = DoubleVector.fromArray(SPECIES, a, i);
            DoubleVector u = e.add(1);
            VectorMask<Double> nothing = u.compare(VectorOperators.EQ, 1);
            u.lanewise(VectorOperators.LOG).mul(e).div(u.sub(1)).blend(e, nothing).intoArray(a, i);
        }
    }
}
