package io.echelon.report;

import io.echelon.fit.SurvivalSetting;
import io.echelon.postestimation.SurvivalSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code stset} declared, as the manual prints it. */
final class SurvivalText {
    private static final int NAME = 18;

    private SurvivalText() {}

    /** The lines before the log of an estimation. */
    static List<String> of(List<SurvivalSetting> setting) {
        return setting.stream().map(s -> StataFormat.pad(s.name(), NAME + 1) + ":  " + s.value()).toList();
    }

    static List<String> of(SurvivalSummary s) {
        List<String> lines = new ArrayList<>();
        s.declaration().forEach((name, value) -> lines.add(StataFormat.pad(name, NAME) + ":  " + value));
        lines.addAll(List.of("", "-".repeat(78)));
        count(lines, s.total(), "total observations");
        s.exclusions().forEach((reason, n) -> count(lines, n, reason));
        if (s.exclusions().isEmpty()) {
            count(lines, 0, "exclusions");
        }
        lines.add("-".repeat(78));
        count(lines, s.remaining(), "observations remaining, representing");
        if (s.subjects() >= 0) {
            count(lines, s.subjects(), "subjects");
        }
        count(lines, s.failures(), s.subjects() >= 0 ? "failures in single-failure-per-subject data"
                : "failures in single-record/single-failure data");
        lines.add(StataFormat.pad(grouped(s.atRisk()), 11) + "  total analysis time at risk and under observation");
        last(lines, "at risk from t", 0);
        last(lines, "earliest observed entry t", s.firstEntry());
        last(lines, "last observed exit t", s.lastExit());
        return lines;
    }

    private static void count(List<String> lines, long n, String what) {
        lines.add(StataFormat.fixedCommas(n, 11, 0) + "  " + what);
    }

    private static void last(List<String> lines, String what, double t) {
        lines.add(StataFormat.pad(what + " =", 64) + StataFormat.pad(StataFormat.general(t, 9).strip(), 10));
    }

    /** Eight digits, with commas between thousands. */
    private static String grouped(double x) {
        int whole = (int) Math.max(1, Math.floor(Math.log10(Math.max(1, Math.abs(x)))) + 1);
        String text = String.format(Locale.ROOT, "%,." + Math.max(0, 8 - whole) + "f", x);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
