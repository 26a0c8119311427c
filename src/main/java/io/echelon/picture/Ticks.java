package io.echelon.picture;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.TickUnits;

/** Distances of ticks on axes of numbers; labels have the digits that tell ticks apart, and decimal points in every locale. */
final class Ticks {
    /** Powers of ten of the smallest and the largest distance. */
    private static final int LEAST = -30;
    private static final int MOST = 30;
    /** Powers of ten from which on labels are powers, and down to which they are decimals. */
    private static final int LARGE = 7;
    private static final int SMALL = -6;

    private static final TickUnits ALL = from(LEAST);
    private static final TickUnits WHOLE = from(0);

    private Ticks() {}

    /** 1, 2 and 5 times the powers of ten. */
    static TickUnits units() {
        return ALL;
    }

    /** Those of 1 and more, for whole numbers. */
    static TickUnits whole() {
        return WHOLE;
    }

    private static TickUnits from(int least) {
        TickUnits units = new TickUnits();
        for (int k = least; k <= MOST; k++) {
            String pattern = k >= LARGE || k < SMALL ? "0.###E0" : k >= 0 ? "#,##0" : "#,##0." + "#".repeat(-k);
            DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
            for (int times : new int[] {1, 2, 5}) {
                units.add(new Distance(Double.parseDouble(times + "e" + k), format));
            }
        }
        return units;
    }

    /** A distance; the tick at zero, which rounding may leave a trace below it, has no sign. */
    private static final class Distance extends NumberTickUnit {
        private static final long serialVersionUID = 1L;

        Distance(double size, DecimalFormat format) {
            super(size, format);
        }

        @Override
        public String valueToString(double value) {
            return super.valueToString(Math.abs(value) < getSize() / 2 ? 0 : value);
        }
    }
}
