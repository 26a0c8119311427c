package io.echelon.report;

import io.echelon.postestimation.JointTest;
import io.echelon.postestimation.LikelihoodRatioTest;
import io.echelon.spec.Adjustment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tests as text. */
final class TestText {
    private static final int LEFT = 54;

    private TestText() {}

    /** {@code ( 1)  [y]2.race = 0} and the test below. */
    static List<String> of(JointTest test) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < test.conditions().size(); i++) {
            lines.add(" " + numbered(i + 1) + "  " + test.conditions().get(i).text());
        }
        test.dropped().forEach(i -> lines.add("       Constraint " + i + " dropped"));
        lines.add("");
        test.adjustment().ifPresent(a -> lines.addAll(single(test)));
        String left = test.isF() ? "F(" + StataFormat.pad(String.valueOf(test.df()), 3) + ", "
                + StataFormat.fixed(test.denominatorDf(), 6, 2) + ")" : "chi2(" + StataFormat.pad(String.valueOf(test.df()), 3)
                + ")";
        lines.add(StataFormat.pad(left, 18) + " = " + StataFormat.fixed(test.statistic(), 7, 2));
        lines.add(StataFormat.pad(test.isF() ? "Prob > F" : "Prob > chi2", 18) + " = "
                + StataFormat.fixed(test.pValue(), 9, 4));
        return lines;
    }

    private static List<String> single(JointTest test) {
        List<String> lines = new ArrayList<>();
        boolean t = test.isF();
        lines.add("-".repeat(39));
        lines.add("       |    " + StataFormat.pad(t ? "F(df,ddf)" : "chi2", 9) + "     df    p > " + (t ? "F" : "chi2"));
        lines.add("-".repeat(7) + "+" + "-".repeat(31));
        for (int i = 0; i < test.rows().size(); i++) {
            double z = test.rows().get(i).statistic();
            lines.add(StataFormat.pad(numbered(i + 1), 6) + " |    " + StataFormat.fixed(z * z, 9, 2) + "      1    "
                    + StataFormat.fixed(test.rows().get(i).pValue(), 7, 4));
        }
        lines.add("-".repeat(39));
        test.adjustment().filter(a -> a != Adjustment.NOADJUST).ifPresent(a -> lines.add("p-values adjusted by the method of "
                + a.name().charAt(0) + a.name().substring(1).toLowerCase(Locale.ROOT)));
        lines.add("");
        return lines;
    }

    private static String numbered(int i) {
        return "(" + StataFormat.pad(String.valueOf(i), 2) + ")";
    }

    /** {@code Likelihood-ratio test ... LR chi2(2) = 6.17}. */
    static List<String> of(LikelihoodRatioTest test) {
        List<String> lines = new ArrayList<>();
        String chi2 = test.mixture() ? "chibar2" : "chi2";
        String left = test.mixture() ? "LR chibar2(01)" : "LR " + test.kind();
        int width = Math.max(left.length() + 1, 12);
        lines.add(StataFormat.padRight("Likelihood-ratio test", LEFT) + StataFormat.padRight(left, width) + "= "
                + StataFormat.fixed(test.statistic(), 9, 2));
        lines.add(StataFormat.padRight("(Assumption: " + test.restricted() + " nested in " + test.full() + ")", LEFT)
                + StataFormat.padRight("Prob > " + chi2, width) + "= " + StataFormat.fixed(test.pValue(), 9, 4));
        test.notes().forEach(n -> {
            lines.add("");
            lines.addAll(Paragraph.of("Note: ", n));
        });
        return lines;
    }
}
