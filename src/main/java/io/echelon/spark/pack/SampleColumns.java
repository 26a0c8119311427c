package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Source;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.RandomEquation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/**
 * The columns a model reads, in the order in which {@link RowReader} finds them: the sources, then the grouping variables.
 *
 * @param names  of all columns
 * @param codes  for each source: the number of each label, or null for a numeric one
 * @param levels what the values of each grouping variable are
 * @param exposure the source that must be positive, or -1
 */
record SampleColumns(List<String> names, List<Map<String, Integer>> codes, List<Key> levels, int exposure)
        implements Serializable {
    /** What the values of a level variable are. */
    enum Key {
        /** Whole numbers, stored as such. */
        WHOLE,
        /** Numbers that should be whole. */
        DOUBLE,
        /** Strings, and anything else by its text. */
        TEXT,
        /** {@code _all}: no column, one group. */
        ALL
    }

    /** The columns of a design over data of this schema. */
    static SampleColumns of(Design design, Dataset<Row> data) {
        List<String> names = new ArrayList<>(design.sources().stream().map(Source::name).toList());
        List<Map<String, Integer>> codes = new ArrayList<>();
        for (Source s : design.sources()) {
            codes.add(s.labels().map(SampleColumns::numbered).orElse(null));
        }
        List<Key> levels = new ArrayList<>();
        for (String variable : levelVariables(design)) {
            levels.add(variable.equals(RandomEquation.ALL) ? Key.ALL : key(data.schema().apply(variable).dataType()));
            names.add(variable);
        }
        int exposure = design.offset().filter(Design.Offset::logarithm).map(Design.Offset::source).orElse(-1);
        return new SampleColumns(names, codes, levels, exposure);
    }

    /** The innermost grouping variable of each level; of crossed levels every grouping variable once. */
    static List<String> levelVariables(Design design) {
        if (design.crossed()) {
            return design.levels().stream().flatMap(l -> l.grouping().stream()).distinct().toList();
        }
        return design.levels().stream().map(Level::grouping)
                .map(g -> g.isEmpty() ? RandomEquation.ALL : g.get(g.size() - 1)).toList();
    }

    /** The data set with these columns only. */
    Dataset<Row> select(Dataset<Row> data) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (i < codes.size()) {
                columns.add(cast(data, name, codes.get(i) == null ? DataTypes.DoubleType : DataTypes.StringType, i));
            } else if (levels.get(i - codes.size()) != Key.ALL) {
                columns.add(cast(data, name, type(levels.get(i - codes.size())), i));
            }
        }
        return data.select(columns.toArray(Column[]::new));
    }

    private static Column cast(Dataset<Row> data, String name, DataType type, int position) {
        Column column = Schemas.column(name);
        boolean same = data.schema().apply(name).dataType().equals(type);
        return (same ? column : column.cast(type)).as("c" + position);
    }

    private static DataType type(Key key) {
        return key == Key.WHOLE ? DataTypes.LongType : key == Key.DOUBLE ? DataTypes.DoubleType : DataTypes.StringType;
    }

    private static Key key(DataType type) {
        if (type.equals(DataTypes.LongType) || type.equals(DataTypes.IntegerType) || type.equals(DataTypes.ShortType)
                || type.equals(DataTypes.ByteType)) {
            return Key.WHOLE;
        }
        return type instanceof NumericType ? Key.DOUBLE : Key.TEXT;
    }

    private static Map<String, Integer> numbered(List<String> labels) {
        return IntStream.range(0, labels.size()).boxed().collect(Collectors.toMap(labels::get, k -> k + 1));
    }
}
