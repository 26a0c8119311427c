package io.echelon.picture;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The points of a plane, one by one while they are few and counted in cells when they are many. Clouds of parts of the
 * data merge into the cloud of all of them, the same however the data were divided: a cell is 2ᵃ wide and 2ᵇ high with
 * the smallest a and b that need no more cells across than there may be.
 */
public final class PointCloud implements Serializable {
    /** Points up to which they are kept one by one. */
    public static final int MOST_POINTS = 2000;
    private static final int CELLS = 64;

    /** A point. */
    public record Point(double x, double y) implements Serializable {}

    /** The points with x in [x0, x1) and y in [y0, y1). */
    public record Cell(double x0, double y0, double x1, double y1, long count) {}

    private final List<Point> points = new ArrayList<>();
    private long count;
    private final DyadicAxis x = new DyadicAxis(CELLS);
    private final DyadicAxis y = new DyadicAxis(CELLS);
    /** Counts by cell, x first; null while the points are kept. */
    private long[] cells;

    /** Adds a point; one with a missing coordinate is left out. */
    public PointCloud add(double px, double py) {
        if (!Double.isFinite(px) || !Double.isFinite(py)) {
            return this;
        }
        count++;
        if (cells == null && points.size() < MOST_POINTS) {
            points.add(new Point(px, py));
            return this;
        }
        countPoints();
        put(px, py, 1);
        return this;
    }

    /** Adds the points of another cloud. */
    public PointCloud merge(PointCloud other) {
        count += other.count;
        if (cells == null && other.cells == null && points.size() + other.points.size() <= MOST_POINTS) {
            points.addAll(other.points);
            return this;
        }
        countPoints();
        other.points.forEach(p -> put(p.x(), p.y(), 1));
        if (other.cells != null) {
            widen(other.x, other.y);
            for (int k = 0; k < other.cells.length; k++) {
                if (other.cells[k] > 0) {
                    cells[index(x.place(other.x.low(k / CELLS)), y.place(other.y.low(k % CELLS)))] += other.cells[k];
                }
            }
        }
        return this;
    }

    private void countPoints() {
        if (cells == null) {
            cells = new long[CELLS * CELLS];
            points.forEach(p -> put(p.x(), p.y(), 1));
            points.clear();
        }
    }

    private void put(double px, double py, long n) {
        if (!x.holds(px) || !y.holds(py)) {
            DyadicAxis beforeX = x.copy();
            DyadicAxis beforeY = y.copy();
            x.include(px);
            y.include(py);
            move(beforeX, beforeY);
        }
        cells[index(x.place(px), y.place(py))] += n;
    }

    private void widen(DyadicAxis alsoX, DyadicAxis alsoY) {
        DyadicAxis beforeX = x.copy();
        DyadicAxis beforeY = y.copy();
        x.include(alsoX);
        y.include(alsoY);
        move(beforeX, beforeY);
    }

    private void move(DyadicAxis beforeX, DyadicAxis beforeY) {
        long[] before = cells;
        cells = new long[CELLS * CELLS];
        for (int k = 0; k < before.length; k++) {
            if (before[k] > 0) {
                cells[index(x.place(beforeX.low(k / CELLS)), y.place(beforeY.low(k % CELLS)))] += before[k];
            }
        }
    }

    private static int index(int column, int row) {
        return column * CELLS + row;
    }

    /** Number of points. */
    public long count() {
        return count;
    }

    /** Whether the points were too many to keep. */
    public boolean binned() {
        return cells != null;
    }

    /** The points in order of x, then y; none where they were too many. */
    public List<Point> points() {
        return points.stream().sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y)).toList();
    }

    /** The cells that hold a point; none where the points are kept. */
    public List<Cell> cells() {
        List<Cell> list = new ArrayList<>();
        for (int k = 0; cells != null && k < cells.length; k++) {
            if (cells[k] > 0) {
                int column = k / CELLS;
                int row = k % CELLS;
                list.add(new Cell(x.low(column), y.low(row), x.low(column + 1), y.low(row + 1), cells[k]));
            }
        }
        return list;
    }

    /** The same points with x and y exchanged. */
    public PointCloud transposed() {
        PointCloud other = new PointCloud();
        other.count = count;
        points.forEach(p -> other.points.add(new Point(p.y(), p.x())));
        if (cells != null) {
            other.cells = new long[cells.length];
            Arrays.setAll(other.cells, k -> cells[index(k % CELLS, k / CELLS)]);
            other.x.include(y);
            other.y.include(x);
        }
        return other;
    }
}
