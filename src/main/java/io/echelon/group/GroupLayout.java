package io.echelon.group;

import java.io.Serializable;
import java.util.List;

/**
 * What the columns of a packed row are: {@code [z_1 | ... | z_L | x | y | extras]}: the random-effects columns of each level,
 * outermost first, then the p fixed-effects columns, the response, and further columns in the order of {@link Extra}.
 *
 * @param effects q_ℓ: random-effects columns of each level, outermost first; empty for a model without random effects
 * @param fixed   p: fixed-effects columns
 * @param extras  further columns
 */
public record GroupLayout(int[] effects, int fixed, List<Extra> extras) implements Serializable {
    /** Columns that only some models have. */
    public enum Extra {
        /** Binomial denominator. */
        TRIALS,
        /** Time at which observation begins. */
        ENTRY,
        /** Whether observation ends with a failure (1) or is censored (0). */
        EVENT,
        /** What is added to the linear predictor. */
        OFFSET,
        /** Weight of the observation. */
        WEIGHT,
        /** Place in time among the residuals of a group. */
        TIME,
        /** Category of the residual structure, from 0. */
        CATEGORY,
        /** Value of the variable of {@code vce(cluster)}. */
        CLUSTER
    }

    public GroupLayout {
        extras = extras.stream().distinct().sorted().toList();
    }

    /** Number of levels. */
    public int levels() {
        return effects.length;
    }

    /** Q: random-effects columns of all levels. */
    public int random() {
        return offset(levels());
    }

    /** Where the columns of a level start among the random-effects columns; {@code offset(levels())} is Q. */
    public int offset(int level) {
        int o = 0;
        for (int l = 0; l < level; l++) {
            o += effects[l];
        }
        return o;
    }

    /** Place of the response in a row. */
    public int response() {
        return random() + fixed;
    }

    /** Place of an extra column in a row, or −1. */
    public int place(Extra extra) {
        int i = extras.indexOf(extra);
        return i < 0 ? -1 : response() + 1 + i;
    }

    /** Length of a row. */
    public int width() {
        return response() + 1 + extras.size();
    }
}
