package io.echelon.group;

import io.echelon.design.Design;
import java.io.Serializable;

/**
 * What the columns of {@link Moments} are. A working row is {@code [z_1 | ... | z_L | x | y]}: the random-effects columns
 * of each level, outermost first, then the p fixed-effects columns, then the response, each already standardised as
 * (value − shift) / scale so that cross-products keep their digits.
 *
 * @param effects q_ℓ: random-effects columns of each level, outermost first
 * @param fixed   p: fixed-effects columns
 */
public record MomentLayout(int[] effects, int fixed) implements Serializable {
    /** The layout of a design: its levels, the fixed-effects columns it estimates, and the response. */
    public static MomentLayout of(Design design) {
        int[] effects = design.levels().stream().mapToInt(l -> l.columns().size()).toArray();
        return new MomentLayout(effects, design.regressors().size());
    }

    /** Number of levels. */
    public int levels() {
        return effects.length;
    }

    /** Length of a working row. */
    public int width() {
        return offset(levels()) + fixed + 1;
    }

    /** Where the columns of a level start in a working row; {@code offset(levels())} is where x starts. */
    public int offset(int level) {
        int o = 0;
        for (int l = 0; l < level; l++) {
            o += effects[l];
        }
        return o;
    }

    /** Columns a node of this level is crossed with besides its own: those of the outer levels, x and y. */
    public int rest(int level) {
        return offset(level) + fixed + 1;
    }

    /** Doubles a node of this level keeps: packed lower C_zz (q(q+1)/2), then C_zr (q × rest, row by row). */
    public int stride(int level) {
        int q = effects[level];
        return q * (q + 1) / 2 + q * rest(level);
    }
}
