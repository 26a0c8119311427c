package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.estimate.Collinearity;
import io.echelon.family.Family;
import io.echelon.family.Ordinal;
import io.echelon.family.ResponseSummary;
import io.echelon.group.GroupBlock;
import io.echelon.group.IdenticalRows;
import io.echelon.group.PartStore;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * The rows of an estimation sample, found fit for a generalized model, with the regressors whose coefficients can be
 * estimated.
 *
 * @param parts    the rows, without those that a regressor predicts perfectly
 * @param columns  the fixed-effects columns with omitted ones marked
 * @param kept     places among the packed columns of those that remain
 * @param notes    what the user should know of the omitted ones, one sentence each
 * @param products cross-products of the packed columns
 */
record UsableSample(PartStore<GroupBlock> parts, ResponseScan scan, Family family, List<Column> columns, int[] kept,
                    List<String> notes, RegressorProducts products) {

    /**
     * Checks the rows of a design.
     *
     * @throws EchelonException where a response or weight is none of the family's, saying which, or the response does not vary
     */
    static UsableSample of(Design design, FamilyChoice choice, PartStore<GroupBlock> all) {
        String response = design.spec().fixed().response();
        ResponseScan scan = scan(design, all);
        checkWeights(design, scan, all);
        requireWholeGroups(all);
        Family family = family(design, choice, scan);
        String complaint = all.aggregate(b -> ResponseScan.complaint(b, family), (a, b) -> a.isEmpty() ? b : a);
        if (!complaint.isEmpty()) {
            throw EchelonException.failure(response + " has " + complaint);
        }
        requireVariation(response, choice, scan);
        List<String> notes = new ArrayList<>();
        PartStore<GroupBlock> parts = all;
        List<Integer> perfect = List.of();
        if (choice.isBinary() && !design.spec().fixed().asis()) {
            PerfectPrediction found = PerfectPrediction.of(design.estimated(), all);
            parts = found.parts();
            perfect = found.omitted();
            notes.addAll(found.notes());
            if (!perfect.isEmpty()) {
                scan = scan(design, parts);
                requireVariation(response, choice, scan);
            }
        }
        RegressorProducts products = RegressorProducts.of(design.regressors(), !family.hasConstant(), parts, scan.rows());
        Collinearity collinearity = products.collinearity(design.predictor());
        return new UsableSample(parts, scan, family, columns(design, collinearity.columns(), perfect),
                remaining(inEveryPredictor(collinearity.kept(), design), perfect),
                notes(notes, collinearity, design.estimated(), perfect), products);
    }

    /** The same with identical rows of a group merged, for likelihoods. */
    UsableSample merged() {
        return new UsableSample(IdenticalRows.merged(parts), scan, family, columns, kept, notes, products);
    }

    private static ResponseScan scan(Design design, PartStore<GroupBlock> parts) {
        boolean frequency = design.frequencyWeights();
        return parts.aggregate(block -> ResponseScan.of(block, frequency), ResponseScan::merge);
    }

    /** The first row with a weight of this kind, if it is one of rows. */
    private static String place(PartStore<GroupBlock> parts, Wrong wrong) {
        return parts.aggregate(block -> {
            for (int i = 0; i < block.rows(); i++) {
                if (wrong.test(block.weight(i))) {
                    return ResponseScan.place(block, i);
                }
            }
            return "";
        }, (a, b) -> a.isEmpty() ? b : a);
    }

    /** What a weight should not be; can be sent to executors. */
    private interface Wrong extends DoublePredicate, Serializable {}

    private static void checkWeights(Design design, ResponseScan scan, PartStore<GroupBlock> parts) {
        if (scan.leastWeight() < 0) {
            throw EchelonException.failure("a weight is " + Ordinal.text(scan.leastWeight()) + place(parts, w -> w < 0)
                    + ": weights must not be negative; leave such rows out with if");
        }
        if (!(scan.totalWeight() > 0)) {
            throw EchelonException.failure("all weights are zero: no observation counts");
        }
        if (design.frequencyWeights() && scan.fractionalWeights()) {
            throw EchelonException.failure("a frequency weight is not a whole number" + place(parts, w -> w != Math.rint(w))
                    + "; use pweight for sampling weights");
        }
    }

    private static void requireWholeGroups(PartStore<GroupBlock> parts) {
        String split = parts.aggregate(UsableSample::splitGroup, (a, b) -> a.isEmpty() ? b : a);
        if (!split.isEmpty()) {
            throw EchelonException.misuse("group " + split + " is split over clusters: the clusters of vce(cluster) must hold"
                    + " whole groups of the top level");
        }
    }

    /** A top-level group whose rows are of several clusters, or empty. */
    private static String splitGroup(GroupBlock block) {
        for (int g = 0; block.layout().levels() > 0 && g < block.nodes(0); g++) {
            for (int i = block.firstRow(0, g) + 1; i < block.firstRow(0, g + 1); i++) {
                if (Double.compare(block.cluster(i), block.cluster(i - 1)) != 0) {
                    return block.keys(0).label(g);
                }
            }
        }
        return "";
    }

    private static Family family(Design design, FamilyChoice choice, ResponseScan scan) {
        String response = design.spec().fixed().response();
        Optional<double[]> outcomes = scan.outcomes();
        if (choice.isOrdinal() && outcomes.isEmpty()) {
            throw EchelonException.failure(response + " has more than 100 distinct values; an ordinal response has few: group"
                    + " them, or use a family for continuous responses");
        }
        if (outcomes.isPresent() && outcomes.get().length == 1 && !choice.isSurvival() && !choice.hasTrials()) {
            throw EchelonException.failure(response + " does not vary in the estimation sample: all "
                    + scan.rows() + " values are " + Ordinal.text(outcomes.get()[0]));
        }
        if (choice.isSurvival() && scan.failures() == 0) {
            throw EchelonException.failure("no failures: none of the " + scan.rows() + " records ends in failure, and the hazard"
                    + " could be anything near zero; see failure() of stset");
        }
        if (choice.hasShape() && outcomes.isPresent() && outcomes.get().length == 1) {
            throw EchelonException.failure("all " + scan.rows() + " times are " + Ordinal.text(outcomes.get()[0])
                    + ": the shape of their distribution cannot be told; use distribution(exponential)");
        }
        return choice.family(design, outcomes.orElse(new double[0]));
    }

    private static void requireVariation(String response, FamilyChoice choice, ResponseScan scan) {
        if (choice.family().equals("bernoulli") && scan.outcomes().isPresent()) {
            if (!scan.occurs(0)) {
                throw EchelonException.failure(response + " has no zeros in the estimation sample: 0 stands for no and any"
                        + " other value for yes, and both must occur");
            }
            if (scan.outcomes().get().length == 1) {
                throw EchelonException.failure(response + " does not vary in the estimation sample: all "
                        + scan.rows() + " values are 0");
            }
        }
        ResponseSummary summary = scan.summary(choice);
        if (choice.hasTrials() && (summary.mean() == 0 || summary.mean() == 1)) {
            throw EchelonException.failure(response + " does not vary in the estimation sample: every count is "
                    + (summary.mean() == 0 ? "0" : "equal to its denominator"));
        }
    }

    private static List<Column> columns(Design design, List<Column> columns, List<Integer> perfect) {
        List<Column> marked = new ArrayList<>();
        for (int j = 0; j < design.fixed().size(); j++) {
            Column column = design.fixed().get(j);
            Column.Status status = columns.get(j % columns.size()).status();
            marked.add(column.status() == Column.Status.ESTIMATED ? column.with(status) : column);
        }
        int next = 0;
        for (int j = 0; j < marked.size(); j++) {
            if (design.fixed().get(j).status() == Column.Status.ESTIMATED && perfect.contains(next++)) {
                marked.set(j, marked.get(j).with(Column.Status.OMITTED));
            }
        }
        return marked;
    }

    /** The places of regressors among the coefficients of all linear predictors. */
    private static int[] inEveryPredictor(int[] kept, Design design) {
        int p = design.regressors().size();
        return IntStream.range(0, p == 0 ? 0 : design.estimated().size() / p).flatMap(e -> Arrays.stream(kept).map(j -> e * p + j))
                .toArray();
    }

    private static int[] remaining(int[] kept, List<Integer> perfect) {
        return Arrays.stream(kept).filter(j -> !perfect.contains(j)).toArray();
    }

    /** A perfect predictor that no longer varies needs no second note. */
    private static List<String> notes(List<String> notes, Collinearity collinearity, List<Column> estimated,
                                      List<Integer> perfect) {
        List<String> told = perfect.stream().map(j -> estimated.get(j).name() + " omitted because of collinearity").toList();
        collinearity.notes().stream().filter(n -> !told.contains(n)).forEach(notes::add);
        return notes;
    }

    /** Which of the packed columns have no coefficient. */
    boolean[] omitted(int packed) {
        boolean[] omitted = new boolean[packed];
        Arrays.fill(omitted, true);
        for (int j : kept) {
            omitted[j] = false;
        }
        return omitted;
    }
}
