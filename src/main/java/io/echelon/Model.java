package io.echelon;

import io.echelon.command.CommandReader;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A model put together by methods rather than as one string; each returns a new model. Terms are written as in commands:
 * {@code days}, {@code i.machine}, {@code c.age#i.sex}.
 *
 * <pre>{@code
 * Model.mixed("reaction").on("days").group("subject", g -> g.slope("days").unstructured()).reml()
 * }</pre>
 */
public final class Model {
    private static final String NOCONSTANT = "noconstant";

    private final String command;
    private final List<String> fixed;
    private final Optional<String> condition;
    private final List<Group> groups;
    private final List<String> options;

    private Model(String command, List<String> fixed, Optional<String> condition, List<Group> groups, List<String> options) {
        this.command = command;
        this.fixed = List.copyOf(fixed);
        this.condition = condition;
        this.groups = List.copyOf(groups);
        this.options = List.copyOf(options);
    }

    /** A linear mixed model of this response. */
    public static Model mixed(String response) {
        return new Model("mixed", List.of(response), Optional.empty(), List.of(), List.of());
    }

    /** With more terms in the fixed-effects equation. */
    public Model on(String... terms) {
        return new Model(command, with(fixed, List.of(terms)), condition, groups, options);
    }

    /** For the rows that fulfil a condition only, in place of one given before. */
    public Model where(String expression) {
        return new Model(command, fixed, Optional.of(expression), groups, options);
    }

    /** With a random intercept for each group of a level below those given before. */
    public Model group(String level) {
        return group(level, g -> g);
    }

    /** With random effects for each group of a level below those given before; a further equation if it is the same level. */
    public Model group(String level, UnaryOperator<Group> effects) {
        Group group = effects.apply(new Group(level, List.of(), List.of()));
        return new Model(command, fixed, condition, with(groups, List.of(group)), options);
    }

    /** By restricted maximum likelihood. */
    public Model reml() {
        return option("reml");
    }

    /** Without a constant in the fixed-effects equation. */
    public Model noconstant() {
        return new Model(command, fixed, condition, groups, with(options, List.of(NOCONSTANT)));
    }

    /** With any option of the command, as it is typed: {@code iterate(50)}. */
    public Model option(String option) {
        return new Model(command, fixed, condition, groups, with(options, List.of(option)));
    }

    /** The random effects of one level. */
    public static final class Group {
        private final String level;
        private final List<String> slopes;
        private final List<String> options;

        private Group(String level, List<String> slopes, List<String> options) {
            this.level = level;
            this.slopes = List.copyOf(slopes);
            this.options = List.copyOf(options);
        }

        /** With random coefficients of these terms. */
        public Group slope(String... terms) {
            return new Group(level, with(slopes, List.of(terms)), options);
        }

        /** Without a random intercept. */
        public Group noIntercept() {
            return option(NOCONSTANT);
        }

        /** All variances and covariances distinct. */
        public Group unstructured() {
            return option("covariance(unstructured)");
        }

        /** One variance and one covariance. */
        public Group exchangeable() {
            return option("covariance(exchangeable)");
        }

        /** One variance, no covariances. */
        public Group identity() {
            return option("covariance(identity)");
        }

        private Group option(String option) {
            return new Group(level, slopes, with(options, List.of(option)));
        }

        private String text() {
            return "|| " + level + ":" + (slopes.isEmpty() ? "" : " " + String.join(" ", slopes))
                    + (options.isEmpty() ? "" : ", " + String.join(" ", options));
        }
    }

    /** The model as a specification, the same that {@link #toString} gives when it is read. */
    public ModelSpec spec() {
        return ((Statement.Estimation) CommandReader.read(toString())).spec();
    }

    /** The model as a command. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(command).append(' ').append(String.join(" ", fixed));
        condition.ifPresent(c -> text.append(" if ").append(c));
        // Options that belong to the fixed-effects equation stand before the first level, all others at the end.
        List<String> own = groups.isEmpty() ? List.of() : options.stream().filter(NOCONSTANT::equals).toList();
        if (!own.isEmpty()) {
            text.append(", ").append(String.join(" ", own));
        }
        groups.forEach(g -> text.append(' ').append(g.text()));
        List<String> last = options.stream().filter(o -> !own.contains(o)).toList();
        if (!last.isEmpty()) {
            boolean open = !groups.isEmpty() && !groups.get(groups.size() - 1).options.isEmpty();
            text.append(open ? " " : ", ").append(String.join(" ", last));
        }
        return text.toString();
    }

    private static <T> List<T> with(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
