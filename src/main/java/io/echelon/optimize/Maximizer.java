package io.echelon.optimize;

import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.MaximizeOptions.Algorithm;
import io.echelon.spec.MaximizeOptions.Technique;
import java.util.List;
import java.util.Optional;

/**
 * Maximises an {@link Objective} by the algorithms of {@code technique()} in turn, with the stopping rules of the manual:
 * the parameters or the value hardly change, and the scaled gradient g'(−H)⁻¹g is small where the function is concave.
 */
public final class Maximizer {
    private static final int HALVINGS = 40;
    private static final int REFINEMENTS = 5;
    /** Share of what the slope promises below which a step is too long (Armijo 1966). */
    private static final double LEAST_GAIN = 0.1;
    /** Share of what the slope promises above which a step twice as long gains more, the function being a parabola. */
    private static final double FULL_GAIN = 0.75;
    private static final int FINAL_STEPS = 5;
    /** Scaled gradient of a point a millionth of a standard error from the maximum. */
    private static final double EXACT = 1e-12;

    private final Objective objective;
    private final MaximizeOptions options;
    private final Progress progress;

    /** A maximisation of the objective under the options, telling its iterations to {@code progress}. */
    public Maximizer(Objective objective, MaximizeOptions options, Progress progress) {
        this.objective = objective;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Where a maximisation ended.
     *
     * @param point       the best point
     * @param convergence how it ended
     * @param iterations  iterations made
     */
    public record Result(Objective.Point point, Convergence convergence, int iterations) {}

    /** Maximises from a starting point. */
    public Result maximize(Objective.Point start) {
        progress.iteration(0, start.value(), "");
        return maximize(start, 0, options.iterate());
    }

    /**
     * A stretch of a maximisation.
     *
     * @param start where it stands
     * @param first iterations made so far
     * @param last  iterations after which to stop
     */
    public Result maximize(Objective.Point start, int first, int last) {
        Objective.Point point = start;
        List<Technique> techniques = options.technique();
        Stall stall = new Stall();
        int iteration = first;
        for (int turn = 0;; turn++) {
            Technique technique = techniques.get(turn % techniques.size());
            int turnEnd = techniques.size() == 1 ? last
                    : Math.min(last, iteration + technique.iterations());
            Stepper stepper = stepper(technique.algorithm());
            while (true) {
                NewtonStep here = NewtonStep.at(point, options.difficult());
                if (here.concave() && here.scaledGradient() == 0) {
                    return end(point, here, iteration);
                }
                if (iteration >= last) {
                    return new Result(point.withOwnHessian(), new Convergence.IterationLimit(iteration), iteration);
                }
                if (iteration >= turnEnd) {
                    break;
                }
                Optional<Move> move = search(point, stepper.direction(point, here), stepper.refined(),
                        here.concave(), stall.length());
                if (move.isEmpty() && handsOver(stepper, point)) {
                    stepper = Stepper.NEWTON;
                    continue;
                }
                if (move.isEmpty() && point.carried()) {
                    point = point.withOwnHessian();
                    continue;
                }
                if (move.isEmpty()) {
                    return stuck(point, here, iteration);
                }
                iteration++;
                Objective.Point next = move.get().point();
                String note = !here.concave() ? Progress.NOT_CONCAVE
                        : move.get().halvings() > 0 ? Progress.BACKED_UP : "";
                progress.iteration(iteration, next.value(), note);
                stepper.moved(point, next);
                stall.moved(point, next);
                if (settled(point, next)) {
                    boolean carried = next.carried();
                    next = nearest(next).withOwnHessian();
                    NewtonStep there = NewtonStep.at(next, options.difficult());
                    if (there.concave() && there.scaledGradient() <= nrTolerance()) {
                        return end(carried && there.scaledGradient() <= EXACT ? next : polished(next, there).withOwnHessian(), there,
                                iteration);
                    }
                    stepper = handsOver(stepper, next) ? Stepper.NEWTON : stepper;
                }
                point = next;
            }
        }
    }

    /** Searches along lines end at the largest value; where the gradient vanishes elsewhere, Newton's steps must lead there. */
    private static boolean handsOver(Stepper stepper, Objective.Point point) {
        return stepper != Stepper.NEWTON && point.slack() > 0;
    }

    /**
     * Notices steps that circle around a maximum because the gradient vanishes elsewhere than the value is largest, and
     * shortens them.
     */
    private static final class Stall {
        private static final int PATIENCE = 2;
        private static final double SHORTEST = 1.0 / 16;

        private double best = Double.NEGATIVE_INFINITY;
        private int since;
        private double length = 1;

        void moved(Objective.Point from, Objective.Point to) {
            best = Math.max(best, from.value());
            since = to.value() > best ? 0 : since + 1;
            if (since >= PATIENCE && to.slack() > 0) {
                length = Math.max(SHORTEST, length / 2);
                since = 0;
            }
        }

        double length() {
            return length;
        }
    }

    private double nrTolerance() {
        return options.nrtolerance().orElse(Double.POSITIVE_INFINITY);
    }

    /** Where no step raises the value: at a maximum, on a ridge whose slope is rounding, or short of either. */
    private Result stuck(Objective.Point point, NewtonStep here, int iteration) {
        if (here.concave() && here.scaledGradient() <= nrTolerance()) {
            return end(point, here, iteration);
        }
        return new Result(point, here.ridgeGradient() <= nrTolerance() ? new Convergence.Flat(here.ridgeGradient())
                : new Convergence.NoImprovement(here.scaledGradient()), iteration);
    }

    private static Result end(Objective.Point point, NewtonStep step, int iteration) {
        return new Result(point, step.flat() ? new Convergence.Flat(step.scaledGradient())
                : new Convergence.Maximum(step.scaledGradient()), iteration);
    }

    private boolean settled(Objective.Point from, Objective.Point to) {
        double change = 0;
        for (int i = 0; i < from.parameters().length; i++) {
            double old = from.parameters()[i];
            change = Math.max(change, Math.abs(to.parameters()[i] - old) / (1 + Math.abs(old)));
        }
        double gain = Math.abs(to.value() - from.value()) / (1 + Math.abs(from.value()));
        return change <= options.tolerance() || gain <= options.ltolerance();
    }

    /** One more Newton step from a point that counts as converged: its error is about the square of that before. */
    private Objective.Point polished(Objective.Point point, NewtonStep step) {
        double slack = Math.max(point.slack(), 1e-12 * (1 + Math.abs(point.value())));
        return objective.at(moved(point.parameters(), step.direction(), 1))
                .filter(p -> p.value() >= point.value() - slack).orElse(point);
    }

    /** From a point whose Hessian is carried over, cheap steps to where the maximum seems to be. */
    private Objective.Point nearest(Objective.Point start) {
        Objective.Point point = start;
        for (int s = 0; s < FINAL_STEPS && point.carried(); s++) {
            NewtonStep step = NewtonStep.at(point, options.difficult());
            Objective.Point next = step.concave() && step.scaledGradient() > EXACT ? polished(point, step) : point;
            if (next == point) {
                break;
            }
            point = next;
        }
        return point;
    }

    private record Move(Objective.Point point, int halvings) {}

    private Optional<Move> search(Objective.Point from, double[] direction, boolean refined, boolean concave,
                                  double first) {
        double length = first;
        for (int halvings = 0; halvings < HALVINGS; halvings++) {
            Optional<Objective.Point> to = objective.at(moved(from.parameters(), direction, length));
            if (to.isPresent() && to.get().value() > from.value() - from.slack()) {
                return Optional.of(new Move(refined ? refine(from, direction, length, to.get())
                        : concave ? to.get() : adjust(from, direction, length, to.get()), halvings));
            }
            length /= 2;
        }
        return Optional.empty();
    }

    /**
     * Halves a step on as long as that leads higher, if it gained much less than its slope promised, and doubles it if it
     * gained about as much. Where the function is not concave the length of a step means little: it may lead across the
     * middle between a standard deviation and its mirror image −σ, and then back again and again, or creep along a ridge.
     */
    private Objective.Point adjust(Objective.Point from, double[] direction, double firstLength, Objective.Point first) {
        Objective.Point best = first;
        double length = firstLength;
        double share = (best.value() - from.value()) / (length * slope(from, direction));
        if (share > LEAST_GAIN && share < FULL_GAIN) {
            return best;
        }
        double factor = share < FULL_GAIN ? 0.5 : 2;
        for (int i = 0; i < REFINEMENTS; i++) {
            length *= factor;
            Optional<Objective.Point> to = objective.at(moved(from.parameters(), direction, length));
            if (to.isEmpty() || to.get().value() <= best.value()) {
                break;
            }
            best = to.get();
        }
        return best;
    }

    /** Goes to the top of the parabola through the start, its slope and the point reached, as long as that is higher. */
    private Objective.Point refine(Objective.Point from, double[] direction, double firstLength, Objective.Point first) {
        double slope = slope(from, direction);
        Objective.Point best = first;
        double length = firstLength;
        for (int i = 0; i < REFINEMENTS; i++) {
            double shortfall = from.value() + slope * length - best.value();
            double top = shortfall > 0 ? slope * length * length / (2 * shortfall) : 4 * length;
            double next = Math.max(0.1 * length, Math.min(4 * length, top));
            Optional<Objective.Point> to = objective.at(moved(from.parameters(), direction, next));
            if (to.isEmpty() || to.get().value() <= best.value()) {
                break;
            }
            best = to.get();
            length = next;
        }
        return best;
    }

    private static double slope(Objective.Point from, double[] direction) {
        double slope = 0;
        for (int i = 0; i < direction.length; i++) {
            slope += from.gradient()[i] * direction[i];
        }
        return slope;
    }

    private static double[] moved(double[] from, double[] direction, double length) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += length * direction[i];
        }
        return to;
    }

    private static Stepper stepper(Algorithm algorithm) {
        return switch (algorithm) {
            case NR -> Stepper.NEWTON;
            case BFGS -> new Bfgs();
            case DFP -> new Dfp();
            case BHHH -> new Bhhh();
        };
    }
}
