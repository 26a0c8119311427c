package io.echelon.estimate.generalized;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.family.Bernoulli;
import io.echelon.family.Binomial;
import io.echelon.family.Exponential;
import io.echelon.family.Family;
import io.echelon.family.Gamma;
import io.echelon.family.GammaTime;
import io.echelon.family.Gaussian;
import io.echelon.family.LogLogistic;
import io.echelon.family.LogNormal;
import io.echelon.family.Multinomial;
import io.echelon.family.NegativeBinomialConstant;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.family.Weibull;
import io.echelon.fit.Estimates;
import io.echelon.link.Link;
import io.echelon.link.MeanLink;
import io.echelon.link.ProbabilityLink;
import io.echelon.spec.CommandName;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.ModelSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The family and link that a command asks for.
 *
 * @param family name of the family or survival distribution, in full
 * @param link   name of the link
 * @param mean   of a negative binomial model: mean dispersion, else constant
 * @param time   of a survival model: accelerated failure-time metric
 */
public record FamilyChoice(String family, String link, boolean mean, boolean time) {

    /** The choice of a generalized command. */
    public static FamilyChoice of(ModelSpec spec) {
        GeneralizedOptions g = spec.generalized();
        String family = switch (spec.command()) {
            case MELOGIT, MEQRLOGIT, MEPROBIT, MECLOGLOG -> g.binomial().isPresent() ? "binomial" : "bernoulli";
            case MEOLOGIT, MEOPROBIT -> "ordinal";
            case MEPOISSON, MEQRPOISSON -> "poisson";
            case MENBREG -> "nbinomial";
            case MESTREG -> survival(g);
            case MEGLM -> g.family().map(GeneralizedOptions.FamilyChoice::name).orElse("gaussian");
            case MEMLOGIT -> "multinomial";
            case MIXED -> throw new IllegalArgumentException("mixed has no family");
        };
        Optional<String> dispersion = g.dispersion().or(() -> g.family().filter(f -> f.name().equals("nbinomial"))
                .flatMap(GeneralizedOptions.FamilyChoice::argument));
        return new FamilyChoice(family, g.link().orElse(defaultLink(spec.command(), family)),
                dispersion.map("mean"::equals).orElse(true), g.time());
    }

    private static String survival(GeneralizedOptions g) {
        return "time " + g.distribution().orElseThrow(() -> EchelonException.misuse("mestreg needs distribution():"
                + " exponential, weibull, loglogistic, lognormal or gamma"));
    }

    private static String defaultLink(CommandName command, String family) {
        return switch (command) {
            case MEPROBIT, MEOPROBIT -> "probit";
            case MECLOGLOG -> "cloglog";
            case MEGLM -> switch (family) {
                case "gaussian" -> "identity";
                case "bernoulli", "binomial", "ordinal" -> "logit";
                default -> "log";
            };
            case MEPOISSON, MEQRPOISSON, MENBREG, MESTREG -> "log";
            default -> "logit";
        };
    }

    /** Whether binomial denominators are needed. */
    boolean hasTrials() {
        return family.equals("binomial");
    }

    /** Whether the response is a yes or no, or a number of these. */
    boolean isBinary() {
        return family.equals("bernoulli") || family.equals("binomial");
    }

    /** Whether the response is a survival time. */
    boolean isSurvival() {
        return family.startsWith("time ");
    }

    /** Whether it is a distribution of survival times with a shape beside the hazard. */
    boolean hasShape() {
        return isSurvival() && !family.equals("time exponential");
    }

    /** The family of a fitted model. */
    public static Family of(Design design, Estimates estimates) {
        double[] outcomes = design.responseColumns().outcomes().isPresent() ? new double[0]
                : estimates.labels().getOrDefault(design.spec().fixed().response(), List.of()).stream()
                        .mapToDouble(Double::parseDouble).toArray();
        return of(design.spec()).family(design, outcomes);
    }

    /**
     * The family of the response of a design.
     *
     * @param outcomes distinct values of the response, for ordinal models
     */
    Family family(Design design, double[] outcomes) {
        return design.responseColumns().outcomes().map(o -> (Family) new Multinomial(o.values(), o.base()))
                .orElseGet(() -> family(outcomes));
    }

    /** Whether the categories of the response must be known. */
    boolean isOrdinal() {
        return family.equals("ordinal");
    }

    /**
     * The family.
     *
     * @param outcomes distinct values of the response, for ordinal models
     */
    private Family family(double[] outcomes) {
        Link l = Link.of(link);
        return switch (family) {
            case "gaussian" -> new Gaussian(mean(l));
            case "bernoulli" -> new Bernoulli(probability(l));
            case "binomial" -> new Binomial(probability(l));
            // Pr(y > k) = F(η − κ), so that two categories make the model of a yes or no.
            case "ordinal" -> new Ordinal(probability(l).mirrored(), outcomes);
            case "poisson" -> log(l, new Poisson());
            case "nbinomial" -> log(l, mean ? new NegativeBinomialMean() : new NegativeBinomialConstant());
            case "gamma" -> log(l, new Gamma());
            case "time exponential" -> new Exponential(time);
            case "time weibull" -> new Weibull(time);
            case "time loglogistic" -> new LogLogistic();
            case "time lognormal" -> new LogNormal();
            case "time gamma" -> new GammaTime();
            default -> throw EchelonException.misuse("family(" + family + "): no such family; families are gaussian,"
                    + " bernoulli, binomial, gamma, nbinomial, ordinal and poisson");
        };
    }

    private Family log(Link l, Family f) {
        if (!l.text().equals("log")) {
            throw unfit("log");
        }
        return f;
    }

    private MeanLink mean(Link l) {
        if (l instanceof MeanLink m) {
            return m;
        }
        throw unfit("identity or log");
    }

    private ProbabilityLink probability(Link l) {
        if (l instanceof ProbabilityLink p) {
            return p;
        }
        throw unfit("logit, probit or cloglog");
    }

    private EchelonException unfit(String links) {
        return EchelonException.misuse("link(" + link + ") does not go with family(" + family + "); use " + links);
    }

    /**
     * First line of the report.
     *
     * @param mixed whether there are random effects
     */
    String title(CommandName command, boolean mixed) {
        if (command == CommandName.MEGLM) {
            return mixed ? "Mixed-effects GLM" : "Generalized linear model";
        }
        if (!mixed) {
            return switch (family) {
                case "bernoulli", "binomial" -> switch (link) {
                    case "probit" -> "Probit regression";
                    case "cloglog" -> "Complementary log-log regression";
                    default -> "Logistic regression";
                };
                case "ordinal" -> link.equals("probit") ? "Ordered probit regression" : "Ordered logistic regression";
                case "multinomial" -> "Multinomial logistic regression";
                case "poisson" -> "Poisson regression";
                case "nbinomial" -> "Negative binomial regression";
                default -> distribution().substring(0, 1).toUpperCase(Locale.ROOT) + distribution().substring(1) + metric()
                        + " regression";
            };
        }
        return "Mixed-effects " + switch (family) {
            case "bernoulli", "binomial" -> link.equals("logit") ? "logistic regression" : link + " regression";
            case "ordinal" -> link.equals("probit") ? "oprobit regression" : "ologit regression";
            case "multinomial" -> "multinomial logistic regression";
            case "poisson" -> "Poisson regression";
            case "nbinomial" -> "nbinomial regression";
            default -> distribution() + metric() + " regression";
        };
    }

    /** Survival distribution as it is written: one of them is named after a person. */
    private String distribution() {
        String name = family.substring("time ".length());
        return name.equals("weibull") ? "Weibull" : name;
    }

    /** Proportional hazards or accelerated failure time. */
    private String metric() {
        return !time && (family.equals("time weibull") || family.equals("time exponential")) ? " PH" : " AFT";
    }

    /** What the model without random effects is called. */
    String fixedModel() {
        return switch (family) {
            case "bernoulli", "binomial" -> link.equals("logit") ? "logistic model" : link + " model";
            case "ordinal" -> switch (link) {
                case "probit" -> "oprobit model";
                case "cloglog" -> "ocloglog model";
                default -> "ologit model";
            };
            case "multinomial" -> "multinomial logistic model";
            case "poisson" -> "Poisson model";
            case "nbinomial" -> "nbinomial model";
            case "gaussian" -> link.equals("identity") ? "linear model" : "generalized linear model";
            case "gamma" -> "generalized linear model";
            default -> distribution() + " model";
        };
    }
}
