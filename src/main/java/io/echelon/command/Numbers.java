package io.echelon.command;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Numbers in commands. */
final class Numbers {
    private static final int LONGEST_RANGE = 10_000;

    private Numbers() {}

    static double value(CommandParser.SignedNumberContext context) {
        double value = Double.parseDouble(context.NUMBER().getText());
        return context.MINUS() == null ? value : -value;
    }

    /** A whole number that is at least {@code least}. */
    static int whole(CommandText text, CommandParser.SignedNumberContext context, String what, int least) {
        return whole(text, context.start, value(context), what, least);
    }

    /** A value that must be a whole number, at least {@code least}. */
    static int whole(CommandText text, Token at, double value, String what, int least) {
        if (value != Math.rint(value) || value < least || value > Integer.MAX_VALUE) {
            throw text.error(at, what + " must be a whole number"
                    + (least == Integer.MIN_VALUE ? "" : ", " + least + " or more") + ", not " + plain(value));
        }
        return (int) value;
    }

    /** Whole numbers, ranges {@code 1/3} spelt out. */
    static List<Integer> wholes(CommandText text, List<CommandParser.NumberRangeContext> ranges, String what, int least) {
        List<Integer> numbers = new ArrayList<>();
        for (CommandParser.NumberRangeContext range : ranges) {
            int first = whole(text, range.signedNumber(0), what, least);
            int last = range.SLASH() == null ? first : whole(text, range.signedNumber(1), what, least);
            if (last < first || last - first > LONGEST_RANGE) {
                throw text.error(range.start, "the range " + range.getText() + " must run upwards, over at most "
                        + LONGEST_RANGE + " numbers");
            }
            for (int i = first; i <= last; i++) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    static String bounds(double least, double most) {
        return Double.isInfinite(most) ? plain(least) + " or more" : "between " + plain(least) + " and " + plain(most);
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
