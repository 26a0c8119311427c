package io.echelon.likelihood;

import io.echelon.linalg.Packed;
import java.io.Serializable;

/** Groups that share their C_zz: their number and the sum of their cross-products, a packed triangle. */
class SummedPattern implements Serializable {
    private static final long serialVersionUID = 1L;
    /** The C_zz they share. */
    final double[] zz;
    final double[] products;
    long groups;

    /** No groups yet, of cross-products of so many columns. */
    SummedPattern(double[] zz, int side) {
        this.zz = zz;
        products = new double[Packed.size(side)];
    }

    /** Adds the groups of another part with the same C_zz. */
    final void add(SummedPattern other) {
        groups += other.groups;
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
    }
}
