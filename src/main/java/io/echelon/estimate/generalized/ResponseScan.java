package io.echelon.estimate.generalized;

import io.echelon.family.Family;
import io.echelon.family.Response;
import io.echelon.family.ResponseSummary;
import io.echelon.group.Crossing;
import io.echelon.group.GroupBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One look at all packed rows: numbers of rows and groups, sums of the response, its distinct values while they are few. */
public final class ResponseScan implements Serializable {
    private static final long serialVersionUID = 1L;
    /** More distinct values than this are not counted. */
    private static final int MAX_OUTCOMES = 100;

    private long rows;
    private double weight;
    private double least = Double.POSITIVE_INFINITY;
    private boolean fractional;
    private double sum;
    private double squares;
    private double denominators;
    private double events;
    private TreeMap<Double, Double> outcomes = new TreeMap<>();
    private long[] nodes;
    private long[] smallest;
    private long[] largest;

    /**
     * Looks at a block.
     *
     * @param frequency whether a weight is a number of equal rows or groups, which then count as so many
     */
    static ResponseScan of(GroupBlock block, boolean frequency) {
        ResponseScan s = new ResponseScan();
        Response r = block.response();
        for (int i = 0; i < block.rows(); i++) {
            double w = block.weight(i);
            double y = r.y()[i];
            s.least = Math.min(s.least, w);
            s.fractional |= w != Math.rint(w);
            s.weight += w;
            s.sum += w * y;
            s.squares += w * y * y;
            s.denominators += w * (r.trials() == null ? 1 : r.trials()[i]);
            s.events += w * (r.event() == null ? 1 : r.event()[i]);
            if (s.outcomes != null) {
                s.outcomes.merge(y, w, Double::sum);
                s.limit();
            }
        }
        s.count(block, frequency);
        return s;
    }

    private void count(GroupBlock block, boolean frequency) {
        int levels = block.layout().levels();
        nodes = new long[levels];
        smallest = new long[levels];
        largest = new long[levels];
        Arrays.fill(smallest, Long.MAX_VALUE);
        if (levels == 0) {
            rows = mass(block, 0, block.rows(), frequency);
        }
        if (block.crossing() != null) {
            count(block.crossing());
            rows = block.rows();
            return;
        }
        for (int g = 0; levels > 0 && g < block.nodes(0); g++) {
            rows += count(block, 0, g, 1, frequency);
        }
    }

    /**
     * Counts a node and those below it.
     *
     * @param copies how many equal nodes above stand for the parent
     * @return observations of one such node times its copies
     */
    private long count(GroupBlock block, int level, int node, long copies, boolean frequency) {
        double weight = block.nodeWeight(level, node);
        least = Math.min(least, weight);
        fractional |= weight != Math.rint(weight);
        long own = frequency ? (long) weight : 1;
        long n = 0;
        if (level == nodes.length - 1) {
            n = mass(block, block.first(level, node), block.first(level, node + 1), frequency);
        } else {
            for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
                n += count(block, level + 1, c, copies * own, frequency);
            }
        }
        nodes[level] += copies * own;
        smallest[level] = Math.min(smallest[level], n);
        largest[level] = Math.max(largest[level], n);
        return own * n;
    }

    private void count(Crossing crossing) {
        for (int t = 0; t < nodes.length; t++) {
            long[] size = new long[crossing.nodes()[t]];
            for (int node : crossing.node()[t]) {
                size[node]++;
            }
            nodes[t] = size.length;
            smallest[t] = Arrays.stream(size).min().orElse(0);
            largest[t] = Arrays.stream(size).max().orElse(0);
        }
    }

    /** Observations that some rows stand for. */
    private static long mass(GroupBlock block, int from, int to, boolean frequency) {
        double mass = 0;
        for (int i = from; i < to; i++) {
            mass += frequency ? block.weight(i) : 1;
        }
        return (long) mass;
    }

    /** The smallest weight of a row or top-level group. */
    double leastWeight() {
        return least;
    }

    /** Whether a weight is not whole. */
    boolean fractionalWeights() {
        return fractional;
    }

    ResponseScan merge(ResponseScan o) {
        rows += o.rows;
        weight += o.weight;
        least = Math.min(least, o.least);
        fractional |= o.fractional;
        sum += o.sum;
        squares += o.squares;
        denominators += o.denominators;
        events += o.events;
        if (outcomes != null && o.outcomes != null) {
            o.outcomes.forEach((y, w) -> outcomes.merge(y, w, Double::sum));
            limit();
        } else {
            outcomes = null;
        }
        for (int l = 0; l < nodes.length; l++) {
            nodes[l] += o.nodes[l];
            smallest[l] = Math.min(smallest[l], o.smallest[l]);
            largest[l] = Math.max(largest[l], o.largest[l]);
        }
        return this;
    }

    private void limit() {
        if (outcomes.size() > MAX_OUTCOMES) {
            outcomes = null;
        }
    }

    /** The first complaint of a family about the responses of a block; empty if it has none. */
    public static String complaint(GroupBlock block, Family family) {
        for (int i = 0; i < block.rows(); i++) {
            Optional<String> wrong = family.check(block.response(), i);
            if (wrong.isEmpty() && !Double.isFinite(block.offset(i))) {
                wrong = Optional.of("an observation whose offset is not finite; exposures must be positive");
            }
            if (wrong.isPresent()) {
                return wrong.get() + place(block, i);
            }
        }
        return "";
    }

    /** Where a row stands, in parentheses; empty where it has no group. */
    static String place(GroupBlock block, int row) {
        if (block.layout().levels() == 0 || block.crossing() != null) {
            return "";
        }
        int g = 0;
        while (block.firstRow(0, g + 1) <= row) {
            g++;
        }
        return " (observation " + (row - block.firstRow(0, g) + 1) + " of group " + block.keys(0).label(g) + ")";
    }

    /** Sum of the weights of rows. */
    double totalWeight() {
        return weight;
    }

    /** Weighted number of records that end in failure. */
    double failures() {
        return events;
    }

    long rows() {
        return rows;
    }

    long nodes(int level) {
        return nodes[level];
    }

    long smallest(int level) {
        return smallest[level];
    }

    long largest(int level) {
        return largest[level];
    }

    /** Distinct values of the response, absent where there are too many. */
    Optional<double[]> outcomes() {
        return Optional.ofNullable(outcomes).map(o -> o.keySet().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Whether this value of the response is among those counted. */
    boolean occurs(double value) {
        return outcomes != null && outcomes.containsKey(value);
    }

    ResponseSummary summary(FamilyChoice choice) {
        double mean = sum / denominators;
        double variance = Math.max(0, squares / weight - sum / weight * (sum / weight));
        if (choice.family().equals("bernoulli")) {
            mean = outcomes == null ? 0.5 : 1 - outcomes.getOrDefault(0.0, 0.0) / weight;
        }
        List<Double> shares = new ArrayList<>();
        if (outcomes != null) {
            for (Map.Entry<Double, Double> e : outcomes.entrySet()) {
                shares.add(e.getValue() / weight);
            }
        }
        return new ResponseSummary(mean, variance, events / weight, outcomes().orElse(new double[0]),
                shares.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
