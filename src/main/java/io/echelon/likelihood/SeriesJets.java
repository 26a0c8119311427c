package io.echelon.likelihood;

import io.echelon.group.SeriesMoments;
import io.echelon.group.TopSeries;
import io.echelon.linalg.Jet;
import io.echelon.linalg.Packed;
import io.echelon.residual.Coefficients;
import java.util.Arrays;

/**
 * Cross-products W'(R/σ²)⁻¹W of a residual structure at given parameters, with first and second derivatives, put together
 * from {@link SeriesMoments}; and log|R/σ²|.
 */
final class SeriesJets {
    private final SeriesMoments series;
    private final int parameters;
    /** For each piece and component: value, first and second derivatives in the variables of its category. */
    private final double[][][] terms;
    private final int[][] variables;
    private final Jet[] logs;
    final Jet logDeterminant;

    /** With derivatives in the m parameters of the structure, or with values alone. */
    SeriesJets(SeriesMoments series, double[] parameters, boolean derivatives) {
        this.series = series;
        this.parameters = parameters.length;
        int categories = series.model().structures().size();
        variables = new int[categories][];
        double[] log = new double[Jet.length(derivatives ? parameters.length : 0)];
        for (int c = 0; c < categories; c++) {
            variables[c] = series.model().variables(c);
            if (c > 0) {
                int ratio = series.model().ratio(c);
                log[0] += 2 * parameters[ratio] * series.rows()[c];
                if (derivatives) {
                    log[1 + ratio] += 2 * series.rows()[c];
                }
            }
        }
        terms = new double[series.pieces().length][][];
        logs = new Jet[terms.length];
        for (int j = 0; j < terms.length; j++) {
            int category = series.category()[j];
            Coefficients c = series.model().coefficients(category, series.pieces()[j], parameters, derivatives);
            terms[j] = new double[c.components().length][];
            for (int i = 0; i < terms[j].length; i++) {
                terms[j][i] = c.components()[i].terms();
            }
            logs[j] = c.logDeterminant();
            addLog(c.logDeterminant(), series.count()[j], variables[category], log);
        }
        logDeterminant = Jet.of(log, derivatives ? parameters.length : 0);
    }

    private void addLog(Jet jet, double count, int[] at, double[] log) {
        log[0] += count * jet.value();
        for (int i = 0; i < jet.variables(); i++) {
            log[1 + at[i]] += count * jet.first(i);
            for (int j = 0; j <= i; j++) {
                log[1 + parameters + Packed.index(at[i], at[j])] += count * jet.second(i, j);
            }
        }
    }

    /**
     * Adds the blocks of a node.
     *
     * @param value  takes the value
     * @param first  from {@code offset} on take the first derivatives
     * @param second packed, take the second derivatives of the same variables
     */
    void addTo(int level, int node, double[] value, double[][] first, double[][] second, int offset) {
        int[] start = series.start()[level];
        for (int e = start[node]; e < start[node + 1]; e++) {
            add(series.piece()[level][e], series.data()[level], series.at()[level][e], value, first, second, offset);
        }
    }

    /** The blocks of all nodes of a level. */
    double[] level(int level, int stride) {
        int nodes = series.start()[level].length - 1;
        double[] all = new double[nodes * stride];
        double[] block = new double[stride];
        for (int node = 0; node < nodes; node++) {
            Arrays.fill(block, 0);
            addTo(level, node, block, new double[0][], new double[0][], 0);
            System.arraycopy(block, 0, all, node * stride, stride);
        }
        return all;
    }

    /** Adds the cross-products of [x y] of all rows. */
    void addRoot(double[] value, double[][] first, double[][] second) {
        for (int j = 0; j < terms.length; j++) {
            add(j, series.root()[j], 0, value, first, second, 0);
        }
    }

    /**
     * Adds the cross-products of [x y] of one top-level group.
     *
     * @param first     takes the first derivatives
     * @param second    packed, takes the second derivatives
     * @param logs      takes the derivatives of log|R/σ²| of the group
     */
    void addTop(int group, double[] value, double[][] first, double[][] second, double[] logs) {
        TopSeries top = series.top();
        for (int c = 1; c < variables.length; c++) {
            logs[series.model().ratio(c)] += 2 * top.rows()[c][group];
        }
        for (int e = top.start()[group]; e < top.start()[group + 1]; e++) {
            int piece = top.piece()[e];
            int[] at = variables[series.category()[piece]];
            for (int i = 0; i < this.logs[piece].variables(); i++) {
                logs[at[i]] += top.count()[e] * this.logs[piece].first(i);
            }
            add(piece, top.data(), top.block()[e] * value.length, value, first, second, 0);
        }
    }

    private void add(int piece, double[] data, int from, double[] value, double[][] first, double[][] second, int offset) {
        int[] at = variables[series.category()[piece]];
        int stride = value.length;
        for (int c = 0; c < terms[piece].length; c++) {
            double[] f = terms[piece][c];
            int block = from + c * stride;
            axpy(f[0], data, block, value);
            if (f.length == 1) {
                continue;
            }
            int second0 = 1 + at.length;
            for (int i = 0; i < at.length; i++) {
                axpy(f[1 + i], data, block, first[offset + at[i]]);
                for (int j = 0; j <= i; j++) {
                    axpy(f[second0++], data, block, second[Packed.index(offset + at[i], offset + at[j])]);
                }
            }
        }
    }

    private static void axpy(double f, double[] data, int from, double[] to) {
        if (f != 0) {
            for (int i = 0; i < to.length; i++) {
                to[i] += f * data[from + i];
            }
        }
    }
}
