package io.echelon.spark.pictures;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.picture.CaterpillarPlot;
import io.echelon.picture.Panels;
import io.echelon.picture.Picture;
import io.echelon.spark.Fitted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Pictures of the predicted random effects of a fit. */
public final class EffectPictures {
    private final Effects effects;
    private final List<Effects.Term> terms;

    /**
     * The effects of one level, or of all.
     *
     * @throws EchelonException if the model has no random effects, or none at this level
     */
    public EffectPictures(String command, Fitted fit, Optional<String> level) {
        if (fit.design().levels().stream().allMatch(l -> l.columns().isEmpty())) {
            throw EchelonException.misuse(command + ": the model has no random effects to draw");
        }
        effects = new Effects(fit.randomEffects().get());
        terms = effects.terms().stream().filter(t -> level.map(l -> of(t, l)).orElse(true)).toList();
        if (terms.isEmpty()) {
            List<String> levels = effects.terms().stream().map(Effects.Term::level).distinct().toList();
            String asked = level.orElse("");
            throw EchelonException.misuse(command + ": relevel(" + asked + ") is no level with random effects; levels are "
                    + String.join(", ", levels) + Spelling.hint(asked, levels));
        }
    }

    /** Whether a term belongs to a level, given by its path or its last variable. */
    private static boolean of(Effects.Term term, String level) {
        return term.level().equals(level) || term.level().endsWith(">" + level) || term.name().equals("R." + level);
    }

    /** Caterpillar plots, one a term. */
    public Picture caterpillar(Optional<String> title) {
        return together(title.orElse("Random effects"), t -> {
            long groups = effects.values(t).count();
            String note = String.format(Locale.ROOT, "%s with 95%% intervals; %,d of %,d leave zero out",
                    groups <= CaterpillarPlot.MOST_BARS ? "Predictions" : "Mean predictions", effects.awayFromZero(t), groups);
            return new CaterpillarPlot(heading(title, "Random effects", t), note, t.label(), groups, effects.items(t));
        });
    }

    /** Normal quantiles, one plot a term. */
    public Picture quantiles(Optional<String> title) {
        return together(title.orElse("Normal quantiles of the random effects"), t -> effects.values(t).plot(
                heading(title, "Normal quantiles of the random effects", t),
                String.format(Locale.ROOT, "%,d groups", effects.values(t).count()), t.label()));
    }

    private String heading(Optional<String> title, String standard, Effects.Term term) {
        return terms.size() == 1 ? title.orElse(standard + " " + term.label()) : term.label();
    }

    private Picture together(String title, Function<Effects.Term, Picture> each) {
        List<Picture> pictures = terms.stream().map(each).toList();
        return pictures.size() == 1 ? pictures.get(0) : new Panels(title, "", 1, pictures);
    }
}
