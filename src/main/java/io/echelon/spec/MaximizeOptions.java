package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * How the likelihood is maximised; names and defaults as in the manual.
 *
 * @param emIterate     EM iterations before Newton-Raphson (20)
 * @param emTolerance   relative change of the log likelihood that ends EM (1e-10)
 * @param emOnly        stop after EM
 * @param emLog         show the EM iterations
 * @param emDots        show them as dots
 * @param iterate       maximum of iterations (300; 0 evaluates at the starting values)
 * @param tolerance     relative change of the parameters (1e-6)
 * @param ltolerance    relative change of the log likelihood (1e-7)
 * @param nrtolerance   scaled gradient g'H⁻¹g (1e-5); empty with {@code nonrtolerance}
 * @param difficult     another step where the Hessian is not concave
 * @param technique     one or more algorithms taken in turn
 * @param from          starting values as {@code name=value} pairs or a matrix name
 * @param dnumerical    derivatives by differences were asked for (accepted, never needed)
 */
public record MaximizeOptions(int emIterate, double emTolerance, boolean emOnly, boolean emLog, boolean emDots, int iterate,
                              double tolerance, double ltolerance, Optional<Double> nrtolerance, boolean difficult,
                              List<Technique> technique, Optional<String> from, boolean dnumerical)
        implements Serializable {
    /** Optimisation algorithm, with the number of iterations after which the next one is taken ({@code nr 5 bfgs 10}). */
    public record Technique(Algorithm algorithm, int iterations) implements Serializable {}

    /** Algorithms by the manual's names. */
    public enum Algorithm { NR, BHHH, DFP, BFGS }

    public MaximizeOptions {
        technique = List.copyOf(technique);
    }

    /** The same with other starting values. */
    public MaximizeOptions startingFrom(String values) {
        return new MaximizeOptions(emIterate, emTolerance, emOnly, emLog, emDots, iterate, tolerance, ltolerance, nrtolerance,
                difficult, technique, Optional.of(values), dnumerical);
    }

    /** The manual's defaults. */
    public static MaximizeOptions defaults() {
        return new MaximizeOptions(20, 1e-10, false, false, false, 300, 1e-6, 1e-7, Optional.of(1e-5), false,
                List.of(new Technique(Algorithm.NR, 5)), Optional.empty(), false);
    }

    /** The same with another maximum of iterations. */
    public MaximizeOptions withIterations(int most) {
        return new MaximizeOptions(emIterate, emTolerance, emOnly, emLog, emDots, most, tolerance, ltolerance, nrtolerance,
                difficult, technique, from, dnumerical);
    }
}
