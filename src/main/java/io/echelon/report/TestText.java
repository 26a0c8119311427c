package io.echelon.report;

import io.echelon.postestimation.LikelihoodRatioTest;
import java.util.ArrayList;
import java.util.List;

/** Tests as text. */
final class TestText {
    private static final int LEFT = 54;

    private TestText() {}

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
