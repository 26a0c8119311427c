package io.echelon.picture;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.Range;

/**
 * A cloud of points within a plot. All points are one path, and all cells of one shade: a document of two thousand
 * points is then about 30 kB.
 */
final class CloudLayer extends AbstractXYAnnotation {
    private static final double MARGIN = .04;

    private final List<PointCloud.Point> points;
    private final List<PointCloud.Cell> cells;
    private final transient Optional<Shades> shades;
    private final double size;

    /** A layer whose points are so many pixels wide. */
    CloudLayer(PointCloud cloud, double size) {
        this.points = cloud.points();
        this.cells = cloud.cells();
        this.size = size;
        this.shades = cells.isEmpty() ? Optional.empty()
                : Optional.of(new Shades(cells.stream().mapToLong(PointCloud.Cell::count).max().orElse(1)));
    }

    /** The shades of the cells, where there are cells. */
    Optional<Shades> shades() {
        return shades;
    }

    /** Puts the layer into a plot whose axes then show all of it. */
    void addTo(XYPlot plot) {
        plot.addAnnotation(this);
        range(true).ifPresent(plot.getDomainAxis()::setRange);
        range(false).ifPresent(plot.getRangeAxis()::setRange);
    }

    private Optional<Range> range(boolean x) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (PointCloud.Point p : points) {
            low = Math.min(low, x ? p.x() : p.y());
            high = Math.max(high, x ? p.x() : p.y());
        }
        for (PointCloud.Cell c : cells) {
            low = Math.min(low, x ? c.x0() : c.y0());
            high = Math.max(high, x ? c.x1() : c.y1());
        }
        if (low > high) {
            return Optional.empty();
        }
        double margin = high > low ? MARGIN * (high - low) : Math.max(Math.abs(low), 1) * MARGIN;
        return Optional.of(new Range(low - margin, high + margin));
    }

    @Override
    public void draw(Graphics2D canvas, XYPlot plot, Rectangle2D area, ValueAxis xAxis, ValueAxis yAxis, int renderer,
                     PlotRenderingInfo info) {
        RectangleEdge below = plot.getDomainAxisEdge();
        RectangleEdge left = plot.getRangeAxisEdge();
        Map<Integer, Path2D> byShade = new LinkedHashMap<>();
        for (PointCloud.Cell c : cells) {
            double x0 = xAxis.valueToJava2D(c.x0(), area, below);
            double x1 = xAxis.valueToJava2D(c.x1(), area, below);
            double y0 = yAxis.valueToJava2D(c.y0(), area, left);
            double y1 = yAxis.valueToJava2D(c.y1(), area, left);
            Path2D path = byShade.computeIfAbsent(shades.orElseThrow().of(c.count()), s -> new Path2D.Double());
            path.append(new Rectangle2D.Double(x0, y1, x1 - x0, y0 - y1), false);
        }
        byShade.forEach((shade, path) -> {
            canvas.setPaint(Shades.color(shade));
            canvas.fill(path);
        });
        if (!points.isEmpty()) {
            Path2D path = new Path2D.Double();
            for (PointCloud.Point p : points) {
                double px = xAxis.valueToJava2D(p.x(), area, below);
                double py = yAxis.valueToJava2D(p.y(), area, left);
                path.moveTo(px, py);
                path.lineTo(px, py);
            }
            canvas.setPaint(Theme.transparent(Theme.BLUE, .7));
            canvas.setStroke(Theme.line(size));
            canvas.draw(path);
        }
    }
}
