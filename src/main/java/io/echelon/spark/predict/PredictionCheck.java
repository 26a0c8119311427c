package io.echelon.spark.predict;

import io.echelon.design.Binding;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.family.Ordinal;
import io.echelon.spark.pack.SampleRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** One pass over the rows to be predicted that counts what a user should know of them before anything is computed. */
final class PredictionCheck implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Groups not seen are counted one by one up to this number. */
    private static final int MOST_GROUPS = 1_000_000;

    private long rows;
    private long missing;
    private final long[] unseenRows;
    private final Set<Object>[] unseenGroups;
    private final Map<Integer, TreeSet<String>> strangeLevels = new TreeMap<>();

    @SuppressWarnings("unchecked")
    PredictionCheck(int levels) {
        unseenRows = new long[levels];
        unseenGroups = new Set[levels];
        for (int l = 0; l < levels; l++) {
            unseenGroups[l] = new HashSet<>();
        }
    }

    /**
     * Looks at the rows.
     *
     * @param columns the inputs of the prediction in their order
     * @param known   for each source the values it may have, or null for any
     * @param effects of each level, or null where the prediction needs none
     */
    static PredictionCheck of(Dataset<Row> columns, PredictionInputs inputs, List<Set<Object>> known,
                              Broadcast<EffectIndex[]> effects) {
        List<PredictionCheck> parts = new SampleRows(columns).onAll(rows -> check(rows, inputs, known, effects));
        PredictionCheck all = new PredictionCheck(inputs.keys().length);
        parts.forEach(all::merge);
        return all;
    }

    /** For each source that is read as a factor variable: the values it had in the estimation sample; null for others. */
    static List<Set<Object>> known(List<Source> sources, boolean[] needed, Binding binding) {
        Map<String, Set<Object>> values = new HashMap<>();
        for (Binding.Crossing crossing : binding.crossings()) {
            for (int v = 0; v < crossing.variables().size(); v++) {
                Set<Object> seen = values.computeIfAbsent(crossing.variables().get(v), n -> new HashSet<>());
                int place = v;
                crossing.cells().forEach(c -> seen.add(c.values().get(place) instanceof Number n ? (Object) n.doubleValue()
                        : c.values().get(place)));
            }
        }
        List<Set<Object>> known = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            known.add(needed[s] ? values.get(sources.get(s).name()) : null);
        }
        return known;
    }

    private static PredictionCheck check(Iterator<InternalRow> rows, PredictionInputs inputs, List<Set<Object>> known,
                                         Broadcast<EffectIndex[]> effects) {
        PredictionCheck part = new PredictionCheck(inputs.keys().length);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            part.rows++;
            if (part.complete(row, inputs, known) && effects != null) {
                part.groups(row, inputs, effects.value());
            }
        }
        return part;
    }

    /** Whether a row misses no variable; notes values of factor variables that were not seen in estimation. */
    boolean complete(InternalRow row, PredictionInputs inputs, List<Set<Object>> known) {
        boolean complete = true;
        for (int i = 0; i < inputs.places().length; i++) {
            Set<Object> values = known.get(inputs.places()[i]);
            boolean text = inputs.codes().get(i) != null;
            boolean absent = row.isNullAt(i) || (text ? row.getUTF8String(i).numBytes() == 0 : Double.isNaN(row.getDouble(i)));
            if (!absent && values != null) {
                Object value = text ? row.getUTF8String(i).toString() : (Object) row.getDouble(i);
                if (!values.contains(value)) {
                    strangeLevels.computeIfAbsent(inputs.places()[i], s -> new TreeSet<>())
                            .add(text ? value.toString() : Ordinal.text((Double) value));
                }
            }
            complete &= !absent;
        }
        missing += complete ? 0 : 1;
        return complete;
    }

    private void groups(InternalRow row, PredictionInputs inputs, EffectIndex[] effects) {
        for (int l = 0; l < effects.length; l++) {
            int key = inputs.keys()[l];
            if (key < 0) {
                continue;
            }
            boolean none = row.isNullAt(key);
            int place = none ? -1 : inputs.whole()[l] ? effects[l].find(row.getLong(key))
                    : effects[l].find(row.getUTF8String(key).toString());
            if (place < 0) {
                unseenRows[l]++;
                if (!none && unseenGroups[l].size() < MOST_GROUPS) {
                    unseenGroups[l].add(inputs.whole()[l] ? (Object) row.getLong(key) : row.getUTF8String(key).clone());
                }
            }
        }
    }

    private void merge(PredictionCheck other) {
        rows += other.rows;
        missing += other.missing;
        for (int l = 0; l < unseenRows.length; l++) {
            unseenRows[l] += other.unseenRows[l];
            unseenGroups[l].addAll(other.unseenGroups[l]);
        }
        other.strangeLevels.forEach((s, v) -> strangeLevels.computeIfAbsent(s, k -> new TreeSet<>()).addAll(v));
    }

    /** Requires that every factor variable has values of the estimation sample only. */
    void requireKnownLevels(List<Source> sources) {
        strangeLevels.forEach((s, values) -> {
            String name = sources.get(s).name();
            throw EchelonException.misuse("factor variable " + name + " has " + (values.size() == 1 ? "the value " : "the values ")
                    + String.join(", ", values.stream().limit(10).toList()) + (values.size() > 10 ? ", ..." : "")
                    + ", not seen in estimation, so that nothing can be predicted for such rows; leave them out with if");
        });
    }

    /** Rows looked at. */
    long rows() {
        return rows;
    }

    /** Rows that miss a value. */
    long missing() {
        return missing;
    }

    /** Rows of groups of a level that were not seen in estimation. */
    long unseenRows(int level) {
        return unseenRows[level];
    }

    /** The number of these groups. */
    long unseenGroups(int level) {
        return unseenGroups[level].size();
    }
}
