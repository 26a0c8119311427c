package io.echelon.report;

import io.echelon.fit.Estimates;
import io.echelon.fit.Iteration;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The log of the maximisation, phase by phase. */
final class IterationLog {
    private final Estimates estimates;
    private final List<String> lines = new ArrayList<>();

    IterationLog(Estimates estimates) {
        this.estimates = estimates;
    }

    List<String> lines() {
        if (estimates.spec().command() == CommandName.MIXED) {
            linear();
        } else {
            generalized();
        }
        return lines;
    }

    private void linear() {
        if (estimates.groups().isEmpty() && estimates.spec().linear().residuals().isEmpty()) {
            return;
        }
        boolean starting = estimates.spec().linear().residuals().isPresent() || !estimates.spec().weightKinds().isEmpty();
        title(starting ? "Obtaining starting values by EM:" : "Performing EM optimization:");
        if (estimates.spec().maximize().emLog()) {
            phase("em", "Iteration");
        } else if (estimates.spec().maximize().emDots()) {
            dots();
        }
        if (!estimates.spec().maximize().emOnly()) {
            title("Performing gradient-based optimization:");
            phase("gradient", "Iteration");
        }
        title("Computing standard errors:");
        if (estimates.spec().linear().dfMethod().isPresent()) {
            title("Computing degrees of freedom:");
        }
    }

    /** A dot for each EM iteration. */
    private void dots() {
        long made = estimates.iterations().stream().filter(i -> i.phase().equals("em") && i.iteration() > 0).count();
        for (long i = 0; i < made; i += 50) {
            lines.add(".".repeat((int) Math.min(50, made - i)));
        }
        if (made > 0) {
            lines.add("");
        }
    }

    private void generalized() {
        boolean older = estimates.spec().command().orthogonal();
        Map<String, String> titles = Map.of("fixed", "Fitting fixed-effects model:", "grid",
                "Refining starting values:", "full", older ? "Performing gradient-based optimization:" : "Fitting full model:");
        for (String phase : older ? List.of("grid", "full") : List.of("fixed", "grid", "full")) {
            if (estimates.iterations().stream().anyMatch(i -> i.phase().equals(phase))) {
                title(titles.get(phase));
                phase(phase, phase.equals("grid") && !older ? "Grid node" : "Iteration");
            }
        }
    }

    private void title(String title) {
        lines.add(title);
        lines.add("");
    }

    private void phase(String phase, String counter) {
        String name = Header.logLikelihoodName(estimates, false);
        List<Iteration> steps = estimates.iterations().stream().filter(i -> i.phase().equals(phase)).toList();
        for (Iteration i : steps) {
            String line = StataFormat.padRight(counter + " " + i.iteration() + ":", 15) + name + " = "
                    + StataFormat.general(i.logLikelihood(), 10);
            lines.add(i.note().isEmpty() ? line : line + "  " + i.note());
        }
        if (!steps.isEmpty()) {
            lines.add("");
        }
    }
}
