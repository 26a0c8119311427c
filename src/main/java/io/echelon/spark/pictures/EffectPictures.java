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
import java.util.function.BiFunction;

/** Pictures of the predicted random effects of a fit. */
public final class EffectPictures {
    private static final String CATERPILLAR = "Random effects";
    private static final String QUANTILES = "Normal quantiles of the random effects";

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
        effects = Effects.of(fit);
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
    public List<Picture> caterpillars() {
        return terms.stream().map(t -> caterpillar(t, CATERPILLAR + " " + t.label())).toList();
    }

    /** Normal quantiles, one plot a term. */
    public List<Picture> quantiles() {
        return terms.stream().map(t -> quantiles(t, QUANTILES + " " + t.label())).toList();
    }

    /** The caterpillar plots of all terms in one picture. */
    public Picture caterpillar(Optional<String> title) {
        return together(title, CATERPILLAR, this::caterpillar);
    }

    /** The normal quantiles of all terms in one picture. */
    public Picture quantiles(Optional<String> title) {
        return together(title, QUANTILES, this::quantiles);
    }

    private Picture caterpillar(Effects.Term term, String title) {
        long groups = effects.values(term).count();
        String note = String.format(Locale.ROOT, "%s with 95%% intervals; %,d of %,d leave zero out",
                groups <= CaterpillarPlot.MOST_BARS ? "Predictions" : "Mean predictions", effects.awayFromZero(term), groups);
        return new CaterpillarPlot(title, note, term.label(), groups, effects.items(term));
    }

    private Picture quantiles(Effects.Term term, String title) {
        return effects.values(term).plot(title, String.format(Locale.ROOT, "%,d groups", effects.values(term).count()),
                term.label());
    }

    private Picture together(Optional<String> title, String standard, BiFunction<Effects.Term, String, Picture> each) {
        if (terms.size() == 1) {
            return each.apply(terms.get(0), title.orElse(standard + " " + terms.get(0).label()));
        }
        return new Panels(title.orElse(standard), "", 1, terms.stream().map(t -> each.apply(t, t.label())).toList());
    }
}
