package io.echelon.group;

import io.echelon.error.EchelonException;
import io.echelon.spec.LinearOptions.PwScale;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What the weights of rows and groups mean. Sampling weights of rows may be scaled within their group of n rows
 * (Rabe-Hesketh and Skrondal, JRSS A 169, 2006): by n/Σw (size), by Σw/Σw² (effective), or set to 1 with the weight of the
 * group multiplied by Σw/n (Graubard and Korn 1996).
 *
 * @param frequency whether weights are numbers of equal rows or groups
 * @param scale     scaling, or null for none
 */
public record WeightScaling(boolean frequency, PwScale scale) implements Serializable {
    /** No weights. */
    public static WeightScaling none() {
        return new WeightScaling(false, null);
    }

    /** Weights of the rows of a group. */
    double[] rows(GroupBlock block, int from, int to) {
        double[] w = new double[to - from];
        for (int i = 0; i < w.length; i++) {
            w[i] = checked(block.weight(from + i));
        }
        if (scale == null) {
            return w;
        }
        double sum = Arrays.stream(w).sum();
        double factor = scale == PwScale.SIZE ? w.length / sum : sum / Arrays.stream(w).map(v -> v * v).sum();
        return Arrays.stream(w).map(v -> scale == PwScale.GK ? 1 : v * factor).toArray();
    }

    /** Weight of a group with these rows. */
    double group(GroupBlock block, int level, int node, int from, int to) {
        double weight = checked(block.nodeWeight(level, node));
        if (scale != PwScale.GK) {
            return weight;
        }
        double sum = 0;
        for (int r = from; r < to; r++) {
            sum += checked(block.weight(r));
        }
        return weight * sum / (to - from);
    }

    private double checked(double weight) {
        if (weight < 0) {
            throw EchelonException.misuse("a weight is " + weight + ": weights must not be negative; leave such rows out with if,"
                    + " as in if w >= 0");
        }
        if (frequency && weight != Math.rint(weight)) {
            throw EchelonException.misuse("a frequency weight is " + weight
                    + ": frequency weights are whole numbers; use pweight for sampling weights");
        }
        return weight;
    }
}
