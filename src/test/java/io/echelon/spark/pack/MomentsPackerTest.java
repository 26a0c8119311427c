package io.echelon.spark.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.design.Binder;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.spark.TestSession;
import io.echelon.spark.engine.DriverBudget;
import io.echelon.spark.engine.ExecutorParts;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever way the rows take, the cross-products of each group are the same. */
class MomentsPackerTest {
    private static final String THREE_LEVELS = "mixed y x i.g || school: x || class:";

    private final SparkSession spark = TestSession.spark();

    @AfterEach
    void restoreSettings() {
        spark.conf().unset(DriverBudget.GATHER);
        spark.conf().unset(DriverBudget.EXCHANGE);
        spark.conf().unset(DriverBudget.MOMENTS);
    }

    /** 3000 rows, 40 schools by name, classes numbered anew in each school, some values missing. */
    private Dataset<Row> schools(int partitions) {
        return spark.range(0, 3000, 1, 1).selectExpr(
                "concat('school ', id % 40) AS school", "id % 7 AS class", "CAST(id % 3 AS INT) AS g",
                "IF(id % 100 = 0, NULL, sin(id) * 5 + 1000) AS x", "IF(id % 150 = 1, double('NaN'), cos(id)) AS y")
                .repartition(partitions);
    }

    private static Design bind(Dataset<Row> data, String command) {
        Statement.Estimation e = (Statement.Estimation) CommandReader.read(command);
        return Binder.bind(e.spec(), Schemas.of(data.schema()), new FactorSurvey(data), Map.of());
    }

    /** The sums of each node by its labels, and the root under the empty label. */
    private static TreeMap<String, double[]> byLabel(PartStore<Moments> parts) {
        return parts.aggregate(MomentsPackerTest::labelled, (a, b) -> {
            double[] root = a.get("").clone();
            for (int i = 0; i < root.length; i++) {
                root[i] += b.get("")[i];
            }
            a.putAll(b);
            a.put("", root);
            return a;
        });
    }

    private static TreeMap<String, double[]> labelled(Moments m) {
        TreeMap<String, double[]> sums = new TreeMap<>();
        String[] above = {};
        for (int l = 0; l < m.layout().levels(); l++) {
            String[] labels = new String[m.nodes(l)];
            int stride = m.layout().stride(l);
            for (int k = 0; k < labels.length; k++) {
                labels[k] = (l == 0 ? "" : above[m.parent()[l][k]] + ">") + m.keys()[l].label(k);
                double[] node = new double[stride + 1];
                System.arraycopy(m.data()[l], k * stride, node, 0, stride);
                node[stride] = m.rows()[l][k];
                sums.put(labels[k], node);
            }
            above = labels;
        }
        double[] root = java.util.Arrays.copyOf(m.root(), m.root().length + 1);
        root[m.root().length] = m.n();
        sums.put("", root);
        return sums;
    }

    private static void assertSame(TreeMap<String, double[]> expected, TreeMap<String, double[]> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((label, sums) -> assertArrayEquals(sums, actual.get(label), 1e-9, label));
    }

    private static TreeMap<String, double[]> packed(Dataset<Row> data, PackedMoments like) {
        PackedMoments packed = MomentsPacker.pack(data, like.design(), like.standardization());
        TreeMap<String, double[]> sums = byLabel(packed.parts());
        packed.parts().close();
        return sums;
    }

    @Test
    void everyWayGivesTheSameSums() {
        Design design = bind(schools(1), THREE_LEVELS);
        PackedMoments one = MomentsPacker.pack(schools(1), design);
        TreeMap<String, double[]> expected = byLabel(one.parts());
        assertEquals(1 + 40 + 280, expected.size());
        assertTrue(expected.containsKey("school 3>2"));

        Dataset<Row> local = spark.createDataFrame(schools(1).collectAsList(), schools(1).schema());
        assertTrue(new SampleRows(local).onDriver());
        assertSame(expected, packed(local, one));
        assertSame(expected, packed(schools(5), one));
        spark.conf().set(DriverBudget.GATHER, "1");
        assertSame(expected, packed(schools(5), one));
        spark.conf().set(DriverBudget.EXCHANGE, "false");
        assertSame(expected, packed(schools(5), one));
        spark.conf().set(DriverBudget.MOMENTS, "1");
        PackedMoments remote = MomentsPacker.pack(schools(5), design, one.standardization());
        assertTrue(remote.parts() instanceof ExecutorParts);
        assertSame(expected, byLabel(remote.parts()));
        remote.parts().close();
    }

    @Test
    void rowsOfScatteredGroupsAreSentAsRows() {
        Dataset<Row> scattered = spark.range(0, 60_000, 1, 2).selectExpr(
                "pmod(hash(id), 20011) AS id", "sin(id) AS x", "cos(id) AS y");
        PackedMoments gathered = MomentsPacker.pack(scattered, bind(scattered, "mixed y x || id: x"));
        TreeMap<String, double[]> expected = byLabel(gathered.parts());
        spark.conf().set(DriverBudget.GATHER, "1");
        for (String exchange : List.of("true", "false")) {
            spark.conf().set(DriverBudget.EXCHANGE, exchange);
            assertSame(expected, packed(scattered, gathered));
            assertSame(expected, packed(scattered.sort("id"), gathered));
        }
    }

    @Test
    void missingValuesAreCountedOnceARow() {
        PackedMoments packed = MomentsPacker.pack(schools(3), bind(schools(3), THREE_LEVELS));
        assertEquals(2950, packed.parts().aggregate(Moments::n, Long::sum));
        assertEquals("50 observations dropped because of missing values in y (20), x (30)",
                packed.design().notes().get(0));
    }

    @Test
    void partitionsWithFewRowsDoNotSetTheScale() {
        Dataset<Row> data = spark.range(0, 2000, 1, 4).selectExpr("id % 100 AS g",
                "IF(id >= 500 OR id = 3, 1e9 + id % 10, NULL) AS x", "cos(id) AS y");
        PackedMoments packed = MomentsPacker.pack(data, bind(data, "mixed y x || g:"));
        assertEquals(4, packed.standardization().scale()[1], "scale of x");
        assertEquals(1e9 + 4.5, packed.standardization().shift()[1], 0.2, "shift of x");
    }

    @Test
    void unusableValuesAreErrorsThatNameThem() {
        assertError("x has infinite values", "1 AS g, 1.0D AS y, double('Infinity') AS x", "1 AS g, 2.0D AS y, 1.0D AS x");
        assertError("level variable g has the value 1.5", "1.5D AS g, 1.0D AS y, 1.0D AS x", "1.5D AS g, 1.0D AS y, 3.0D AS x");
        assertError("no observations: all 2 rows have missing values, in y (1), x (1)",
                "1 AS g, double(null) AS y, 1.0D AS x", "1 AS g, 2.0D AS y, double(null) AS x");
    }

    private static void assertError(String message, String... rows) {
        Dataset<Row> data = TestSession.table(rows[0], rows[1]);
        Design design = bind(data, "mixed y x || g:");
        EchelonException e = assertThrows(EchelonException.class, () -> MomentsPacker.pack(data, design));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
