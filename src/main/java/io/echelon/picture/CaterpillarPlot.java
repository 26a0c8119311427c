package io.echelon.picture;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Predicted random effects of one term with their intervals, in rising order. Up to {@value #MOST_BARS} groups are bars
 * one above the other, named where the names fit; more of them are a ribbon over their ranks.
 *
 * @param effect what is predicted, with its level: {@code _cons, subject}
 * @param groups number of groups behind the items
 * @param items  groups, or the means of groups of neighbouring ranks, in rising order of the estimates
 */
public record CaterpillarPlot(String title, String note, String effect, long groups, List<Item> items) implements Picture {
    /** Groups up to which each has a bar of its own. */
    public static final int MOST_BARS = 120;
    private static final int MOST_NAMES = 60;
    private static final int BAR = 17;
    private static final int THIN_BAR = 5;
    private static final int LONGEST_NAME = 24;

    /**
     * A group, or the mean of several with neighbouring ranks.
     *
     * @param name label of the group; empty for several
     * @param rank rank from 1, or the middle of the ranks
     */
    public record Item(String name, double rank, double estimate, double low, double high) {}

    public CaterpillarPlot {
        items = List.copyOf(items);
    }

    private boolean bars() {
        return items.size() == groups && groups <= MOST_BARS;
    }

    private boolean named() {
        return groups <= MOST_NAMES;
    }

    @Override
    public Dimension size() {
        int height = bars() ? Math.max(Theme.HEIGHT / 2, 120 + (named() ? BAR : THIN_BAR) * items.size()) : Theme.HEIGHT;
        return new Dimension(Theme.WIDTH, height);
    }

    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme theme = Theme.of(area);
        JFreeChart chart = theme.chart(title, note, bars() ? barPlot(theme) : ribbon(theme), false);
        chart.draw(canvas, area);
    }

    private XYPlot barPlot(Theme theme) {
        XYIntervalSeries series = new XYIntervalSeries(effect);
        for (int k = 0; k < items.size(); k++) {
            Item i = items.get(k);
            series.add(i.estimate(), i.low(), i.high(), k, k, k);
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series);
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawYError(false);
        renderer.setCapLength(0);
        renderer.setErrorPaint(Theme.transparent(Theme.BLUE, .6));
        renderer.setErrorStroke(Theme.line(1.6));
        renderer.setSeriesPaint(0, Theme.BLUE);
        renderer.setSeriesShape(0, named() ? theme.mark(0) : new Rectangle2D.Double(-1.5, -1.5, 3, 3));
        XYPlot plot = theme.plot(theme.axis(effect), groupAxis(theme));
        plot.setDataset(data);
        plot.setRenderer(renderer);
        plot.setRangeGridlinesVisible(false);
        plot.addDomainMarker(Theme.zero(), Layer.BACKGROUND);
        return plot;
    }

    private ValueAxis groupAxis(Theme theme) {
        if (!named()) {
            NumberAxis axis = theme.axis(groups + " groups, by rank");
            axis.setTickLabelsVisible(false);
            axis.setTickMarksVisible(false);
            axis.setRange(-1, items.size());
            return axis;
        }
        SymbolAxis axis = theme.style(new SymbolAxis(null,
                items.stream().map(i -> Theme.shortened(i.name(), LONGEST_NAME)).toArray(String[]::new)));
        axis.setGridBandsVisible(false);
        axis.setTickUnit(new NumberTickUnit(1));
        axis.setRange(-.8, items.size() - .2);
        return axis;
    }

    private XYPlot ribbon(Theme theme) {
        YIntervalSeries series = new YIntervalSeries(effect);
        items.forEach(i -> series.add(i.rank(), i.estimate(), i.low(), i.high()));
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        data.addSeries(series);
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        renderer.setSeriesPaint(0, Theme.BLUE);
        renderer.setSeriesStroke(0, Theme.line(2));
        renderer.setSeriesFillPaint(0, new Color(0x8f, 0xbf, 0xdf));
        renderer.setAlpha(.6f);
        NumberAxis ranks = theme.axis(String.format(Locale.ROOT, "Rank of %,d groups", groups));
        ranks.setRange(1, groups);
        XYPlot plot = theme.plot(ranks, theme.axis(effect));
        plot.setDataset(data);
        plot.setRenderer(renderer);
        Theme.zeroAcross(plot);
        return plot;
    }
}
