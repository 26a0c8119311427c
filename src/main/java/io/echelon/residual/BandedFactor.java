package io.echelon.residual;

import io.echelon.linalg.Jet;
import io.echelon.linalg.Packed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Covariance matrix of the residuals at T times, with covariances up to m times apart: R = L L' with L lower triangular of the
 * same band, L_11 = 1 and L_tt = exp(a). Every banded positive definite matrix has such a factor. Parameters: the logarithms
 * of the diagonal from the second, then the elements of the band row by row.
 */
final class BandedFactor {
    private final double[] times;
    private final int band;
    private final int count;

    BandedFactor(double[] times, int band) {
        this.times = times;
        this.band = Math.min(band, times.length - 1);
        int elements = 0;
        for (int s = 1; s < times.length; s++) {
            elements += Math.min(s, this.band);
        }
        count = times.length - 1 + elements;
    }

    int parameters() {
        return count;
    }

    private int place(double time) {
        int at = Arrays.binarySearch(times, time);
        if (at < 0) {
            throw new IllegalArgumentException("time " + time + " is not among those of the structure");
        }
        return at;
    }

    int products() {
        return Packed.size(times.length);
    }

    void addProducts(Piece piece, double count, double[] quadratic, double[] sums) {
        double[] places = piece.key();
        DensePieces.addProducts(places.length, count, quadratic, sums,
                (s, t) -> places[s] - places[t] <= band ? Packed.index((int) places[s], (int) places[t]) : -1);
    }

    /** σ² and the parameters of the means of products, or NaN where these do not make a positive definite matrix. */
    double[] start(double[] sums, double shrinkage) {
        int n = times.length;
        double[][] l = new double[n][n];
        double[] start = new double[count + 1];
        int next = n;
        for (int s = 0; s < n; s++) {
            for (int t = Math.max(0, s - band); t <= s; t++) {
                double rest = DensePieces.mean(sums, Packed.index(s, t)) * (s == t ? 1 : shrinkage);
                for (int k = Math.max(0, s - band); k < t; k++) {
                    rest -= l[s][k] * l[t][k];
                }
                l[s][t] = s == t ? Math.sqrt(rest) : rest / l[t][t];
                if (s != t) {
                    start[next++] = l[s][t] / l[0][0];
                }
            }
            if (s > 0) {
                start[s] = Math.log(l[s][s] / l[0][0]);
            }
        }
        start[0] = l[0][0] * l[0][0];
        return start;
    }

    void decompose(double[] series, Decomposition decomposition) {
        double[] places = Arrays.stream(series).map(this::place).toArray();
        DensePieces.decompose(new Piece(places), series.length, decomposition);
    }

    Coefficients coefficients(Piece piece, Jet[] a, Jet one) {
        Jet[][] all = matrix(a, one);
        double[] places = piece.key();
        Jet[][] r = new Jet[places.length][places.length];
        for (int s = 0; s < places.length; s++) {
            for (int t = 0; t <= s; t++) {
                r[s][t] = all[(int) places[s]][(int) places[t]];
            }
        }
        return DensePieces.invert(r, one);
    }

    /** Lower triangle of R. */
    private Jet[][] matrix(Jet[] a, Jet one) {
        int n = times.length;
        Jet zero = one.plus(-1);
        Jet[][] l = new Jet[n][n];
        int next = n - 1;
        for (int s = 0; s < n; s++) {
            for (int t = 0; t < s; t++) {
                l[s][t] = s - t <= band ? a[next++] : zero;
            }
            l[s][s] = s == 0 ? one : a[s - 1].exp();
        }
        Jet[][] r = new Jet[n][n];
        for (int s = 0; s < n; s++) {
            for (int t = 0; t <= s; t++) {
                Jet sum = zero;
                for (int k = Math.max(0, s - band); k <= t; k++) {
                    sum = sum.plus(l[s][k].times(l[t][k]));
                }
                r[s][t] = sum;
            }
        }
        return r;
    }

    List<Element> elements() {
        List<Element> all = new ArrayList<>();
        for (int s = 0; s < times.length; s++) {
            all.add(Element.variance(name(s), s));
        }
        for (int t = 0; t < times.length; t++) {
            for (int s = t + 1; s < times.length && s - t <= band; s++) {
                all.add(Element.covariance(name(t) + "," + name(s), s, t));
            }
        }
        return all;
    }

    private String name(int place) {
        double t = times[place];
        return "e" + (t == Math.rint(t) ? Long.toString((long) t) : Double.toString(t));
    }

    Jet[] natural(Jet[] a, Jet variance) {
        Jet[][] r = matrix(a, variance.times(0).plus(1));
        return elements().stream().map(e -> variance.times(r[e.row()][e.column()])).toArray(Jet[]::new);
    }

    List<String> parameterNames() {
        List<String> all = new ArrayList<>();
        for (int s = 1; s < times.length; s++) {
            all.add("r_lns" + (s + 1));
        }
        for (int s = 1; s < times.length; s++) {
            for (int t = Math.max(0, s - band); t < s; t++) {
                all.add("r_l" + (s + 1) + "_" + (t + 1));
            }
        }
        return all;
    }
}
