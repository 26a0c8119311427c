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
        if (test.adjustment().isPresent()) {
            lines.addAll(single(test, test.adjustment().get()));
            return lines;
        }
        String left = test.isF() ? "F(" + StataFormat.pad(String.valueOf(test.df()), 3) + ", "
                + StataFormat.fixed(test.denominatorDf(), 6, 2) + ")" : "chi2(" + StataFormat.pad(String.valueOf(test.df()), 3)
                + ")";
        lines.add(StataFormat.pad(left, 18) + " = " + StataFormat.fixed(test.statistic(), 7, 2));
        lines.add(StataFormat.pad(test.isF() ? "Prob > F" : "Prob > chi2", 18) + " = "
                + StataFormat.fixed(test.pValue(), 9, 4));
        return lines;
    }

    /** Each condition by itself, then all together. */
    private static List<String> single(JointTest test, Adjustment adjustment) {
        List<String> lines = new ArrayList<>();
        lines.add("-".repeat(39));
        lines.add("       |" + StataFormat.pad(test.isF() ? "F(df," + StataFormat.fixed(test.denominatorDf(), 0, 2).strip() + ")"
                : "chi2", 12) + "     df       p");
        lines.add("-".repeat(7) + "+" + "-".repeat(31));
        for (int i = 0; i < test.rows().size(); i++) {
            double z = test.rows().get(i).statistic();
            lines.add("  (" + (i + 1) + ")" + StataFormat.pad("|", i < 9 ? 3 : 2) + cells(z * z, 1, test.rows().get(i).pValue()) + " #");
        }
        lines.add("-".repeat(7) + "+" + "-".repeat(31));
        lines.add("  all  |" + cells(test.statistic(), test.df(), test.pValue()));
        lines.add("-".repeat(39));
        String method = adjustment == Adjustment.NOADJUST ? "unadjusted" : adjustment.name().charAt(0)
                + adjustment.name().substring(1).toLowerCase(Locale.ROOT) + "-adjusted";
        lines.add(StataFormat.pad("# " + method + " p-values", 39));
        return lines;
    }

    private static String cells(double statistic, int df, double p) {
        return StataFormat.fixed(statistic, 12, 2) + StataFormat.pad(String.valueOf(df), 7) + StataFormat.fixed(p, 11, 4);
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
        test.criteria().ifPresent(c -> {
            lines.add("");
            lines.addAll(EstatText.criteria(c));
        });
        return lines;
    }
}
