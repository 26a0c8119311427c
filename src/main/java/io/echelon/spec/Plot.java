package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** What a command draws, as read: names only, nothing looked up. */
public sealed interface Plot extends Serializable {
    /** The command that draws it: {@code rvfplot}, {@code graph caterpillar}. */
    String command();

    /** {@code rvfplot}: residuals against fitted values. */
    record ResidualsAgainstFitted() implements Plot {
        @Override
        public String command() {
            return "rvfplot";
        }
    }

    /**
     * {@code qnorm [variable] [if] [in] [, reffects]}: quantiles of a variable, of the residuals or of the predicted random
     * effects against normal ones.
     */
    record NormalQuantiles(Optional<String> variable, Subset subset, boolean reffects) implements Plot {
        @Override
        public String command() {
            return "qnorm";
        }
    }

    /** {@code marginsplot [, xdimension(variable) noci]}: the margins of the last {@code margins}. */
    record Margins(Optional<String> xdimension, boolean noci) implements Plot {
        @Override
        public String command() {
            return "marginsplot";
        }
    }

    /** {@code graph caterpillar [, relevel(level)]}: predicted random effects with intervals, in order. */
    record Caterpillar(Optional<String> relevel) implements Plot {
        @Override
        public String command() {
            return "graph caterpillar";
        }
    }

    /**
     * {@code graph fitted variable [, relevel(level) groups(#)]}: fitted values and observations over a variable, in panels
     * for some of the groups.
     */
    record FittedLines(String x, Optional<String> relevel, int groups) implements Plot {
        @Override
        public String command() {
            return "graph fitted";
        }
    }

    /** {@code graph iterations}: log likelihood by iteration. */
    record IterationPath() implements Plot {
        @Override
        public String command() {
            return "graph iterations";
        }
    }

    /** {@code graph matrix variables [if] [in]}: every variable against every other. */
    record Matrix(List<String> variables, Subset subset) implements Plot {
        public Matrix {
            variables = List.copyOf(variables);
        }

        @Override
        public String command() {
            return "graph matrix";
        }
    }

    /**
     * {@code saving(file[, replace])}.
     *
     * @param file    ends with {@code .svg} or {@code .png}
     * @param replace whether a file that exists is replaced
     */
    record Saving(String file, boolean replace) implements Serializable {}
}
