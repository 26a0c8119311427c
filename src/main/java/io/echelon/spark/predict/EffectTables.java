package io.echelon.spark.predict;

import io.echelon.design.Source;
import io.echelon.fit.RandomEffects;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spec.RandomEquation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;

/** Makes indexes by group of the table of predicted random effects (level, group, term, estimate, std_error). */
final class EffectTables {
    private EffectTables() {}

    /** The rows of a partition that belong to a level, column by column. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;
        final List<String> groups = new ArrayList<>();
        final List<Integer> terms = new ArrayList<>();
        final List<Double> values = new ArrayList<>();
        final List<Double> errors = new ArrayList<>();
    }

    /**
     * The index of one level.
     *
     * @param sources of the design, whose labels are the names of levels of string variables
     * @param whole   whether groups have whole numbers in the data to be predicted
     * @param value   column with the effects
     * @param error   column with their standard errors
     */
    static EffectIndex index(Dataset<Row> table, PredictedLevel level, List<Source> sources, boolean whole, String value,
                             String error) {
        boolean factor = level.path().equals(RandomEquation.ALL) && level.terms().get(0).startsWith("R.");
        SampleRows rows = new SampleRows(table.filter(functions.col("level").equalTo(level.path()))
                .select("group", "term", value, error));
        List<String> terms = List.copyOf(level.terms());
        EffectIndex index = new EffectIndex(whole, terms.size());
        for (Part part : rows.onAll(some -> part(some, terms, factor))) {
            for (int k = 0; k < part.groups.size(); k++) {
                String group = level.grouping().isEmpty() ? "" : part.groups.get(k);
                index.put(factor ? label(group, level, sources) : group, part.terms.get(k), part.values.get(k),
                        part.errors.get(k));
            }
        }
        return index;
    }

    /**
     * The indexes of all levels of a linear model with nested groups.
     *
     * @param whole for each level whether groups have whole numbers in the data to be predicted
     */
    static EffectIndex[] indexes(List<RandomEffects> parts, List<PredictedLevel> levels, boolean[] whole) {
        EffectIndex[] indexes = new EffectIndex[levels.size()];
        for (int l = 0; l < indexes.length; l++) {
            PredictedLevel level = levels.get(l);
            int q = level.terms().size();
            indexes[l] = new EffectIndex(whole[l], q);
            for (RandomEffects part : parts) {
                int[] places = level.terms().stream().mapToInt(part.terms()::indexOf).toArray();
                if (!part.level().equals(level.path()) || places[0] < 0) {
                    continue;
                }
                for (int g = 0; g < part.keys().size(); g++) {
                    String group = level.grouping().isEmpty() ? "" : String.join(">", part.keys().get(g));
                    for (int i = 0; i < q; i++) {
                        int at = g * part.terms().size() + places[i];
                        indexes[l].put(group, i, part.estimate()[at], part.stdError()[at]);
                    }
                }
            }
        }
        return indexes;
    }

    private static Part part(Iterator<InternalRow> rows, List<String> terms, boolean factor) {
        Part part = new Part();
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            String group = row.getUTF8String(0).toString();
            String term = row.getUTF8String(1).toString();
            int place = terms.indexOf(term);
            String variable = factor ? "." + terms.get(0).substring("R.".length()) : "";
            if (factor && place < 0 && term.endsWith(variable)) {
                // The effect of an indicator, 3.a: that of the group 3 of a.
                group = "#" + term.substring(0, term.length() - variable.length());
                place = 0;
            }
            if (place >= 0) {
                part.groups.add(group);
                part.terms.add(place);
                part.values.add(row.isNullAt(2) ? 0 : row.getDouble(2));
                part.errors.add(row.isNullAt(3) ? Double.NaN : row.getDouble(3));
            }
        }
        return part;
    }

    /** The value of a variable whose indicator has this number. */
    private static String label(String group, PredictedLevel level, List<Source> sources) {
        if (!group.startsWith("#")) {
            return group;
        }
        String number = group.substring(1);
        return sources.stream().filter(s -> s.name().equals(level.grouping().get(0))).findFirst().flatMap(Source::labels)
                .map(l -> l.get(Integer.parseInt(number) - 1)).orElse(number);
    }
}
