package io.echelon.spark.predict;

import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.spark.read.Schemas;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns a prediction reads, in their order: the sources it needs, then for each level that has groups their key: a
 * whole number where the level has one numeric variable, the texts of its variables joined by {@code >} otherwise.
 *
 * @param places for each column that is a source, its place among the sources of the design
 * @param codes  for each of these the number of each label, or null for a numeric one
 * @param width  number of sources of the design
 * @param keys   for each level the place of its key among the columns, or −1 for {@code _all}
 * @param whole  for each level whether its key is a whole number
 */
record PredictionInputs(int[] places, List<Map<String, Integer>> codes, int width, int[] keys, boolean[] whole)
        implements Serializable {

    /** The inputs of a prediction over data of this schema, every variable looked up. */
    static PredictionInputs of(List<Source> sources, boolean[] needed, List<PredictedLevel> levels, StructType schema) {
        List<Integer> places = new ArrayList<>();
        List<Map<String, Integer>> codes = new ArrayList<>();
        for (int s = 0; s < needed.length; s++) {
            if (needed[s]) {
                places.add(s);
                codes.add(codes(sources.get(s), type(schema, sources.get(s).name())));
            }
        }
        int next = places.size();
        int[] keys = new int[levels.size()];
        boolean[] whole = new boolean[levels.size()];
        for (int l = 0; l < keys.length; l++) {
            List<String> grouping = levels.get(l).grouping();
            grouping.forEach(v -> type(schema, v));
            keys[l] = grouping.isEmpty() ? -1 : next++;
            whole[l] = grouping.size() == 1 && type(schema, grouping.get(0)) instanceof NumericType;
        }
        return new PredictionInputs(places.stream().mapToInt(i -> i).toArray(), codes, needed.length, keys, whole);
    }

    private static DataType type(StructType schema, String variable) {
        return schema.apply(Schemas.of(schema).find(variable).orElseThrow(() -> EchelonException.misuse("variable "
                + variable + " not found in the data, and the model needs it for this prediction"
                + io.echelon.error.Spelling.hint(variable, List.of(schema.fieldNames())))).name()).dataType();
    }

    private static Map<String, Integer> codes(Source source, DataType type) {
        boolean text = type instanceof StringType;
        if (text != source.labels().isPresent()) {
            throw EchelonException.misuse("variable " + source.name() + " holds " + (text ? "strings" : "numbers")
                    + " in these data and " + (text ? "numbers" : "strings") + " in those the model was fitted to");
        }
        if (!text && !(type instanceof NumericType || type instanceof BooleanType)) {
            throw EchelonException.misuse("variable " + source.name() + " is neither a number nor a string in these data");
        }
        if (!text) {
            return null;
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (String label : source.labels().orElseThrow()) {
            numbers.put(label, numbers.size() + 1);
        }
        return numbers;
    }

    /**
     * The columns over a data set.
     *
     * @param joined whether the effects of the groups were joined to it, and stand in the place of the groups
     */
    Column[] columns(List<Source> sources, List<PredictedLevel> levels, StructType schema, boolean joined) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            Column column = Schemas.column(sources.get(places[i]).name());
            columns.add((codes.get(i) == null ? column.cast("double") : column).as("c" + i));
        }
        for (int l = 0; l < keys.length; l++) {
            if (joined) {
                columns.add(JoinedEffects.effects(l).as("c" + keys[l]));
            } else if (keys[l] >= 0) {
                List<Column> parts = levels.get(l).grouping().stream().map(v -> key(v, schema)).toList();
                Column key = whole[l] ? parts.get(0) : parts.stream().map(c -> c.cast("string"))
                        .reduce((a, b) -> functions.concat(a, functions.lit(">"), b)).orElseThrow();
                columns.add(key.as("c" + keys[l]));
            }
        }
        return columns.toArray(Column[]::new);
    }

    /** Whole numbers as such, whatever their type; other values as they are. */
    static Column key(String variable, StructType schema) {
        DataType type = schema.apply(variable).dataType();
        Column column = Schemas.column(variable);
        return type instanceof NumericType && !(type instanceof IntegralType) ? whole(column)
                : type instanceof NumericType ? column.cast("bigint") : column;
    }

    private static Column whole(Column column) {
        return functions.when(column.cast("double").equalTo(functions.floor(column)), column.cast("bigint"));
    }
}
