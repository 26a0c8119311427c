package io.echelon.spark.write;

import io.echelon.report.Table;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Value tables as Spark data sets. */
public final class TableFrames {
    private TableFrames() {}

    /** The data set of a table. */
    public static Dataset<Row> of(SparkSession spark, Table table) {
        StructType schema = new StructType();
        for (Table.Column column : table.columns()) {
            schema = schema.add(column.name(), type(column.type()), true);
        }
        List<Row> rows = table.rows().stream().map(r -> RowFactory.create(r.toArray())).toList();
        return spark.createDataFrame(rows, schema);
    }

    private static DataType type(Table.Type type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case WHOLE -> DataTypes.LongType;
            case NUMBER -> DataTypes.DoubleType;
            case FLAG -> DataTypes.BooleanType;
        };
    }
}
