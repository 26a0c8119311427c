package io.echelon.spark.pictures;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.picture.Fonts;
import io.echelon.picture.IterationPath;
import io.echelon.picture.Picture;
import io.echelon.spark.Fitted;
import io.echelon.spark.read.SparkFailure;
import io.echelon.spec.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a report draws of a fit without being asked. */
public final class StandardPictures {
    private static final int PANELS = 12;

    private final List<Picture> pictures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private StandardPictures() {}

    /** No pictures. */
    public static StandardPictures none() {
        return new StandardPictures();
    }

    /** Draws what suits the model. A picture that fails is left out with a remark: it must not cost the results. */
    public StandardPictures(Fitted fit) {
        Optional<String> problem = Fonts.problem();
        if (problem.isPresent()) {
            remarks.add(problem.get());
            return;
        }
        Design design = fit.design();
        if (design.levels().stream().anyMatch(l -> !l.columns().isEmpty())) {
            draw(() -> {
                EffectPictures effects = new EffectPictures("report", fit, Optional.empty());
                return Stream.concat(effects.caterpillars().stream(), effects.quantiles().stream()).toList();
            });
        }
        if (FittedSample.hasResiduals(design)) {
            draw(() -> ofSample(fit));
        }
        draw(() -> List.of(IterationPath.of("Iteration path", fit.estimates().iterations())));
    }

    private static List<Picture> ofSample(Fitted fit) {
        Optional<Plot.FittedLines> lines = slope(fit.design())
                .filter(x -> FittedSample.mean(fit.design())).map(x -> new Plot.FittedLines(x, Optional.empty(), PANELS));
        FittedSample sample = new FittedSample("report", fit, lines);
        ResidualPictures residuals = new ResidualPictures(sample);
        List<Picture> pictures = new ArrayList<>(List.of(residuals.againstFitted(Optional.empty()),
                residuals.quantiles(Optional.empty())));
        if (lines.isPresent()) {
            pictures.add(FittedPictures.of(sample, Optional.empty()));
        }
        return pictures;
    }

    private void draw(Supplier<List<Picture>> some) {
        try {
            pictures.addAll(some.get());
        } catch (EchelonException e) {
            remarks.add(e.getMessage());
        } catch (Exception e) {
            if (!SparkFailure.isSparks(e)) {
                throw e;
            }
            remarks.add(SparkFailure.of("a picture is missing", e).getMessage());
        }
    }

    /** The variable of the first random slope. */
    private static Optional<String> slope(Design design) {
        return design.levels().stream().filter(l -> !l.grouping().isEmpty()).flatMap(l -> l.columns().stream())
                .filter(c -> c.parts().size() == 1 && c.parts().get(0).continuous())
                .map((Column c) -> design.sources().get(c.parts().get(0).source()).name()).findFirst();
    }

    /** Those that could be drawn. */
    public List<Picture> pictures() {
        return pictures;
    }

    /** Why others are missing, one sentence each. */
    public List<String> remarks() {
        return remarks;
    }
}
