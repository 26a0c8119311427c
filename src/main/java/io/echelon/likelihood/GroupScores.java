package io.echelon.likelihood;

import io.echelon.group.Moments;
import io.echelon.group.TopGroups;
import io.echelon.linalg.Packed;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Sum over independent clusters of s s', s being the derivative of a cluster's part of ℓ with respect to β in standardised
 * coordinates, the relative parameters ψ and σ²: x'V⁻¹e, −½(log|V|_i + e'V⁻¹e_i), −½(n/σ² − e'V⁻¹e/σ²).
 */
public final class GroupScores implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int length;
    private final double[] products;
    private final Map<Double, double[]> ofCluster = new HashMap<>();
    private double clusters;

    GroupScores(int length) {
        this.length = length;
        products = new double[Packed.size(length)];
    }

    /** The scores of a part, see {@link ScoreSweep}. */
    static GroupScores of(Moments moments, ScoreSweep sweep) {
        LevelCovariance[] covariances = sweep.covariances();
        double[] residual = sweep.residual();
        RootSums places = sweep.places();
        RootCoordinates coordinates = sweep.coordinates();
        double variance = sweep.variance();
        int p = places.p();
        int k = places.k();
        int m = residual.length;
        GroupScores scores = new GroupScores(p + k + 1);
        TopGroups top = moments.top();
        int size = Packed.size(p + 1);
        double[] s = new double[p + k + 1];
        Elimination.Groups values = Elimination.groups(moments, covariances, residual, places, null);
        Elimination.Groups derivatives = Elimination.groups(moments, covariances, residual, places, coordinates);
        SeriesJets series = moments.series() == null ? null : new SeriesJets(moments.series(), residual, true);
        for (int group = 0; group < moments.nodes(0); group++) {
            double weight = moments.weights() == null ? 1 : moments.weights().of(0, group);
            double[] v = values.next();
            double[] d = derivatives.next();
            double[] own = new double[size];
            double[][] first = new double[m][size];
            double[] logs = new double[m];
            if (series == null) {
                System.arraycopy(top.products(), group * size, own, 0, size);
            } else {
                series.addTop(group, own, first, new double[Packed.size(m)][size], logs);
            }
            for (int i = 0; i < size; i++) {
                own[i] = weight * own[i] + v[1 + i];
            }
            double[][] changed = coordinates.changed(own, p + 1);
            for (int j = 0; j < p; j++) {
                s[j] = changed[p][j] / variance;
            }
            for (int i = 0; i < k; i++) {
                s[p + i] = -0.5 * (d[places.logDeterminant(i)] + d[places.ee(i)] / variance);
            }
            for (int i = 0; i < m; i++) {
                double ee = coordinates.changed(first[i], p + 1)[p][p];
                s[p + k - m + i] -= 0.5 * weight * (logs[i] + ee / variance);
            }
            s[p + k] = -0.5 * (weight * top.mass()[group] - changed[p][p] / variance) / variance;
            boolean copies = moments.weights() != null && moments.weights().frequency();
            scores.add(top.cluster()[group], s, copies ? weight : 1);
        }
        return scores;
    }

    /** Adds the score of a group that stands for so many equal ones. */
    private void add(double cluster, double[] s, double copies) {
        if (Double.isNaN(cluster)) {
            addProducts(s, copies == 0 ? 0 : 1 / copies);
            clusters += copies;
        } else {
            double[] sum = ofCluster.computeIfAbsent(cluster, c -> new double[length]);
            for (int i = 0; i < length; i++) {
                sum[i] += s[i];
            }
        }
    }

    private void addProducts(double[] s, double factor) {
        int at = 0;
        for (int i = 0; i < length; i++) {
            for (int j = 0; j <= i; j++) {
                products[at++] += factor * s[i] * s[j];
            }
        }
    }

    /** Adds the scores of another part, and returns this. */
    GroupScores merge(GroupScores other) {
        for (int i = 0; i < products.length; i++) {
            products[i] += other.products[i];
        }
        clusters += other.clusters;
        other.ofCluster.forEach((cluster, s) -> ofCluster.merge(cluster, s, (a, b) -> {
            for (int i = 0; i < length; i++) {
                a[i] += b[i];
            }
            return a;
        }));
        return this;
    }

    /** The sum over clusters, full. */
    public double[][] products() {
        GroupScores all = new GroupScores(length);
        System.arraycopy(products, 0, all.products, 0, products.length);
        // In the order of the clusters, so that the figures do not depend on the parts.
        ofCluster.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(e -> all.addProducts(e.getValue(), 1));
        return Packed.unpack(all.products, length);
    }

    /** The scores of the clusters that a variable tells apart, by its values. */
    public Map<Double, double[]> ofClusters() {
        return Collections.unmodifiableMap(ofCluster);
    }

    /** Number of clusters. */
    public double clusters() {
        return clusters + ofCluster.size();
    }
}
