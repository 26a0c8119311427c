package io.echelon.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * How pictures look: fonts, lines and the colours of Okabe and Ito (2008), which the colour-blind tell apart. Texts are
 * large for the size of the picture because it may be shown on a phone.
 */
final class Theme {
    static final int WIDTH = 560;
    static final int HEIGHT = 380;

    static final Color INK = new Color(0x26, 0x26, 0x26);
    static final Color SOFT = new Color(0x59, 0x59, 0x59);
    static final Color GRID = new Color(0xe4, 0xe4, 0xe4);
    static final Color BLUE = new Color(0x00, 0x72, 0xb2);
    static final Color VERMILION = new Color(0xd5, 0x5e, 0x00);
    private static final List<Color> SERIES = List.of(BLUE, VERMILION, new Color(0x00, 0x9e, 0x73),
            new Color(0xcc, 0x79, 0xa7), new Color(0xe6, 0x9f, 0x00), new Color(0x56, 0xb4, 0xe9), INK);

    /** Narrower pictures are parts of others and take smaller letters. */
    private static final double NARROW = 300;
    /** Letters of the title of such a part that fit into a line. */
    private static final int NARROW_TITLE = 19;

    static {
        // Else turned texts, and those of legends, would be outlines of letters that nobody can search or read aloud.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private final boolean narrow;

    private Theme(boolean narrow) {
        this.narrow = narrow;
    }

    /** The theme of a picture in this area. */
    static Theme of(Rectangle2D area) {
        return new Theme(area.getWidth() < NARROW);
    }

    Font title() {
        return new Font(Font.SANS_SERIF, Font.BOLD, narrow ? 12 : 15);
    }

    Font label() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, narrow ? 11 : 13);
    }

    Font small() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, narrow ? 10 : 12);
    }

    static Color series(int k) {
        return SERIES.get(k % SERIES.size());
    }

    static Color transparent(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * opacity));
    }

    /** Marks that differ where colours do not print. */
    Shape mark(int k) {
        double r = narrow ? 2 : 3.2;
        return switch (k % 3) {
            case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case 1 -> new Rectangle2D.Double(-r, -r, 2 * r, 2 * r);
            default -> {
                Path2D diamond = new Path2D.Double();
                diamond.moveTo(0, -1.3 * r);
                diamond.lineTo(1.3 * r, 0);
                diamond.lineTo(0, 1.3 * r);
                diamond.lineTo(-1.3 * r, 0);
                diamond.closePath();
                yield diamond;
            }
        };
    }

    static BasicStroke line(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke dashes() {
        return new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
    }

    /** A numeric axis that need not begin at zero. */
    NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setAutoRangeIncludesZero(false);
        axis.setAutoRangeStickyZero(false);
        axis.setStandardTickUnits(Ticks.units());
        return style(axis);
    }

    <A extends Axis> A style(A axis) {
        axis.setLabelFont(label());
        axis.setLabelPaint(INK);
        axis.setTickLabelFont(small());
        axis.setTickLabelPaint(SOFT);
        axis.setAxisLinePaint(SOFT);
        axis.setTickMarkPaint(SOFT);
        if (narrow) {
            axis.setTickLabelInsets(new RectangleInsets(1, 2, 1, 1));
        }
        return axis;
    }

    /** A plot without data yet. */
    XYPlot plot(ValueAxis x, ValueAxis y) {
        XYPlot plot = new XYPlot(null, x, y, null);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(GRID);
        plot.setRangeGridlinePaint(GRID);
        plot.setDomainGridlineStroke(line(1));
        plot.setRangeGridlineStroke(line(1));
        plot.setAxisOffset(new RectangleInsets(2, 2, 2, 2));
        return plot;
    }

    /** A thin line at zero below the data. */
    static ValueMarker zero() {
        return new ValueMarker(0, SOFT, line(1));
    }

    static void zeroAcross(XYPlot plot) {
        plot.addRangeMarker(zero(), Layer.BACKGROUND);
    }

    /** The chart of a plot with its title above and its note below. */
    JFreeChart chart(String title, String note, XYPlot plot, boolean legend) {
        JFreeChart chart = new JFreeChart(null, title(), plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(narrow ? new RectangleInsets(4, 4, 4, 6) : new RectangleInsets(10, 10, 8, 16));
        if (!title.isEmpty()) {
            chart.setTitle(text(narrow ? shortened(title, NARROW_TITLE) : title, title(), INK, narrow ? 2 : 8));
        }
        if (!note.isEmpty()) {
            TextTitle below = text(note, small(), SOFT, 0);
            below.setPosition(RectangleEdge.BOTTOM);
            below.setMargin(6, 0, 0, 0);
            chart.addSubtitle(below);
        }
        if (legend) {
            LegendTitle names = new LegendTitle(plot);
            names.setItemFont(label());
            names.setItemPaint(INK);
            names.setPosition(RectangleEdge.BOTTOM);
            names.setFrame(BlockBorder.NONE);
            names.setBackgroundPaint(null);
            chart.addSubtitle(0, names);
        }
        return chart;
    }

    private static TextTitle text(String words, Font font, Color color, double below) {
        TextTitle text = new TextTitle(words, font);
        text.setPaint(color);
        text.setHorizontalAlignment(HorizontalAlignment.LEFT);
        text.setTextAlignment(HorizontalAlignment.LEFT);
        text.setMargin(0, 0, below, 0);
        return text;
    }

    /** A name of at most so many letters: names that are alike mostly differ at their ends, so the middle gives way. */
    static String shortened(String name, int longest) {
        int[] letters = name.codePoints().toArray();
        if (letters.length <= longest) {
            return name;
        }
        int end = (longest - 1) / 2;
        int beginning = longest - 1 - end;
        return new String(letters, 0, beginning) + "…" + new String(letters, letters.length - end, end);
    }

    /** The title and the note of a picture that is put together from several plots, on a ground of its own. */
    void frame(Graphics2D canvas, Rectangle2D area, String title, String note) {
        canvas.setPaint(Color.WHITE);
        canvas.fill(area);
        canvas.setPaint(INK);
        canvas.setFont(title());
        canvas.drawString(title, (float) area.getX() + 10, (float) area.getY() + 23);
        if (!note.isEmpty()) {
            canvas.setPaint(SOFT);
            canvas.setFont(small());
            canvas.drawString(note, (float) area.getX() + 10, (float) area.getMaxY() - 10);
        }
    }
}
