package io.echelon.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stata's display formats. Every number comes back right-aligned in the width asked for; a missing value (NaN or
 * infinite) is a dot.
 */
public final class StataFormat {
    private static final String MISSING = ".";
    private static final int NARROWEST_GENERAL = 8;
    private static final Pattern FORMAT = Pattern.compile("%0?(\\d+)\\.(\\d+)([fge])(c?)");

    private StataFormat() {}

    /**
     * {@code %w.0g}: as many digits as fit. A fixed-point number has at most w − 2 significant digits and w − 2
     * decimals, is printed without trailing zeros and without the zero before the point, so that one column is left for
     * a minus sign. Scientific notation takes over where it shows more digits, or where the whole part does not fit:
     * with {@code %9.0g} below 0.00001 and from 10,000,000.
     *
     * @param width columns, at least 8
     */
    public static String general(double x, int width) {
        return pad(generalText(x, width), width);
    }

    private static String generalText(double x, int width) {
        if (!Double.isFinite(x)) {
            return MISSING;
        }
        if (x == 0) {
            return "0";
        }
        int digits = width - 2;
        BigDecimal exact = new BigDecimal(x);
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        int fixedDigits = exponent >= 0 ? digits : digits + 1 + exponent;
        int scientificDigits = width - 6;
        if (exponent >= digits || fixedDigits < scientificDigits) {
            int decimals = Math.abs(exponent) >= 100 ? scientificDigits - 2 : scientificDigits - 1;
            return String.format(Locale.ROOT, "%." + decimals + "e", x);
        }
        int decimals = exponent >= 0 ? digits - 1 - exponent : digits;
        String s = exact.setScale(decimals, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
        return s.replaceFirst("^(-?)0\\.", "$1.");
    }

    /** {@code %w.df}; a number too wide for it is shown as {@code %w.0g} or, in a narrow format, takes the room it needs. */
    public static String fixed(double x, int width, int decimals) {
        return fixedText(x, width, "%." + decimals + "f");
    }

    /** {@code %w.dfc}: the same with commas between thousands. */
    public static String fixedCommas(double x, int width, int decimals) {
        return fixedText(x, width, "%,." + decimals + "f");
    }

    private static String fixedText(double x, int width, String format) {
        if (!Double.isFinite(x)) {
            return pad(MISSING, width);
        }
        String s = String.format(Locale.ROOT, format, x);
        return s.length() <= width || width < NARROWEST_GENERAL ? pad(s, width) : general(x, width);
    }

    /** The width in a format: 9 of {@code %9.3f}. */
    static int width(String format) {
        return Integer.parseInt(format.substring(1, format.indexOf('.')));
    }

    /**
     * A number in a format such as {@code %9.3f}, {@code %9.2e} or {@code %9.0gc}.
     *
     * @param width columns at least
     */
    public static String formatted(double x, String format, int width) {
        Matcher m = FORMAT.matcher(format);
        if (!m.matches()) {
            throw new IllegalArgumentException(format);
        }
        int own = Integer.parseInt(m.group(1));
        int decimals = Integer.parseInt(m.group(2));
        String text = switch (m.group(3)) {
            case "g" -> general(x, Math.max(NARROWEST_GENERAL, own));
            case "e" -> fixedText(x, own, "%." + decimals + "e");
            default -> m.group(4).isEmpty() ? fixed(x, own, decimals) : fixedCommas(x, own, decimals);
        };
        return pad(text.strip(), width);
    }

    /** {@code abbrev(name, width)}: a name too long keeps its beginning and its last character, as in {@code smokeinten~y}. */
    public static String abbreviate(String name, int width) {
        return name.length() <= width ? name
                : name.substring(0, width - 2) + "~" + name.charAt(name.length() - 1);
    }

    /** Text right-aligned in the width; longer text is left as it is. */
    static String pad(String s, int width) {
        return " ".repeat(Math.max(0, width - s.length())) + s;
    }

    /** Text left-aligned in the width; longer text is left as it is. */
    static String padRight(String s, int width) {
        return s + " ".repeat(Math.max(0, width - s.length()));
    }
}
