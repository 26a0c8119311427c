package io.echelon.estimate.linear;

import io.echelon.error.EchelonException;
import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Packed;
import java.util.Arrays;

/** Which regressors vary within the groups of a level: those whose sum of squares is more than that of the group means. */
final class WithinGroups {
    private static final double ROUNDING = 1e-9;

    private WithinGroups() {}

    /**
     * For each level and regressor, whether it is constant within every group.
     *
     * @param constants for each level looked at the position of the constant among its random effects, or −1
     * @param squares   packed cross-products of [x y]
     */
    static boolean[][] constant(PartStore<Moments> parts, MomentLayout layout, int[] constants, double[] squares) {
        int p = layout.fixed();
        boolean[][] all = new boolean[constants.length][p];
        for (int l = 0; l < all.length; l++) {
            if (constants[l] < 0) {
                throw EchelonException.misuse("dfmethod(repeated) and dfmethod(anova) need a random intercept at every"
                        + " level; use dfmethod(satterthwaite) with reml");
            }
            int level = l;
            double[] between = parts.aggregate(part -> between(part, level, constants[level]), CompensatedSums::merge)
                    .values();
            for (int j = 0; j < p; j++) {
                double square = squares[Packed.index(j, j)];
                all[l][j] = square - between[j] <= ROUNDING * square;
            }
        }
        return all;
    }

    /** Σ_g (Σ x)²/n_g of each regressor. */
    private static CompensatedSums between(Moments part, int level, int constant) {
        MomentLayout layout = part.layout();
        int p = layout.fixed();
        CompensatedSums sums = new CompensatedSums(p);
        double[] terms = new double[p];
        double[] data = part.data()[level];
        int row = Packed.size(layout.effects()[level]) + constant * layout.rest(level) + layout.offset(level);
        for (int node = 0; node < part.nodes(level); node++) {
            int at = node * layout.stride(level);
            double n = data[at + Packed.index(constant, constant)];
            Arrays.setAll(terms, j -> data[at + row + j] * data[at + row + j] / n);
            sums.add(terms);
        }
        return sums;
    }
}
