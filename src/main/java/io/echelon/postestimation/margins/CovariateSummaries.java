package io.echelon.postestimation.margins;

import java.io.Serializable;

/** Means, ranges, quantiles and shares of levels of the covariates of a model. */
public final class CovariateSummaries implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] sources;
    private final SourceSummary[] summaries;
    private final int weight;

    CovariateSummaries(int[] sources, SourceSummary.Counted[] counted, int weight) {
        this.sources = sources;
        this.weight = weight;
        summaries = new SourceSummary[sources.length];
        for (int i = 0; i < sources.length; i++) {
            summaries[i] = new SourceSummary(counted[i]);
        }
    }

    /** Adds a row of source values. */
    public void add(double[] row) {
        double w = weight < 0 ? 1 : row[weight];
        for (int i = 0; i < sources.length; i++) {
            summaries[i].add(row[sources[i]], w);
        }
    }

    /** Adds those of other rows. */
    public CovariateSummaries merge(CovariateSummaries other) {
        for (int i = 0; i < summaries.length; i++) {
            summaries[i].merge(other.summaries[i]);
        }
        return this;
    }

    SourceSummary of(int source) {
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] == source) {
                return summaries[i];
            }
        }
        throw new IllegalArgumentException("no covariate at " + source);
    }
}
