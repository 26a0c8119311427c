package io.echelon.spark;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Combinations;
import io.echelon.postestimation.Components;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.DegreesOfFreedomTable;
import io.echelon.postestimation.Dependence;
import io.echelon.postestimation.FitTable;
import io.echelon.postestimation.GroupTable;
import io.echelon.postestimation.InformationCriteria;
import io.echelon.postestimation.IntraclassCorrelations;
import io.echelon.postestimation.JointTest;
import io.echelon.postestimation.LevelCounts;
import io.echelon.postestimation.LikelihoodRatioTest;
import io.echelon.postestimation.Matrices;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.postestimation.PostedEstimates;
import io.echelon.postestimation.QuadratureCheck;
import io.echelon.postestimation.Redisplayed;
import io.echelon.postestimation.Results;
import io.echelon.postestimation.StoredNames;
import io.echelon.postestimation.TestedTerms;
import io.echelon.spark.predict.MarginsCommand;
import io.echelon.spec.Contrast;
import io.echelon.spec.Estat;
import io.echelon.spec.EstimatesDirectory;
import io.echelon.spec.EstimatesReplay;
import io.echelon.spec.EstimatesStats;
import io.echelon.spec.EstimatesTable;
import io.echelon.spec.LinearOptions.DfMethod;
import io.echelon.spec.Lincom;
import io.echelon.spec.Lrtest;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Nlcom;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Pwcompare;
import io.echelon.spec.Replay;
import io.echelon.spec.Statement;
import io.echelon.spec.Testparm;
import io.echelon.spec.WaldTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Runs the commands that work on the results of an estimation. */
final class Postestimation {
    private final StoredFits fits;
    private final BiFunction<Fitted, ModelSpec, Fitted> again;
    private Results tested;
    private List<JointTest.Condition> conditions = List.of();

    /** @param again fits another command to the data of a fit */
    Postestimation(StoredFits fits, BiFunction<Fitted, ModelSpec, Fitted> again) {
        this.fits = fits;
        this.again = again;
    }

    Outcome run(Statement.Postestimation statement) {
        PostestimationCommand command = statement.command();
        if (command instanceof Lrtest c) {
            return new Answered(statement.text(), LikelihoodRatioTest.of(c, fits.find(c.first()).results(),
                    fits.find(c.second()).results()));
        }
        if (command instanceof EstimatesTable c) {
            return new Answered(statement.text(), FitTable.of(c, named(c.name(), c.names())));
        }
        if (command instanceof EstimatesStats c) {
            return new Answered(statement.text(), InformationCriteria.of(named(c.name(), c.names()), c.n()));
        }
        if (command instanceof EstimatesReplay c) {
            return new Answered(statement.text(), Redisplayed.of(fits.find(c.fit()).results()));
        }
        if (command instanceof EstimatesDirectory) {
            Map<String, Results> named = new LinkedHashMap<>();
            fits.named().forEach((name, fit) -> named.put(name, fit.results()));
            return new Answered(statement.text(), StoredNames.of(named));
        }
        boolean ofParameters = command instanceof WaldTest || command instanceof Lincom || command instanceof Nlcom;
        return new Answered(statement.text(), answer(command, ofParameters ? fits.requiredOrPosted(command.name())
                : fits.required(command.name())));
    }

    /** Fits by name; the last one where none is named. */
    private Map<String, Results> named(String command, List<String> names) {
        Map<String, Results> named = new LinkedHashMap<>();
        names.forEach(n -> named.put(n, fits.find(n).results()));
        if (names.isEmpty()) {
            named.put(Lrtest.LAST, fits.required(command).results());
        }
        return named;
    }

    private Answer answer(PostestimationCommand command, Fitted fit) {
        Results results = fit.results();
        if (command instanceof Replay c) {
            return Redisplayed.of(c, results);
        }
        if (command instanceof WaldTest c) {
            JointTest test = JointTest.of(c, results, before(c, results));
            tested = results;
            conditions = test.conditions();
            return test;
        }
        if (command instanceof Testparm c) {
            return TestedTerms.of(c, results);
        }
        if (command instanceof Lincom c) {
            return Combinations.of(c, results);
        }
        if (command instanceof Nlcom c) {
            return Combinations.of(c, results);
        }
        if (command instanceof Contrast c) {
            return posted(c.post(), Contrasts.of(c, results, counts(fit), dependence(fit)), fit);
        }
        if (command instanceof Pwcompare c) {
            return posted(c.post(), PairwiseComparisons.of(c, results, counts(fit), dependence(fit)), fit);
        }
        return estat((Estat) command, fit);
    }

    private Answer posted(boolean wanted, Answer answer, Fitted fit) {
        if (wanted) {
            fits.post(fit.with(PostedEstimates.of(answer, fit.results())));
        }
        return answer;
    }

    /** How columns left out depend on the others; only where some were for collinearity is a pass over the rows needed. */
    private static Dependence dependence(Fitted fit) {
        boolean collinear = fit.design().fixed().stream().anyMatch(c -> c.status() == Column.Status.OMITTED);
        return collinear ? MarginsCommand.dependence(fit) : Dependence.ofEmptyCells(fit.results());
    }

    private static LevelCounts counts(Fitted fit) {
        return new LevelCounts(fit.binding().crossings(), fit.estimates().labels());
    }

    private List<JointTest.Condition> before(WaldTest command, Results results) {
        if (command.accumulate() && tested != results) {
            throw EchelonException.misuse("test, accumulate: there is no test of these results before; leave accumulate out");
        }
        return conditions;
    }

    /** By each method, the model fitted again where it was fitted by another one; {@code post} makes one of them the last fit. */
    private Answer degreesOfFreedom(Estat.Df command, Fitted fit) {
        ModelSpec spec = fit.estimates().spec();
        List<Results> by = new ArrayList<>();
        for (DfMethod method : DegreesOfFreedomTable.methods(command, fit.results())) {
            Fitted other = spec.linear().dfMethod().filter(method::equals).isPresent() ? fit
                    : again.apply(fit, spec.with(spec.linear().with(method), spec.display()));
            by.add(other.results());
            command.post().filter(method::equals).ifPresent(m -> fits.add(other));
        }
        return DegreesOfFreedomTable.of(by);
    }

    private Answer estat(Estat command, Fitted fit) {
        Results results = fit.results();
        if (command instanceof Estat.Icc c) {
            return IntraclassCorrelations.of(c, results);
        }
        if (command instanceof Estat.Group) {
            return GroupTable.of(results);
        }
        if (command instanceof Estat.Sd c) {
            return Components.of(c, results);
        }
        if (command instanceof Estat.Recovariance c) {
            return Matrices.of(c, results);
        }
        if (command instanceof Estat.Ic c) {
            return InformationCriteria.of(c, results);
        }
        if (command instanceof Estat.Vce c) {
            return Matrices.of(c, results);
        }
        if (command instanceof Estat.Quadrature) {
            ModelSpec doubled = QuadratureCheck.doubled(fit.estimates());
            return QuadratureCheck.of(fit.estimates(), again.apply(fit, doubled).estimates());
        }
        if (command instanceof Estat.Df c) {
            return degreesOfFreedom(c, fit);
        }
        if (command instanceof Estat.Summarize) {
            return new SampleQueries(fit).summary();
        }
        return new SampleQueries(fit).withinGroup((Estat.Wcorrelation) command);
    }
}
