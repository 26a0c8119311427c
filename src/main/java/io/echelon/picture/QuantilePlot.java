package io.echelon.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Quantiles of a variable against those of the normal distribution with its mean and standard deviation.
 *
 * @param variable  what the quantiles are of
 * @param quantiles in rising order
 */
public record QuantilePlot(String title, String note, String variable, double mean, double sd, List<Quantile> quantiles)
        implements Picture {
    /** The value below which a part of the observations lies. */
    public record Quantile(double probability, double value) {}

    public QuantilePlot {
        quantiles = List.copyOf(quantiles);
    }

    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme theme = Theme.of(area);
        NormalDistribution normal = new NormalDistribution(mean, sd > 0 ? sd : 1);
        XYSeries observed = new XYSeries("observed", false);
        quantiles.forEach(q -> observed.add(normal.inverseCumulativeProbability(q.probability()), q.value()));
        XYSeries line = new XYSeries("normal", false);
        if (!quantiles.isEmpty()) {
            line.add(observed.getMinX(), observed.getMinX());
            line.add(observed.getMaxX(), observed.getMaxX());
        }
        XYPlot plot = theme.plot(theme.axis("Normal quantile"), theme.axis(variable));
        plot.setDataset(0, collection(observed));
        plot.setRenderer(0, observed(area));
        plot.setDataset(1, collection(line));
        XYLineAndShapeRenderer straight = new XYLineAndShapeRenderer(true, false);
        straight.setSeriesPaint(0, Theme.VERMILION);
        straight.setSeriesStroke(0, Theme.line(1.6));
        plot.setRenderer(1, straight);
        theme.chart(title, note, plot, false).draw(canvas, area);
    }

    private XYLineAndShapeRenderer observed(Rectangle2D area) {
        XYLineAndShapeRenderer marks = new XYLineAndShapeRenderer(false, true);
        double r = quantiles.size() > 100 || area.getWidth() < Theme.WIDTH ? 2 : 3;
        marks.setSeriesShape(0, new Rectangle2D.Double(-r, -r, 2 * r, 2 * r));
        marks.setSeriesPaint(0, Theme.BLUE);
        return marks;
    }

    private static XYSeriesCollection collection(XYSeries series) {
        return new XYSeriesCollection(series);
    }
}
