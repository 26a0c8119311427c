package io.echelon.group;

import io.echelon.design.Design;
import java.io.Serializable;

/** Means and standard deviations of the columns [z x y] of packed rows, by the updates of Chan, Golub and LeVeque (1979). */
public final class BlockScales {
    private BlockScales() {}

    private record Spread(long n, double[] mean, double[] squares) implements Serializable {
        static Spread of(GroupBlock block) {
            int width = block.layout().response() + 1;
            double[] mean = new double[width];
            double[] squares = new double[width];
            double[] row = new double[width];
            for (int r = 0; r < block.rows(); r++) {
                block.working(r, row);
                double share = 1.0 / (r + 1);
                for (int c = 0; c < width; c++) {
                    double d = row[c] - mean[c];
                    mean[c] += d * share;
                    squares[c] += d * (row[c] - mean[c]);
                }
            }
            return new Spread(block.rows(), mean, squares);
        }

        Spread merge(Spread other) {
            double[] merged = mean.clone();
            double[] sum = squares.clone();
            double all = n + other.n;
            for (int c = 0; c < merged.length; c++) {
                double d = other.mean[c] - mean[c];
                merged[c] += d * other.n / all;
                sum[c] += other.squares[c] + d * d * n * other.n / all;
            }
            return new Spread(n + other.n, merged, sum);
        }
    }

    /** The standardization of the columns of a design. */
    public static Standardization of(Design design, PartStore<GroupBlock> parts) {
        Spread all = parts.aggregate(Spread::of, Spread::merge);
        double[] sd = all.squares.clone();
        for (int c = 0; c < sd.length; c++) {
            sd[c] = Math.sqrt(sd[c] / all.n);
        }
        return Standardization.of(design, all.mean, sd);
    }
}
