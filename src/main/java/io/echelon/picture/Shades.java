package io.echelon.picture;

import java.awt.Color;
import java.awt.Rectangle;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.ui.RectangleEdge;

/** Shades of one colour for counts from 1 to a largest one, each for counts larger by the same factor. */
final class Shades {
    /** From light to dark, evenly in lightness, so that they stay apart in grey print. */
    private static final List<Color> COLORS = List.of(new Color(0xd6, 0xe6, 0xf2), new Color(0xa9, 0xcd, 0xe6),
            new Color(0x74, 0xae, 0xd6), new Color(0x3f, 0x8a, 0xc0), new Color(0x17, 0x66, 0xa0),
            new Color(0x0b, 0x42, 0x75), new Color(0x08, 0x22, 0x45));

    private final long largest;
    private final int steps;
    private final double factor;

    Shades(long largest) {
        this.largest = largest;
        this.steps = (int) Math.min(COLORS.size(), largest);
        this.factor = Math.pow(largest + 1.0, 1.0 / steps);
    }

    /** The shade of a count, from 0. */
    int of(long count) {
        int shade = 0;
        while (shade < steps - 1 && count >= first(shade + 1)) {
            shade++;
        }
        return shade;
    }

    static Color color(int shade) {
        return COLORS.get(shade);
    }

    /** The smallest count of a shade; each begins at least one above the last. */
    private long first(int shade) {
        return Math.max(shade + 1, (long) Math.ceil(Math.pow(factor, shade)));
    }

    /** The shades with their counts, in a column beside the plot. */
    LegendTitle legend(Theme theme) {
        LegendItemSource source = () -> {
            LegendItemCollection items = new LegendItemCollection();
            for (int s = steps - 1; s >= 0; s--) {
                long last = s == steps - 1 ? largest : first(s + 1) - 1;
                String counts = first(s) == last ? count(last) : count(first(s)) + "–" + count(last);
                LegendItem item = new LegendItem(counts, null, null, null, new Rectangle(-7, -7, 14, 14), color(s));
                items.add(item);
            }
            return items;
        };
        LegendTitle legend = new LegendTitle(source);
        legend.setPosition(RectangleEdge.RIGHT);
        legend.setItemFont(theme.small());
        legend.setItemPaint(Theme.SOFT);
        legend.setFrame(BlockBorder.NONE);
        legend.setBackgroundPaint(null);
        return legend;
    }

    private static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }
}
