package io.echelon.command;

import io.echelon.spec.CommandName;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.LinearOptions;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.ResidualSpec;
import io.echelon.spec.Sample;
import io.echelon.spec.TableStyle;
import io.echelon.spec.Vce;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** The options of a whole model, checked and put into the records of the specification. */
final class ModelOptions {
    private static final Choices VCE = Choices.of("oim", "r:obust", "cl:uster");
    private static final Choices ALGORITHMS = Choices.of("nr", "bhhh", "dfp", "bfgs");
    private static final Choices DF_METHODS = Choices.of("res:idual", "rep:eated", "anova", "sat:terthwaite", "kr:oger");
    private static final Choices INFORMATION = Choices.of("eim", "oim");
    private static final Choices PWSCALE = Choices.of("size", "eff:ective", "gk");
    private static final Choices WRAPS = Choices.of("word", "width");
    private static final Choices DF_TABLE = Choices.of("def:ault", "ci", "pv:alue");
    /** Iterations of an algorithm in {@code technique()} before the next one, when not given. */
    private static final int ALGORITHM_ITERATIONS = 5;

    private final CommandName command;
    private final GivenOptions given;

    ModelOptions(CommandName command, GivenOptions given) {
        this.command = command;
        this.given = given;
    }

    LinearOptions linear(List<RandomEquation> random, Sample sample) {
        boolean reml = given.has("reml");
        if (reml && given.has("mle")) {
            throw given.error("reml", "reml and mle exclude each other");
        }
        Optional<LinearOptions.DfMethod> dfMethod = dfMethod();
        dfMethod.filter(m -> !reml && (m.name() == LinearOptions.DfMethod.Name.SATTERTHWAITE
                || m.name() == LinearOptions.DfMethod.Name.KROGER)).ifPresent(m -> {
                    throw given.error("dfmethod", "dfmethod(" + lower(m.name()) + ") needs option reml");
                });
        boolean weighted = sample.weight().isPresent() || random.stream().anyMatch(r -> r.weight().isPresent());
        boolean robust = vce().filter(v -> !(v instanceof Vce.Oim)).isPresent();
        if (dfMethod.isPresent() && (weighted || robust)) {
            throw given.error("dfmethod", "dfmethod() does not go with " + (robust ? "robust standard errors: leave vce() out"
                    : "weights: leave it out"));
        }
        long levels = random.stream().map(RandomEquation::level).distinct().count();
        dfMethod.filter(m -> m.name() == LinearOptions.DfMethod.Name.REPEATED && levels > 1).ifPresent(m -> {
            throw given.error("dfmethod", "dfmethod(repeated) is for models with one level; use dfmethod(anova)");
        });
        for (String name : List.of("small", "dftable")) {
            if (given.has(name) && dfMethod.isEmpty()) {
                throw given.error(name, "option " + name + (name.equals("dftable") ? "()" : "") + " needs dfmethod()");
            }
        }
        if (reml && (weighted || robust)) {
            throw given.error("reml", (weighted ? "weights are" : "robust and clustered standard errors are")
                    + " not allowed with reml; use maximum likelihood (mle)");
        }
        Optional<ResidualSpec> residuals = new ResidualReader(given).read();
        if (given.has("nostderr") && residuals.filter(ResidualSpec::structured).isPresent()) {
            throw given.error("nostderr", "nostderr is for independent residuals with one variance; leave it out");
        }
        return new LinearOptions(reml, residuals,
                dfMethod, given.choice("pwscale", PWSCALE).map(s -> upper(LinearOptions.PwScale.class, s)),
                given.has("small"), given.has("nostderr"), dftable());
    }

    Optional<LinearOptions.DfTable> dftable() {
        return given.choice("dftable", DF_TABLE).map(s -> upper(LinearOptions.DfTable.class, s));
    }

    /** A method for degrees of freedom by its name. */
    static LinearOptions.DfMethod.Name dfMethod(CommandText text, Token name) {
        return upper(LinearOptions.DfMethod.Name.class, DF_METHODS.find(text, name, "the method for degrees of freedom"));
    }

    private Optional<LinearOptions.DfMethod> dfMethod() {
        return given.read("dfmethod", CommandParser::degreesOfFreedom).map(c -> {
            var name = dfMethod(given.source(), c.NAME(0).getSymbol());
            boolean approximate = name == LinearOptions.DfMethod.Name.SATTERTHWAITE
                    || name == LinearOptions.DfMethod.Name.KROGER;
            if (c.NAME().size() > 1 && !approximate) {
                throw given.source().error(c.NAME(1).getSymbol(), "eim and oim belong to satterthwaite and kroger only");
            }
            boolean expected = approximate && (c.NAME().size() == 1
                    || INFORMATION.find(given.source(), c.NAME(1).getSymbol(), "the information matrix").equals("eim"));
            return new LinearOptions.DfMethod(name, expected);
        });
    }

    GeneralizedOptions generalized() {
        GeneralizedOptions options = new GeneralizedReader(command, given).read();
        if (options.time() && given.has("nohr")) {
            throw given.error("nohr", "the accelerated failure-time metric has no hazard ratios; leave nohr out");
        }
        if (!options.time() && given.has("tratio")) {
            throw given.error("tratio", "time ratios need the accelerated failure-time metric; add option time");
        }
        return options;
    }

    Optional<Vce> vce() {
        return given.read("vce", CommandParser::varianceEstimator).map(c -> {
            String name = VCE.find(given.source(), c.NAME(0).getSymbol(), "vce()");
            boolean cluster = name.equals("cluster");
            if (cluster != c.NAME().size() > 1) {
                throw given.source().error(c.start, cluster ? "vce(cluster) needs a variable, as in vce(cluster id)"
                        : "vce(" + name + ") takes no variable");
            }
            return switch (name) {
                case "oim" -> new Vce.Oim();
                case "robust" -> new Vce.Robust();
                default -> new Vce.Cluster(c.NAME(1).getText());
            };
        });
    }

    MaximizeOptions maximize() {
        MaximizeOptions d = MaximizeOptions.defaults();
        if (given.has("nrtolerance") && given.has("nonrtolerance")) {
            throw given.error("nonrtolerance", "nrtolerance() and nonrtolerance exclude each other");
        }
        Optional<Double> nrtolerance = given.has("nonrtolerance") ? Optional.empty()
                : given.number("nrtolerance", 0, Double.POSITIVE_INFINITY).or(d::nrtolerance);
        return new MaximizeOptions(given.integer("emiterate", 0).orElse(d.emIterate()),
                tolerance("emtolerance", d.emTolerance()), given.has("emonly"), given.has("emlog"),
                given.has("emdots"),
                given.integer("iterate", 0).orElse(d.iterate()), tolerance("tolerance", d.tolerance()),
                tolerance("ltolerance", d.ltolerance()), nrtolerance, given.has("difficult"),
                technique().orElse(d.technique()), given.text("from"), given.has("dnumerical"));
    }

    private double tolerance(String name, double standard) {
        return given.number(name, 0, 1).orElse(standard);
    }

    private Optional<List<MaximizeOptions.Technique>> technique() {
        return given.read("technique", CommandParser::algorithms).map(c -> c.algorithm().stream().map(a -> {
            String name = ALGORITHMS.find(given.source(), a.NAME().getSymbol(), "technique()");
            int iterations = a.NUMBER() == null ? ALGORITHM_ITERATIONS
                    : Numbers.whole(given.source(), a.NUMBER().getSymbol(), Double.parseDouble(a.NUMBER().getText()),
                            "the number of iterations", 1);
            return new MaximizeOptions.Technique(upper(MaximizeOptions.Algorithm.class, name), iterations);
        }).toList());
    }

    DisplayOptions display() {
        boolean all = given.has("allbaselevels");
        return new DisplayOptions(given.number("level", 10, 99.99).orElse(DisplayOptions.defaults().level()), metric(),
                given.has("noretable") || given.has("notable"), given.has("nofetable") || given.has("notable"),
                given.has("noheader"), given.has("nogroup"),
                given.has("nolog"), given.has("nolrtest"), given.has("noomitted"), all || given.has("baselevels"), all,
                given.has("noemptycells"), given.has("nofvlabel"), exponentiated(), given.has("nocnsreport"),
                given.has("coeflegend"), style(), given.has("noshow"));
    }

    private TableStyle style() {
        return new TableStyle(format("cformat", 9), format("pformat", 5), format("sformat", 8), given.has("vsquish"),
                given.integer("fvwrap", 1).orElse(1), given.choice("fvwrapon", WRAPS).filter("width"::equals).isPresent(),
                given.has("nolstretch"), given.has("noci"), given.has("nopvalues"));
    }

    /** A format whose numbers fit into their column of the tables. */
    private Optional<String> format(String name, int most) {
        Optional<String> format = given.format(name);
        format.filter(f -> Integer.parseInt(f.substring(1, f.indexOf('.'))) > most).ifPresent(f -> {
            throw given.error(name, name + "(" + f + ") is too wide: its columns are " + most + " wide, as in %" + most
                    + (most > 5 ? ".2f" : ".3f"));
        });
        return format;
    }

    private DisplayOptions.Metric metric() {
        if (given.has("estmetric")) {
            return DisplayOptions.Metric.ESTIMATION;
        }
        if (given.has("stddeviations") && given.has("variance")) {
            throw given.error("stddeviations", "variance and stddeviations exclude each other");
        }
        return given.has("stddeviations") ? DisplayOptions.Metric.STANDARD_DEVIATION : DisplayOptions.Metric.VARIANCE;
    }

    /** The title of the column of exponentiated coefficients. Survival models show ratios unless told otherwise. */
    private Optional<String> exponentiated() {
        if (command == CommandName.MESTREG) {
            boolean hazards = !given.has("nohr") && !new GeneralizedReader(command, given).read().time();
            return title("tratio", "Tm. Ratio").or(() -> hazards ? Optional.of("Haz. Ratio") : Optional.empty());
        }
        return title("or", "Odds Ratio").or(() -> title("irr", "IRR")).or(() -> title("rrr", "RRR"))
                .or(() -> title("eform", "exp(b)"));
    }

    private Optional<String> title(String option, String title) {
        return given.has(option) ? Optional.of(title) : Optional.empty();
    }

    static <E extends Enum<E>> E upper(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
