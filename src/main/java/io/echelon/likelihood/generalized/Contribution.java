package io.echelon.likelihood.generalized;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What some of the top-level groups add to the log likelihood and its derivatives with respect to β, the ancillary parameters and
 * the loadings (P in all). Contributions add.
 */
public final class Contribution implements Serializable {
    private static final long serialVersionUID = 1L;

    private double value;
    private double lost;
    private final double[] gradient;
    private final double[] hessian;
    private final double[] scores;
    private final Map<Double, double[]> ofCluster = new TreeMap<>();

    /** Nothing yet, of P parameters. */
    public Contribution(int parameters) {
        gradient = new double[parameters];
        hessian = new double[parameters * (parameters + 1) / 2];
        scores = new double[hessian.length];
    }

    /** Adds to the log likelihood (A. Neumaier's compensated sum). */
    public void add(double term) {
        double t = value + term;
        lost += Math.abs(value) >= Math.abs(term) ? (value - t) + term : (term - t) + value;
        value = t;
    }

    /**
     * Adds the score of a top-level group.
     *
     * @param cluster value of the variable of {@code vce(cluster)}, NaN where each group is a cluster of its own
     */
    public void addScore(double[] score, double cluster) {
        addTo(gradient, score);
        if (Double.isNaN(cluster)) {
            addProduct(scores, score);
        } else {
            addTo(ofCluster.computeIfAbsent(cluster, c -> new double[score.length]), score);
        }
    }

    private static void addProduct(double[] to, double[] score) {
        int at = 0;
        for (int i = 0; i < score.length; i++) {
            for (int j = 0; j <= i; j++) {
                to[at++] += score[i] * score[j];
            }
        }
    }

    /** Adds another contribution, and returns this. */
    public Contribution merge(Contribution other) {
        add(other.value);
        lost += other.lost;
        addTo(gradient, other.gradient);
        addTo(hessian, other.hessian);
        addTo(scores, other.scores);
        other.ofCluster.forEach((cluster, score) ->
                addTo(ofCluster.computeIfAbsent(cluster, c -> new double[score.length]), score));
        return this;
    }

    private static void addTo(double[] to, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** The log likelihood. */
    public double value() {
        return value + lost;
    }

    /** Its gradient. */
    public double[] gradient() {
        return gradient;
    }

    /** Its Hessian, packed lower triangle row by row. */
    public double[] hessian() {
        return hessian;
    }

    /** Sum over the independent clusters of score × score', packed lower triangle row by row. */
    public double[] scores() {
        double[] all = scores.clone();
        ofCluster.values().forEach(score -> addProduct(all, score));
        return all;
    }

    /** The scores of the clusters that a variable tells apart, by its values. */
    public Map<Double, double[]> ofClusters() {
        return Collections.unmodifiableMap(ofCluster);
    }

    /** Number of clusters that a variable tells apart. */
    public int clusters() {
        return ofCluster.size();
    }
}
