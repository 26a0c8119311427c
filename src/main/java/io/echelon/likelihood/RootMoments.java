package io.echelon.likelihood;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Packed;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is known of all rows together.
 *
 * @param p        fixed-effects columns
 * @param n        rows
 * @param products packed cross-products of [x y], (p+1)×(p+1)
 * @param groups   for each level: number of groups
 * @param smallest for each level: rows of its smallest group
 * @param largest  for each level: rows of its largest group
 * @param mass     sum of the weights of the rows: n where there are none
 * @param weighted whether groups have weights
 */
public record RootMoments(int p, long n, double[] products, long[] groups, int[] smallest, int[] largest, double mass,
                          boolean weighted) {
    /** Without weights. */
    public RootMoments(int p, long n, double[] products, long[] groups, int[] smallest, int[] largest) {
        this(p, n, products, groups, smallest, largest, n, false);
    }

    private record Part(CompensatedSums products, long n, long[] groups, int[] smallest, int[] largest, double mass,
                        boolean weighted) implements Serializable {
        static Part of(Moments moments) {
            CompensatedSums sums = new CompensatedSums(moments.root().length);
            sums.add(moments.root());
            int levels = moments.layout().levels();
            Part part = new Part(sums, moments.n(), new long[levels], new int[levels], new int[levels], moments.mass(),
                    moments.weights() != null);
            double[] above = null;
            for (int l = 0; l < levels; l++) {
                double[] copies = copies(moments, l, above);
                part.groups[l] = copies == null ? moments.nodes(l) : Math.round(Arrays.stream(copies).sum());
                above = copies;
                part.smallest[l] = Integer.MAX_VALUE;
                for (int rows : moments.rows()[l]) {
                    part.smallest[l] = Math.min(part.smallest[l], rows);
                    part.largest[l] = Math.max(part.largest[l], rows);
                }
            }
            return part;
        }

        /** For each node of a level how many groups it stands for, or null where each is one. */
        private static double[] copies(Moments moments, int level, double[] above) {
            if (moments.weights() == null || !moments.weights().frequency()) {
                return null;
            }
            double[] copies = new double[moments.nodes(level)];
            for (int k = 0; k < copies.length; k++) {
                double parents = above == null ? 1 : above[moments.parent()[level][k]];
                copies[k] = parents * moments.weights().of(level, k);
            }
            return copies;
        }

        Part merge(Part other) {
            for (int l = 0; l < groups.length; l++) {
                groups[l] += other.groups[l];
                smallest[l] = Math.min(smallest[l], other.smallest[l]);
                largest[l] = Math.max(largest[l], other.largest[l]);
            }
            return new Part(products.merge(other.products), n + other.n, groups, smallest, largest,
                    mass + other.mass, weighted || other.weighted);
        }
    }

    /** Sums the parts. */
    public static RootMoments of(PartStore<Moments> parts, MomentLayout layout) {
        Part all = parts.aggregate(Part::of, Part::merge);
        return new RootMoments(layout.fixed(), all.n(), all.products().values(), all.groups(), all.smallest(),
                all.largest(), all.mass(), all.weighted());
    }

    /** The same with only the fixed-effects columns {@code kept}, given by their positions in order. */
    public RootMoments withFixed(int[] kept) {
        int[] columns = Arrays.copyOf(kept, kept.length + 1);
        columns[kept.length] = p;
        double[] selected = new double[Packed.size(columns.length)];
        for (int i = 0; i < columns.length; i++) {
            for (int j = 0; j <= i; j++) {
                selected[Packed.index(i, j)] = products[Packed.index(columns[i], columns[j])];
            }
        }
        return new RootMoments(kept.length, n, selected, groups, smallest, largest, mass, weighted);
    }
}
