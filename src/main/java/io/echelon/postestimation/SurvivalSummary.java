package io.echelon.postestimation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code stset} made of the observations.
 *
 * @param declaration what was declared, by name
 * @param total       observations
 * @param exclusions  numbers of observations left out, by the reason
 * @param subjects    subjects among the remaining observations, or −1 where they are not told apart
 * @param failures    failures among them
 * @param atRisk      their total analysis time
 * @param firstEntry  earliest entry, in analysis time
 * @param lastExit    latest exit
 */
public record SurvivalSummary(Map<String, String> declaration, long total, Map<String, Long> exclusions, long subjects,
                              long failures, double atRisk, double firstEntry, double lastExit) implements Answer {
    /** Observations that are used. */
    public long remaining() {
        return total - exclusions.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("declaration", declaration);
        values.put("n_total", total);
        values.put("exclusions", exclusions);
        values.put("n_obs", remaining());
        values.put("subjects", subjects < 0 ? Double.NaN : (double) subjects);
        values.put("failures", failures);
        values.put("time_at_risk", atRisk);
        values.put("earliest_entry", firstEntry);
        values.put("last_exit", lastExit);
        return values;
    }
}
