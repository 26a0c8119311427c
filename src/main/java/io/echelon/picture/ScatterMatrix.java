package io.echelon.picture;

import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnitSource;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Every one of k variables against every other; the names stand in the diagonal, and the row says what is on the y axis.
 *
 * @param variables names
 * @param clouds    for i &lt; j at {@link #place}: variable j (y) against variable i (x)
 */
public record ScatterMatrix(String title, String note, List<String> variables, List<PointCloud> clouds) implements Picture {
    /** Variables up to which the cells can be read. */
    public static final int MOST_VARIABLES = 8;
    private static final int TOP = 36;
    private static final int LEFT = 54;
    private static final int BELOW = 30;
    private static final int RIGHT = 14;
    private static final int NOTE = 24;
    private static final int GAP = 4;
    private static final int MOST_TICKS = 6;

    public ScatterMatrix {
        variables = List.copyOf(variables);
        clouds = List.copyOf(clouds);
    }

    /** The place of the pair i &lt; j of k variables in the list of clouds. */
    public static int place(int i, int j) {
        return j * (j - 1) / 2 + i;
    }

    private double cell() {
        return (Theme.WIDTH - LEFT - RIGHT) / (double) variables.size();
    }

    @Override
    public Dimension size() {
        return new Dimension(Theme.WIDTH, (int) (TOP + variables.size() * cell() + BELOW + (note.isEmpty() ? 0 : NOTE)));
    }

    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme theme = Theme.of(area);
        theme.frame(canvas, area, title, note);
        int last = variables.size() - 1;
        for (int row = 0; row <= last; row++) {
            for (int column = 0; column <= last; column++) {
                double x = area.getX() + LEFT + column * cell();
                double y = area.getY() + TOP + row * cell();
                if (row == column) {
                    name(canvas, theme, variables.get(row), x, y);
                } else {
                    plot(canvas, row, column, x, y);
                }
            }
        }
    }

    private void name(Graphics2D canvas, Theme theme, String name, double x, double y) {
        canvas.setPaint(Theme.GRID);
        canvas.setStroke(Theme.line(1));
        canvas.draw(new Rectangle2D.Double(x + 3, y + 3, cell() - 6, cell() - 6));
        canvas.setPaint(Theme.INK);
        canvas.setFont(theme.label());
        double most = cell() - 12;
        String shown = name;
        while (shown.length() > 2 && canvas.getFontMetrics().stringWidth(shown) > most) {
            shown = shown.substring(0, shown.length() - 2) + "…";
        }
        int width = canvas.getFontMetrics().stringWidth(shown);
        canvas.drawString(shown, (float) (x + (cell() - width) / 2), (float) (y + cell() / 2 + 5));
    }

    /** A cell; the first column and the last row have tick labels outside, so that every variable has its scale once. */
    private void plot(Graphics2D canvas, int row, int column, double x, double y) {
        PointCloud cloud = row > column ? clouds.get(place(column, row)) : clouds.get(place(row, column)).transposed();
        Theme theme = Theme.of(new Rectangle2D.Double(0, 0, cell(), cell()));
        NumberAxis xAxis = theme.axis(null);
        NumberAxis yAxis = theme.axis(null);
        XYPlot plot = theme.plot(xAxis, yAxis);
        new CloudLayer(cloud, 2.4).addTo(plot);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        double left = column == 0 ? LEFT : 0;
        double below = row == variables.size() - 1 ? BELOW : 0;
        ticks(xAxis, below > 0);
        ticks(yAxis, left > 0);
        xAxis.setTickUnit(fitting(canvas, xAxis));
        AxisSpace beside = new AxisSpace();
        beside.setLeft(left);
        plot.setFixedRangeAxisSpace(beside);
        AxisSpace under = new AxisSpace();
        under.setBottom(below);
        plot.setFixedDomainAxisSpace(under);
        plot.draw(canvas, new Rectangle2D.Double(x + GAP - left, y + GAP, cell() - 2 * GAP + left,
                cell() - 2 * GAP + below), null, null, null);
    }

    /** The smallest round distance of ticks at which the labels have room, so that a narrow axis has more than one. */
    private NumberTickUnit fitting(Graphics2D canvas, NumberAxis axis) {
        TickUnitSource units = Ticks.units();
        double length = axis.getRange().getLength();
        FontMetrics letters = canvas.getFontMetrics(axis.getTickLabelFont());
        NumberTickUnit unit = (NumberTickUnit) units.getCeilingTickUnit(length / MOST_TICKS);
        while (unit.getSize() < length / 2) {
            double size = unit.getSize();
            double widest = Math.max(letters.stringWidth(unit.valueToString(Math.ceil(axis.getLowerBound() / size) * size)),
                    letters.stringWidth(unit.valueToString(Math.floor(axis.getUpperBound() / size) * size)));
            if ((widest + GAP) * length / size <= cell()) {
                return unit;
            }
            unit = (NumberTickUnit) units.getLargerTickUnit(unit);
        }
        return unit;
    }

    private static void ticks(NumberAxis axis, boolean shown) {
        axis.setTickLabelsVisible(shown);
        axis.setTickMarksVisible(shown);
    }
}
