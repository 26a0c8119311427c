package io.echelon.report;

import io.echelon.fit.Estimates;
import io.echelon.fit.Iteration;
import java.util.ArrayList;
import java.util.List;

/** The log of the maximisation, phase by phase. */
final class IterationLog {
    private final Estimates estimates;

    IterationLog(Estimates estimates) {
        this.estimates = estimates;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Performing EM optimization:");
        lines.add("");
        if (estimates.spec().maximize().emLog()) {
            phase("em", lines);
        }
        if (!estimates.spec().maximize().emOnly()) {
            lines.add("Performing gradient-based optimization:");
            lines.add("");
            phase("gradient", lines);
        }
        lines.add("Computing standard errors:");
        lines.add("");
        if (estimates.spec().linear().dfMethod().isPresent()) {
            lines.add("Computing degrees of freedom:");
            lines.add("");
        }
        return lines;
    }

    private void phase(String phase, List<String> lines) {
        String name = Header.logLikelihoodName(estimates.method(), false);
        List<Iteration> steps = estimates.iterations().stream().filter(i -> i.phase().equals(phase)).toList();
        for (Iteration i : steps) {
            String line = StataFormat.padRight("Iteration " + i.iteration() + ":", 15) + name + " = "
                    + StataFormat.general(i.logLikelihood(), 10);
            lines.add(i.note().isEmpty() ? line : line + "  " + i.note());
        }
        if (!steps.isEmpty()) {
            lines.add("");
        }
    }
}
