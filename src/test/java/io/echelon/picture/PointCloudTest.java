package io.echelon.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PointCloudTest {
    private static final int MANY = 20_000;

    private static double[][] points(int n) {
        Random random = new Random(7);
        double[][] points = new double[n][];
        for (int i = 0; i < n; i++) {
            points[i] = new double[] {250 + 30 * random.nextGaussian(), Math.exp(3 * random.nextGaussian()) - 5};
        }
        return points;
    }

    private static PointCloud cloud(double[][] points, int from, int to) {
        PointCloud cloud = new PointCloud();
        for (int i = from; i < to; i++) {
            cloud.add(points[i][0], points[i][1]);
        }
        return cloud;
    }

    @Test
    void fewPointsAreKept() {
        PointCloud cloud = new PointCloud().add(3, 1).add(Double.NaN, 2).add(1, 2).add(1, Double.POSITIVE_INFINITY);
        assertEquals(2, cloud.count());
        assertEquals(List.of(new PointCloud.Point(1, 2), new PointCloud.Point(3, 1)), cloud.points());
        assertFalse(cloud.binned());
    }

    @Test
    void cellsCountEveryPointOnce() {
        double[][] points = points(MANY);
        PointCloud cloud = cloud(points, 0, MANY);
        assertTrue(cloud.binned());
        assertEquals(MANY, cloud.cells().stream().mapToLong(PointCloud.Cell::count).sum());
        for (PointCloud.Cell c : cloud.cells().subList(0, 20)) {
            long inside = 0;
            for (double[] p : points) {
                inside += p[0] >= c.x0() && p[0] < c.x1() && p[1] >= c.y0() && p[1] < c.y1() ? 1 : 0;
            }
            assertEquals(inside, c.count());
        }
    }

    @Test
    void cellsAreAsFineAsTheirNumberAllows() {
        PointCloud cloud = cloud(points(MANY), 0, MANY);
        double low = cloud.cells().stream().mapToDouble(PointCloud.Cell::x0).min().orElseThrow();
        double high = cloud.cells().stream().mapToDouble(PointCloud.Cell::x1).max().orElseThrow();
        double width = cloud.cells().get(0).x1() - cloud.cells().get(0).x0();
        long across = Math.round((high - low) / width);
        assertTrue(across > 32 && across <= 64, across + " cells");
    }

    @Test
    void theSameHoweverTheDataAreDivided() {
        double[][] points = points(MANY);
        PointCloud whole = cloud(points, 0, MANY);
        PointCloud parts = new PointCloud().merge(cloud(points, 15_000, MANY)).merge(cloud(points, 0, 100))
                .merge(cloud(points, 100, 1500)).merge(cloud(points, 1500, 15_000)).merge(new PointCloud());
        assertEquals(whole.cells(), parts.cells());
        assertEquals(whole.count(), parts.count());
    }

    @Test
    void constantsAndValuesOfAnySizeHaveCells() {
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < 3000; i++) {
            cloud.add(42, i % 2 == 0 ? 1e-300 : 1e300);
        }
        assertEquals(2, cloud.cells().size());
        assertEquals(3000, cloud.cells().stream().mapToLong(PointCloud.Cell::count).sum());
    }

    @Test
    void transposedTwiceIsTheSame() {
        PointCloud cloud = cloud(points(MANY), 0, MANY);
        assertEquals(cloud.cells(), cloud.transposed().transposed().cells());
        PointCloud.Cell first = cloud.cells().get(0);
        assertTrue(cloud.transposed().cells().contains(
                new PointCloud.Cell(first.y0(), first.x0(), first.y1(), first.x1(), first.count())));
    }
}
