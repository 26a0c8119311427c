package io.echelon.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * One or more series over the same axis, with intervals where there are some.
 *
 * @param xLabel     what x is
 * @param categories names of the places 0, 1, … on the x axis; empty for a numeric axis
 * @param yRange     what the y axis shows; all values where empty
 */
public record LinePlot(String title, String note, String xLabel, List<String> categories, String yLabel,
                       Optional<Bounds> yRange, List<Series> series) implements Picture {
    /** Places of series are so far apart, as a part of the width, that their intervals do not cover each other. */
    private static final double APART = .012;

    /** How a series is drawn. */
    public enum Style { LINE, DASHED_LINE, MARKED_LINE, MARKS }

    /** The ends of an axis. */
    public record Bounds(double low, double high) {}

    /** A value at a place; low and high are NaN where there is no interval. */
    public record Point(double x, double y, double low, double high) {
        /** A point without an interval. */
        public Point(double x, double y) {
            this(x, y, Double.NaN, Double.NaN);
        }
    }

    /** Points from left to right under one name. */
    public record Series(String name, Style style, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    public LinePlot {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
    }

    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme theme = Theme.of(area);
        NumberAxis y = theme.axis(yLabel);
        XYPlot plot = theme.plot(xAxis(theme), y);
        for (int k = 0; k < series.size(); k++) {
            plot.setDataset(k, data(k));
            plot.setRenderer(k, renderer(k, theme));
        }
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        yRange.ifPresent(b -> y.setRange(new Range(b.low(), b.high())));
        boolean legend = area.getWidth() >= Theme.WIDTH && series.size() > 1;
        theme.chart(title, note, plot, legend).draw(canvas, area);
    }

    private ValueAxis xAxis(Theme theme) {
        if (!categories.isEmpty()) {
            SymbolAxis axis = theme.style(new SymbolAxis(xLabel, categories.toArray(String[]::new)));
            axis.setGridBandsVisible(false);
            axis.setTickUnit(new NumberTickUnit(1));
            axis.setRange(-.5, categories.size() - .5);
            return axis;
        }
        NumberAxis axis = theme.axis(xLabel);
        boolean whole = series.stream().flatMap(s -> s.points().stream()).allMatch(p -> p.x() == Math.rint(p.x()));
        if (whole) {
            axis.setStandardTickUnits(Ticks.whole());
        }
        return axis;
    }

    private XYIntervalSeriesCollection data(int k) {
        Series s = series.get(k);
        XYIntervalSeries values = new XYIntervalSeries(s.name(), false, true);
        double shift = intervals(s) ? (k - (series.size() - 1) / 2.0) * APART * width() : 0;
        s.points().forEach(p -> values.add(p.x() + shift, p.x() + shift, p.x() + shift, p.y(),
                Double.isNaN(p.low()) ? p.y() : p.low(), Double.isNaN(p.high()) ? p.y() : p.high()));
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(values);
        return data;
    }

    private static boolean intervals(Series s) {
        return s.points().stream().anyMatch(p -> !Double.isNaN(p.low()));
    }

    private double width() {
        DoubleSummaryStatistics x = series.stream().flatMap(s -> s.points().stream()).mapToDouble(Point::x)
                .summaryStatistics();
        return Math.max(0, x.getMax() - x.getMin());
    }

    private XYErrorRenderer renderer(int k, Theme theme) {
        Style style = series.get(k).style();
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDrawYError(intervals(series.get(k)));
        renderer.setErrorStroke(Theme.line(1.6));
        renderer.setCapLength(6);
        renderer.setSeriesLinesVisible(0, style != Style.MARKS);
        renderer.setSeriesShapesVisible(0, style == Style.MARKS || style == Style.MARKED_LINE);
        renderer.setSeriesShape(0, theme.mark(k));
        renderer.setSeriesPaint(0, Theme.series(k));
        renderer.setSeriesStroke(0, style == Style.DASHED_LINE ? Theme.dashes() : Theme.line(2));
        return renderer;
    }
}
