package io.echelon.postestimation;

import java.util.List;
import java.util.Map;

/**
 * What a postestimation command gives: values only. {@code io.echelon.report.AnswerReport} makes text and JSON of them.
 */
public sealed interface Answer
        permits LikelihoodRatioTest, JointTest, Combinations,
        Contrasts, PairwiseComparisons,
        FitTable, InformationCriteria,
        IntraclassCorrelations, Matrices, Components, GroupTable, DegreesOfFreedomTable,
        WithinGroup, VariableSummary, SurvivalSummary, QuadratureCheck,
        Predicted, MarginalEstimates, Redisplayed, StoredNames {
    /**
     * One row of a table of estimates; NaN where a figure does not exist.
     *
     * @param term      what is estimated: {@code 2.race}, {@code _nl_1}, {@code class|school}
     * @param statistic z, or t with {@code df} degrees of freedom; F or chi-squared for a row that is a joint test
     * @param df        degrees of freedom of the statistic; NaN for z
     */
    record Row(String term, double estimate, double stdError, double statistic, double df, double pValue,
               double confLow, double confHigh) {}

    /** The rows of its table; none for a test without one. */
    default List<Row> rows() {
        return List.of();
    }

    /**
     * What it has besides rows, by the keys of its JSON document in their order. Values are numbers (NaN becomes null),
     * texts, truth values, arrays, and lists and maps of these.
     */
    Map<String, Object> values();
}
