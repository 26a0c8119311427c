package io.echelon.report.html;

import static io.echelon.report.html.MathMl.call;
import static io.echelon.report.html.MathMl.formula;
import static io.echelon.report.html.MathMl.name;
import static io.echelon.report.html.MathMl.number;
import static io.echelon.report.html.MathMl.operator;
import static io.echelon.report.html.MathMl.row;
import static io.echelon.report.html.MathMl.sub;
import static io.echelon.report.html.MathMl.sup;
import static io.echelon.report.html.MathMl.symbol;
import static io.echelon.report.html.MathMl.times;

import io.echelon.design.Design;
import io.echelon.design.Outcomes;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.ModelSpec;
import java.util.List;
import java.util.Optional;

/** The distribution of the response of a generalized model given its linear predictor η, in symbols. */
final class ResponseFormula {
    private final ModelSpec spec;
    private final Html response;
    private final Optional<Outcomes> outcomes;

    ResponseFormula(Design design) {
        spec = design.spec();
        outcomes = design.responseColumns().outcomes();
        response = row(name(spec.fixed().response()), operator("|"), symbol("u"));
    }

    /** One formula a line. */
    List<Html> lines() {
        return switch (family()) {
            case "ordinal" -> List.of(formula(call(name(link() + " Pr"), name(spec.fixed().response()), operator(">"),
                    symbol("k"), operator("|"), symbol("u")), operator("="), symbol("η"), operator("−"),
                    sub(symbol("κ"), symbol("k"))));
            case "multinomial" -> multinomial();
            case "survival" -> survival();
            case "bernoulli" -> mean(call(name("Bernoulli"), symbol("μ")));
            case "binomial" -> mean(call(name("Binomial"), name(spec.trials().orElse("n")), operator(","), symbol("μ")));
            case "poisson" -> mean(call(name("Poisson"), symbol("μ")));
            case "nbinomial" -> mean(call(name("NegativeBinomial"), symbol("μ"), operator(","),
                    symbol(dispersion().equals("constant") ? "δ" : "α")));
            case "gamma" -> mean(call(name("Gamma"), symbol("μ"), operator(","), symbol("s")));
            default -> mean(call(symbol("N"), symbol("μ"), operator(","), sup(symbol("σ"), number("2"))));
        };
    }

    private List<Html> mean(Html distribution) {
        Html left = link().equals("identity") ? symbol("μ") : call(name(link()), symbol("μ"));
        return List.of(formula(response, operator("~"), distribution), formula(left, operator("="), symbol("η")));
    }

    /** Pr(y = k) = exp(η_k) / Σ exp(η_j), η being zero for the base outcome. */
    private List<Html> multinomial() {
        Html odds = call(name("exp"), sub(symbol("η"), symbol("k")));
        Html sum = row(sub(operator("Σ"), symbol("j")), call(name("exp"), sub(symbol("η"), symbol("j"))));
        Html probability = formula(call(name("Pr"), name(spec.fixed().response()), operator("="), symbol("k"), operator("|"),
                symbol("u")), operator("="), odds, operator("/"), sum);
        return outcomes.map(o -> List.of(probability, formula(sub(symbol("η"), name(o.names().get(o.base()))), operator("="),
                number("0")))).orElse(List.of(probability));
    }

    /** Proportional hazards, or accelerated failure time. */
    private List<Html> survival() {
        String distribution = spec.generalized().distribution().orElse("");
        boolean hazards = !spec.generalized().time() && List.of("exponential", "weibull").contains(distribution);
        Html law = formula(response, operator("~"), name(distribution.equals("weibull") ? "Weibull" : distribution));
        return List.of(law, hazards
                ? formula(call(symbol("h"), symbol("t"), operator("|"), symbol("u")), operator("="),
                        call(sub(symbol("h"), number("0")), symbol("t")), times(), call(name("exp"), symbol("η")))
                : formula(name("log"), symbol("t"), operator("="), symbol("η"), operator("+"), name("error of the "
                        + distribution + " distribution")));
    }

    private String dispersion() {
        return spec.generalized().dispersion().or(() -> spec.generalized().family()
                .flatMap(GeneralizedOptions.FamilyChoice::argument)).orElse("mean");
    }

    private String family() {
        if (spec.ordinal()) {
            return "ordinal";
        }
        return switch (spec.command()) {
            case MELOGIT, MEQRLOGIT, MEPROBIT, MECLOGLOG -> spec.trials().isPresent() ? "binomial" : "bernoulli";
            case MEPOISSON, MEQRPOISSON -> "poisson";
            case MENBREG -> "nbinomial";
            case MESTREG -> "survival";
            case MEMLOGIT -> "multinomial";
            default -> spec.generalized().family().map(GeneralizedOptions.FamilyChoice::name).orElse("gaussian");
        };
    }

    private String link() {
        return spec.generalized().link().orElse(switch (spec.command()) {
            case MEPROBIT, MEOPROBIT -> "probit";
            case MECLOGLOG -> "cloglog";
            case MELOGIT, MEQRLOGIT, MEOLOGIT -> "logit";
            case MEGLM -> switch (family()) {
                case "gaussian" -> "identity";
                case "bernoulli", "binomial", "ordinal" -> "logit";
                default -> "log";
            };
            default -> "log";
        });
    }
}
