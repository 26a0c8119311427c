package io.echelon.command;

import io.echelon.spec.CommandName;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.GeneralizedOptions.FamilyChoice;
import io.echelon.spec.GeneralizedOptions.IntegrationMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the options of the generalized commands. */
final class GeneralizedReader {
    private static final Choices FAMILIES = Choices.of("gau:ssian", "be:rnoulli", "bi:nomial", "gam:ma", "nb:inomial",
            "o:rdinal", "p:oisson");
    private static final Choices LINKS = Choices.of("iden:tity", "log", "logit", "probit", "cloglog");
    private static final Choices DISPERSIONS = Choices.of("m:ean", "c:onstant");
    private static final Choices DISTRIBUTIONS = Choices.of("e:xponential", "logl:ogistic", "llog:istic", "w:eibull",
            "logn:ormal", "lnor:mal", "gam:ma");
    private static final Map<String, String> SYNONYMS = Map.of("llogistic", "loglogistic", "lnormal", "lognormal");
    /** Survival distributions that have no proportional-hazards form. */
    private static final Set<String> ACCELERATED = Set.of("loglogistic", "lognormal", "gamma");
    private static final Choices METHODS = Choices.of("mv:aghermite", "mc:aghermite", "pc:aghermite", "gh:ermite",
            "lap:lace");
    private static final Choices START_VALUES = Choices.of("zero", "const:antonly", "fixed:only");
    /** The most points the manual allows. */
    private static final int MOST_POINTS = 195;

    private final CommandName command;
    private final GivenOptions given;

    GeneralizedReader(CommandName command, GivenOptions given) {
        this.command = command;
        this.given = given;
    }

    GeneralizedOptions read() {
        Optional<String> distribution = given.choice("distribution", DISTRIBUTIONS)
                .map(d -> SYNONYMS.getOrDefault(d, d));
        if (command == CommandName.MESTREG && distribution.isEmpty()) {
            throw given.source().error(given.source().length(), "mestreg needs option distribution(); choose one of "
                    + "exponential, weibull, loglogistic, lognormal, gamma");
        }
        boolean accelerated = given.has("time") || distribution.filter(ACCELERATED::contains).isPresent();
        return new GeneralizedOptions(family(), given.choice("link", LINKS), binomial(),
                given.choice("dispersion", DISPERSIONS), distribution, accelerated, method(), points(),
                baseOutcome(), given.integers("constraints", 1), given.choice("startvalues", START_VALUES), given.text("startgrid"));
    }

    private Optional<FamilyChoice> family() {
        return given.read("family", CommandParser::familyType).map(c -> {
            CommandText text = given.source();
            String name = FAMILIES.find(text, c.NAME(0).getSymbol(), "family()");
            Optional<String> argument = c.NUMBER() != null ? Optional.of(c.NUMBER().getText())
                    : c.NAME().size() > 1 ? Optional.of(c.NAME(1).getText()) : Optional.empty();
            if (argument.isPresent() && name.equals("nbinomial")) {
                return new FamilyChoice(name, c.NAME().size() > 1
                        ? Optional.of(DISPERSIONS.find(text, c.NAME(1).getSymbol(), "the dispersion")) : argument);
            }
            if (argument.isPresent() && !name.equals("binomial")) {
                throw text.error(c.start, "family(" + name + ") takes no argument");
            }
            return new FamilyChoice(name, argument);
        });
    }

    private Optional<String> binomial() {
        return given.read("binomial", CommandParser::variableOrNumber).map(c -> {
            if (c.NUMBER() != null) {
                Numbers.whole(given.source(), c.start, Double.parseDouble(c.NUMBER().getText()), "binomial()", 1);
            }
            return c.start.getText();
        });
    }

    private Optional<String> baseOutcome() {
        return given.read("baseoutcome", CommandParser::outcomeName).map(c -> c.STRING() != null
                ? ExpressionReader.unquoted(c.STRING()) : c.NAME() != null ? c.NAME().getText() : c.signedNumber().getText());
    }

    private Optional<IntegrationMethod> method() {
        Optional<IntegrationMethod> method = given.choice("intmethod", METHODS)
                .map(m -> ModelOptions.upper(IntegrationMethod.class, m));
        if (given.has("laplace")) {
            if (method.filter(m -> m != IntegrationMethod.LAPLACE).isPresent()) {
                throw given.error("laplace", "laplace and intmethod() exclude each other");
            }
            return Optional.of(IntegrationMethod.LAPLACE);
        }
        return method;
    }

    private List<Integer> points() {
        List<Integer> points = given.integers("intpoints", 1);
        points.stream().filter(p -> p > MOST_POINTS).findFirst().ifPresent(p -> {
            throw given.error("intpoints", "intpoints() may be at most " + MOST_POINTS + ", not " + p);
        });
        return points;
    }
}
