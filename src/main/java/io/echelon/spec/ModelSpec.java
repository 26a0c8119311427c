package io.echelon.spec;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One estimation command, as read: names only, nothing looked up. {@code design.Binder} turns it into a {@code Design}.
 *
 * @param text        the command as typed
 * @param command     which command
 * @param fixed       fixed-effects equation
 * @param sample      observations used
 * @param random      random-effects equations, outermost level first; equations of one level stand next to each other
 * @param linear      options of {@code mixed}
 * @param generalized options of the generalized commands
 * @param vce         variance estimator; empty for the command's default
 * @param maximize    maximisation
 * @param display     reporting
 */
public record ModelSpec(String text, CommandName command, FixedEquation fixed, Sample sample,
                        List<RandomEquation> random, LinearOptions linear, GeneralizedOptions generalized,
                        Optional<Vce> vce, MaximizeOptions maximize, DisplayOptions display) implements Serializable {
    public ModelSpec {
        random = List.copyOf(random);
    }

    /** The same command with other options of the generalized commands; its text stays. */
    public ModelSpec with(GeneralizedOptions others) {
        return new ModelSpec(text, command, fixed, sample, random, linear, others, vce, maximize, display);
    }

    /** The same command maximised in another way; its text stays. */
    public ModelSpec with(MaximizeOptions other) {
        return new ModelSpec(text, command, fixed, sample, random, linear, generalized, vce, other, display);
    }

    /** The same command shown in another way; its text stays. */
    public ModelSpec with(LinearOptions otherLinear, DisplayOptions otherDisplay) {
        return new ModelSpec(text, command, fixed, sample, random, otherLinear, generalized, vce, maximize, otherDisplay);
    }

    /** Whether the response is ordinal, so that cutpoints take the place of the constant. */
    public boolean ordinal() {
        return command == CommandName.MEOLOGIT || command == CommandName.MEOPROBIT
                || generalized.family().filter(f -> f.name().equals("ordinal")).isPresent();
    }

    /** The denominator of a binomial response, a number or a variable; empty for other responses. */
    public Optional<String> trials() {
        return generalized.binomial().or(() -> generalized.family().filter(f -> f.name().equals("binomial"))
                .map(f -> f.argument().orElse("1")));
    }

    /** The variance estimator asked for; without one, sampling weights make it robust. */
    public Vce varianceEstimator() {
        return vce.orElseGet(() -> weightKinds().contains(Weight.Kind.SAMPLING) ? new Vce.Robust() : new Vce.Oim());
    }

    /** Whether standard errors are those of the sandwich. */
    public boolean robust() {
        return !(varianceEstimator() instanceof Vce.Oim);
    }

    /** The kinds of weights of rows and groups. */
    public Set<Weight.Kind> weightKinds() {
        Set<Weight.Kind> kinds = EnumSet.noneOf(Weight.Kind.class);
        sample.weight().ifPresent(w -> kinds.add(w.kind()));
        random.forEach(e -> e.weight().ifPresent(w -> kinds.add(w.kind())));
        return kinds;
    }
}
