package io.echelon.spark.predict;

import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.spark.engine.ExecutorParts;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** A table of what is computed part by part, made where the parts are: on the executors or on the driver. */
final class PartRows {
    private PartRows() {}

    /** The rows of all parts; parts on executors are given back once the table is there. */
    static Dataset<Row> table(SparkSession spark, PartStore<GroupBlock> parts, PartStore.Kernel<GroupBlock, List<Row>> rows,
                              StructType schema) {
        if (parts instanceof ExecutorParts<GroupBlock> remote) {
            Dataset<Row> table = spark.createDataFrame(remote.rdd().flatMap(p -> rows.apply(p).iterator()), schema)
                    .persist(StorageLevel.MEMORY_AND_DISK());
            table.count();
            parts.close();
            return table;
        }
        List<Row> table = parts.aggregate(rows, (a, b) -> {
            a.addAll(b);
            return a;
        });
        return spark.createDataFrame(table, schema);
    }
}
