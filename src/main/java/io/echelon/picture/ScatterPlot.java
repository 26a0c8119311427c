package io.echelon.picture;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;

/**
 * One variable against another: points while they are few, shaded cells of a grid when they are many.
 *
 * @param zeroLine whether a line marks y = 0, as for residuals
 */
public record ScatterPlot(String title, String note, String xLabel, String yLabel, PointCloud cloud, boolean zeroLine)
        implements Picture {
    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme theme = Theme.of(area);
        XYPlot plot = theme.plot(theme.axis(xLabel), theme.axis(yLabel));
        if (zeroLine) {
            Theme.zeroAcross(plot);
        }
        CloudLayer layer = new CloudLayer(cloud, 4);
        layer.addTo(plot);
        JFreeChart chart = theme.chart(title, note, plot, false);
        layer.shades().ifPresent(s -> chart.addSubtitle(s.legend(theme)));
        chart.draw(canvas, area);
    }
}
