package io.echelon.estimate;

import io.echelon.family.Family;
import io.echelon.family.Response;
import io.echelon.family.ResponseSummary;
import io.echelon.group.GroupBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One look at all packed rows: numbers of rows and groups, sums of the response, its distinct values while they are few. */
final class ResponseScan implements Serializable {
    private static final long serialVersionUID = 1L;
    /** More distinct values than this are not counted. */
    private static final int MAX_OUTCOMES = 100;

    private long rows;
    private double weight;
    private double sum;
    private double squares;
    private double denominators;
    private double events;
    private TreeMap<Double, Double> outcomes = new TreeMap<>();
    private long[] nodes;
    private long[] smallest;
    private long[] largest;

    static ResponseScan of(GroupBlock block) {
        ResponseScan s = new ResponseScan();
        Response r = block.response();
        for (int i = 0; i < block.rows(); i++) {
            double w = block.weight(i);
            double y = r.y()[i];
            s.rows++;
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
        int levels = block.layout().levels();
        s.nodes = new long[levels];
        s.smallest = new long[levels];
        s.largest = new long[levels];
        for (int l = 0; l < levels; l++) {
            s.nodes[l] = block.nodes(l);
            s.smallest[l] = Long.MAX_VALUE;
            for (int j = 0; j < block.nodes(l); j++) {
                long n = block.firstRow(l, j + 1) - block.firstRow(l, j);
                s.smallest[l] = Math.min(s.smallest[l], n);
                s.largest[l] = Math.max(s.largest[l], n);
            }
        }
        return s;
    }

    ResponseScan merge(ResponseScan o) {
        rows += o.rows;
        weight += o.weight;
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
    static String complaint(GroupBlock block, Family family) {
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

    private static String place(GroupBlock block, int row) {
        if (block.layout().levels() == 0) {
            return "";
        }
        int g = 0;
        while (block.firstRow(0, g + 1) <= row) {
            g++;
        }
        return " (observation " + (row - block.firstRow(0, g) + 1) + " of group " + block.keys(0).label(g) + ")";
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
