package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the regressors of a binary response that predict it perfectly for some observations: their coefficients would have
 * no finite estimate. As in the manual, such a regressor is omitted together with these observations; what is left is
 * searched again.
 *
 * @param parts   the remaining rows
 * @param omitted positions of the omitted regressors among those that were to be estimated
 * @param notes   one sentence for each of them
 */
record PerfectPrediction(PartStore<GroupBlock> parts, List<Integer> omitted, List<String> notes) {

    /** Searches the rows of parts, which are closed where others take their place. */
    static PerfectPrediction of(List<Column> estimated, PartStore<GroupBlock> parts) {
        PartStore<GroupBlock> rest = parts;
        List<Integer> omitted = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        while (true) {
            Spread spread = rest.aggregate(Spread::of, Spread::merge);
            Optional<Finding> found = spread.first(estimated, omitted);
            if (found.isEmpty()) {
                return new PerfectPrediction(rest, omitted, notes);
            }
            int column = found.get().column;
            double kept = found.get().kept;
            omitted.add(column);
            notes.add(found.get().note);
            rest = rest.map(block -> block.where(row -> block.x()[row * block.layout().fixed() + column] == kept));
        }
    }

    /** A regressor to be omitted, its value in the observations that stay, and the sentence. */
    private record Finding(int column, double kept, String note) {}

    /** What values the regressors take with failures (0) and successes (1). */
    private static final class Spread implements Serializable {
        private static final long serialVersionUID = 1L;

        /** For each regressor: its first two values found, the number of rows with each and each outcome, whether there are more. */
        private final double[][] values;
        private final long[][] rows;
        private final boolean[] more;
        /** For each regressor: smallest and largest value by outcome. */
        private final double[][] least;
        private final double[][] most;

        private Spread(int p) {
            values = new double[p][2];
            rows = new long[p][4];
            more = new boolean[p];
            least = new double[p][2];
            most = new double[p][2];
            for (int j = 0; j < p; j++) {
                Arrays.fill(values[j], Double.NaN);
                Arrays.fill(least[j], Double.POSITIVE_INFINITY);
                Arrays.fill(most[j], Double.NEGATIVE_INFINITY);
            }
        }

        static Spread of(GroupBlock block) {
            int p = block.layout().fixed();
            Spread s = new Spread(p);
            double[] y = block.response().y();
            double[] trials = block.response().trials();
            for (int i = 0; i < block.rows(); i++) {
                boolean success = y[i] != 0;
                boolean failure = trials == null ? !success : y[i] < trials[i];
                for (int j = 0; j < p; j++) {
                    double x = block.x()[i * p + j];
                    if (success) {
                        s.see(j, x, 1, 1);
                    }
                    if (failure) {
                        s.see(j, x, 0, 1);
                    }
                }
            }
            return s;
        }

        private void see(int column, double x, int outcome, long times) {
            least[column][outcome] = Math.min(least[column][outcome], x);
            most[column][outcome] = Math.max(most[column][outcome], x);
            double[] v = values[column];
            for (int k = 0; k < 2; k++) {
                if (Double.isNaN(v[k])) {
                    v[k] = x;
                }
                if (v[k] == x) {
                    rows[column][2 * k + outcome] += times;
                    return;
                }
            }
            more[column] = true;
        }

        Spread merge(Spread other) {
            for (int j = 0; j < values.length; j++) {
                for (int k = 0; k < 4; k++) {
                    if (other.rows[j][k] > 0) {
                        see(j, other.values[j][k / 2], k % 2, other.rows[j][k]);
                    }
                }
                more[j] |= other.more[j];
                for (int o = 0; o < 2; o++) {
                    least[j][o] = Math.min(least[j][o], other.least[j][o]);
                    most[j][o] = Math.max(most[j][o], other.most[j][o]);
                }
            }
            return this;
        }

        Optional<Finding> first(List<Column> columns, List<Integer> omitted) {
            for (int j = 0; j < values.length; j++) {
                if (columns.get(j).isConstant() || omitted.contains(j)) {
                    continue;
                }
                String name = columns.get(j).name();
                requireOverlap(j, name);
                Optional<Finding> found = more[j] ? touching(j, name) : Double.isNaN(values[j][1]) ? Optional.empty()
                        : indicator(j, name);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private void requireOverlap(int j, String name) {
            boolean up = most[j][0] < least[j][1];
            if (up || most[j][1] < least[j][0]) {
                double cut = up ? most[j][0] : most[j][1];
                throw EchelonException.failure("outcome = " + name + " > " + text(cut) + " predicts data perfectly: all "
                        + "observations with larger values are " + (up ? "successes" : "failures") + ", all others "
                        + (up ? "failures" : "successes") + ". Its coefficient has no finite estimate; leave " + name + " out");
            }
        }

        /** A regressor of two values, one of which occurs with one outcome only. */
        private Optional<Finding> indicator(int j, String name) {
            for (int k = 0; k < 2; k++) {
                long failures = rows[j][2 * k];
                long successes = rows[j][2 * k + 1];
                if (failures == 0 || successes == 0) {
                    double kept = values[j][1 - k];
                    return Optional.of(new Finding(j, kept, name + " != " + text(kept) + " predicts "
                            + (failures == 0 ? "success" : "failure") + " perfectly; " + name + " omitted and "
                            + (failures + successes) + " obs not used"));
                }
            }
            return Optional.empty();
        }

        /** A regressor of many values, the largest with one outcome being the smallest with the other. */
        private Optional<Finding> touching(int j, String name) {
            boolean up = most[j][0] == least[j][1];
            if (!up && most[j][1] != least[j][0]) {
                return Optional.empty();
            }
            double cut = up ? most[j][0] : most[j][1];
            return Optional.of(new Finding(j, cut, "outcome = " + name + (up ? " > " : " < ") + text(cut)
                    + " predicts data perfectly except for " + name + " == " + text(cut) + " subsample; " + name
                    + " omitted and all other obs not used"));
        }

        private static String text(double x) {
            return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
        }
    }
}
