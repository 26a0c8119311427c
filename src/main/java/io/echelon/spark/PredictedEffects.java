package io.echelon.spark;

import io.echelon.fit.RandomEffects;
import io.echelon.group.PartStore;
import io.echelon.spark.engine.ExecutorParts;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The predicted random effects of a fit, as arrays and as a table: computed when they are first wanted, and kept as long as
 * there is room for them.
 */
final class PredictedEffects<P> {
    private final PartStore<P> parts;
    private final PartStore.Kernel<P, List<RandomEffects>> kernel;
    private SoftReference<List<RandomEffects>> kept = new SoftReference<>(null);

    PredictedEffects(PartStore<P> parts, PartStore.Kernel<P, List<RandomEffects>> kernel) {
        this.parts = parts;
        this.kernel = kernel;
    }

    /** All effects, here. */
    List<RandomEffects> arrays() {
        List<RandomEffects> all = kept.get();
        if (all == null) {
            all = parts.aggregate(kernel, PredictedEffects::append);
            kept = new SoftReference<>(all);
        }
        return all;
    }

    private static List<RandomEffects> append(List<RandomEffects> a, List<RandomEffects> b) {
        List<RandomEffects> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** The table; of parts on executors it is made there. */
    Dataset<Row> table(SparkSession spark) {
        return parts instanceof ExecutorParts<P> remote ? RandomEffectsTable.of(spark, remote, kernel)
                : RandomEffectsTable.of(spark, arrays());
    }
}
