package io.echelon.postestimation.predict;

import io.echelon.error.EchelonException;
import io.echelon.family.Bernoulli;
import io.echelon.family.Binomial;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.family.Multinomial;
import io.echelon.family.Ordinal;
import io.echelon.family.Survival;
import io.echelon.spec.CommandName;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which statistics the commands have, and what they mean without further options. */
public final class Statistics {
    private static final Set<Statistic> RESIDUALS = EnumSet.of(Statistic.RESIDUALS, Statistic.RSTANDARD,
            Statistic.PEARSON, Statistic.DEVIANCE, Statistic.ANSCOMBE);

    private Statistics() {}

    /** The statistics of the command that fitted a model, its default first. */
    static List<Statistic> of(FittedModel model) {
        if (model.family().isEmpty()) {
            return List.of(Statistic.XB, Statistic.STDP, Statistic.FITTED, Statistic.RESIDUALS, Statistic.RSTANDARD,
                    Statistic.REFFECTS, Statistic.SCORES);
        }
        Family family = model.family().get();
        List<Statistic> all = new ArrayList<>();
        if (family instanceof Survival) {
            all.addAll(List.of(Statistic.MEAN, Statistic.MU, Statistic.MEDIAN, Statistic.HAZARD, Statistic.SURV));
        } else if (family instanceof Multinomial) {
            return List.of(Statistic.PR, Statistic.MU, Statistic.PEARSON, Statistic.ETA, Statistic.XB, Statistic.STDP,
                    Statistic.REFFECTS);
        } else if (family instanceof Ordinal) {
            all.addAll(List.of(Statistic.PR, Statistic.MU));
        } else {
            all.add(Statistic.MU);
            if (family instanceof Bernoulli || family instanceof Binomial) {
                all.add(Statistic.PR);
            }
            if (family instanceof Gaussian) {
                all.add(Statistic.RESIDUALS);
            }
            all.addAll(List.of(Statistic.PEARSON, Statistic.DEVIANCE, Statistic.ANSCOMBE));
        }
        all.addAll(List.of(Statistic.ETA, Statistic.XB, Statistic.STDP, Statistic.DENSITY, Statistic.DISTRIBUTION,
                Statistic.REFFECTS, Statistic.SCORES));
        return all;
    }

    /** The statistic asked for, by the name its family has for it. */
    public static Statistic choose(FittedModel model, Optional<Statistic> asked, String command) {
        List<Statistic> available = of(model);
        Statistic chosen = asked.orElse(available.get(0));
        if (!available.contains(chosen)) {
            throw EchelonException.misuse(command + " has no statistic " + chosen.text() + " after "
                    + model.command().text() + "; it has " + available.stream().map(Statistic::text)
                    .collect(Collectors.joining(", ")));
        }
        boolean categorical = !model.outcomes().isEmpty();
        boolean survival = model.family().filter(Survival.class::isInstance).isPresent();
        return chosen != Statistic.MU ? chosen : categorical ? Statistic.PR : survival ? Statistic.MEAN : chosen;
    }

    /** What stands for the random effects in predictions of rows. */
    static RandomPart randomPart(FittedModel model, Statistic statistic, Optional<RandomPart> asked) {
        boolean orthogonal = model.command() == CommandName.MEQRLOGIT || model.command() == CommandName.MEQRPOISSON;
        RandomPart part = asked.orElse(orthogonal ? RandomPart.MODES : RandomPart.MEANS);
        if (part == RandomPart.MARGINAL && (RESIDUALS.contains(statistic) || statistic == Statistic.REFFECTS)) {
            throw EchelonException.misuse("option marginal does not go with " + statistic.text()
                    + "; residuals and random effects are given the groups: use conditional(ebmeans | ebmodes | fixedonly)");
        }
        if (asked.isPresent() && (statistic == Statistic.XB || statistic == Statistic.STDP || model.family().isEmpty())) {
            throw EchelonException.misuse("options conditional() and marginal do not go with " + statistic.text()
                    + (model.family().isEmpty() ? " after mixed; fitted adds the random effects, xb leaves them out"
                    : ", which has no random effects in it"));
        }
        return part;
    }

    /** What stands for the random effects in margins: nothing is known of the groups. */
    public static RandomPart ofMargins(FittedModel model, Statistic statistic, Optional<RandomPart> asked) {
        if (statistic == Statistic.STDP || statistic == Statistic.REFFECTS || statistic == Statistic.FITTED
                || statistic == Statistic.SCORES || RESIDUALS.contains(statistic)) {
            throw EchelonException.misuse("margins cannot average " + statistic.text() + (model.family().isEmpty()
                    ? "; after mixed use xb" : "; use mu, pr, xb or another prediction of the response"));
        }
        RandomPart part = asked.orElse(RandomPart.MARGINAL);
        if (part == RandomPart.MEANS || part == RandomPart.MODES) {
            throw EchelonException.misuse("margins does not use predicted random effects: choose predict(... marginal) or"
                    + " predict(... fixedonly)");
        }
        return model.family().isEmpty() || statistic == Statistic.XB ? RandomPart.FIXEDONLY : part;
    }

    /** Whether a statistic is a function of the response of the row. */
    public static boolean needsResponse(Statistic statistic) {
        return RESIDUALS.contains(statistic) || Arrays.asList(Statistic.DENSITY, Statistic.DISTRIBUTION, Statistic.HAZARD,
                Statistic.SURV).contains(statistic);
    }
}
