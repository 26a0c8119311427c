package io.echelon.estimate.generalized;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.quadrature.Integration;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.GeneralizedOptions.IntegrationMethod;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the random effects of a design are integrated out: what its options say, and the manual's defaults. */
public final class IntegrationChoice {
    /** Share of the memory that the integration points of one group may take. */
    private static final double SHARE = 0.25;

    private IntegrationChoice() {}

    /** The method and the points of each level. */
    public static Integration of(Design design) {
        GeneralizedOptions o = design.spec().generalized();
        int levels = design.levels().size();
        Integration.Method method = switch (o.method().orElse(defaultMethod(design))) {
            case MVAGHERMITE -> Integration.Method.MEAN_VARIANCE;
            case MCAGHERMITE, PCAGHERMITE -> Integration.Method.MODE_CURVATURE;
            case GHERMITE -> Integration.Method.NONADAPTIVE;
            case LAPLACE -> Integration.Method.LAPLACE;
        };
        if (method == Integration.Method.LAPLACE && design.weighted()) {
            throw EchelonException.misuse("weights are not allowed with " + (o.method().isPresent() ? "intmethod(laplace)"
                    : "crossed effects, which are integrated by intmethod(laplace)") + "; use intmethod(mvaghermite)");
        }
        int[] points = new int[levels];
        Arrays.fill(points, Integration.DEFAULT_POINTS);
        List<Integer> given = o.points();
        if (!given.isEmpty() && given.size() != 1 && given.size() != levels) {
            throw EchelonException.misuse("intpoints() has " + given.size() + " numbers for " + levels
                    + " levels; give one number, or one for each level");
        }
        for (int l = 0; l < levels && !given.isEmpty(); l++) {
            points[l] = given.get(given.size() == 1 ? 0 : l);
            if (points[l] < 1) {
                throw EchelonException.misuse("intpoints(" + points[l] + "): give at least one point");
            }
        }
        return new Integration(method, points);
    }

    /**
     * As the manual has it: the Laplace approximation for crossed effects, adaptive quadrature otherwise, about the mode for
     * the older commands and about the mean for all others.
     */
    private static IntegrationMethod defaultMethod(Design design) {
        boolean crossed = design.levels().stream().flatMap(l -> l.effects().stream()).anyMatch(e -> e.factor().isPresent());
        return crossed ? IntegrationMethod.LAPLACE : design.spec().command().orthogonal() ? IntegrationMethod.MCAGHERMITE
                : IntegrationMethod.MVAGHERMITE;
    }

    /** Refuses more points than memory holds for the largest group of several levels, saying how many would do. */
    static void requireMemory(Integration integration, Design design, PartStore<GroupBlock> parts) {
        if (fits(integration, design, parts)) {
            return;
        }
        int[] effects = effects(design);
        int[] points = integration.points();
        double room = room();
        double wanted = doubles(parts, points, effects);
        int fits = Arrays.stream(points).max().orElse(1);
        int[] fewer;
        do {
            int most = --fits;
            fewer = Arrays.stream(points).map(p -> Math.min(p, most)).toArray();
        } while (fits > 1 && doubles(parts, fewer, effects) > room);
        throw EchelonException.misuse("the integration points of the largest group of " + design.levels().get(0).variable()
                + " take " + String.format(Locale.ROOT, "%.3g", wanted * Double.BYTES / (1 << 30)) + " GB, more than memory holds; use "
                + (fits > 1 ? "at most intpoints(" + fits + ") or " : "") + "intmethod(laplace)");
    }

    /** Whether the points of the largest group of several levels fit into memory. */
    static boolean fits(Integration integration, Design design, PartStore<GroupBlock> parts) {
        return integration.method() == Integration.Method.LAPLACE || design.levels().size() < 2
                || doubles(parts, integration.points(), effects(design)) <= room();
    }

    private static int[] effects(Design design) {
        return design.levels().stream().mapToInt(l -> l.columns().size()).toArray();
    }

    private static double room() {
        return SHARE * Runtime.getRuntime().maxMemory() / Double.BYTES / Runtime.getRuntime().availableProcessors();
    }

    /** Numbers kept for the points of the largest top-level group: place and weights for each node and each point above it. */
    private static double doubles(PartStore<GroupBlock> parts, int[] points, int[] effects) {
        return parts.aggregate(block -> {
            double largest = 0;
            for (int g = 0; g < block.nodes(0); g++) {
                double sum = 0;
                double above = 1;
                int from = g;
                int to = g + 1;
                for (int l = 0; l < points.length; l++) {
                    double rule = Math.pow(points[l], effects[l]);
                    sum += (to - from) * above * (effects[l] + effects[l] * effects[l] + rule);
                    above *= rule;
                    from = block.first(l, from);
                    to = block.first(l, to);
                }
                largest = Math.max(largest, sum);
            }
            return largest;
        }, Math::max);
    }
}
