package io.echelon.spark.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.likelihood.generalized.Contribution;
import io.echelon.spark.TestSession;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Results of many partitions, merged along a tree. */
class OrderedMergeTest {
    private static final int PARTITIONS = 200;

    private static JavaRDD<Integer> numbers() {
        List<Integer> numbers = IntStream.range(0, PARTITIONS).boxed().toList();
        return JavaSparkContext.fromSparkContext(TestSession.spark().sparkContext()).parallelize(numbers, PARTITIONS);
    }

    /** Concatenation shows the order: 200 results become 40, these 8, these 2, and those are merged on the driver. */
    @Test
    void everyLevelKeepsTheOrderOfThePartitions() {
        String expected = IntStream.range(0, PARTITIONS).mapToObj(String::valueOf).collect(Collectors.joining(","));
        JavaRDD<String> texts = numbers().map(String::valueOf);
        assertEquals(expected, OrderedMerge.of(texts, (a, b) -> a + "," + b, 5));
        assertEquals(expected, OrderedMerge.of(texts, (a, b) -> a + "," + b));
    }

    @Test
    void partitionsWithoutResultsAreLeftOut() {
        JavaRDD<String> texts = numbers().filter(n -> n == 7 || n == 8 || n == 150).map(String::valueOf);
        assertEquals("7,8,150", OrderedMerge.of(texts, (a, b) -> a + "," + b, 16));
    }

    /** Sums of 200 parts whose log likelihoods cancel by and large: the same to the last digits, and the same again. */
    @Test
    void logLikelihoodsDoNotDependOnTheTree() {
        JavaRDD<Contribution> parts = numbers().map(OrderedMergeTest::contribution);
        Contribution flat = OrderedMerge.of(parts, Contribution::merge);
        Contribution tree = OrderedMerge.of(parts, Contribution::merge, 16);
        Contribution again = OrderedMerge.of(parts, Contribution::merge, 16);
        assertEquals(flat.value(), tree.value(), 1e-12 * Math.abs(flat.value()));
        assertArrayEquals(flat.gradient(), tree.gradient(), 1e-9);
        assertEquals(tree.value(), again.value());
        assertArrayEquals(tree.gradient(), again.gradient());
        assertArrayEquals(tree.scores(), again.scores());
    }

    private static Contribution contribution(int part) {
        Contribution c = new Contribution(3);
        for (int group = 0; group < 50; group++) {
            double t = part * 50 + group;
            c.add(1e6 * Math.sin(t) - 1e-3 * Math.cos(t));
            c.addScore(new double[] {1e4 * Math.sin(2 * t), Math.cos(t), t % 7 - 3}, Double.NaN);
        }
        return c;
    }
}
