package io.echelon.command;

import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The options of every command, with the manual's abbreviations. */
record OptionTable(String command, List<Option> options) {
    private static final List<Option> EQUATION = list(Option.Place.EQUATION, "nocons:tant");
    private static final List<Option> LEVEL = list(Option.Place.LEVEL, "col:linear", "cov:ariance(vartype)", "fw:eight(exp)",
            "pw:eight(exp)");
    private static final List<Option> IMPORTANCE = list(Option.Place.LEVEL, "iw:eight(exp)");

    private static final List<Option> MAXIMIZE = list(Option.Place.MODEL, "dif:ficult", "tech:nique(algorithms)",
            "iter:ate(#)", "log", "nolo:g", "tol:erance(#)", "ltol:erance(#)", "nrtol:erance(#)", "nonrtol:erance",
            "from(init)");
    private static final List<Option> DISPLAY = list(Option.Place.MODEL, "nohead:er", "nogr:oup", "nolr:test",
            "noomit:ted", "base:levels", "allbase:levels", "noempty:cells", "nofvlab:el", "coefl:egend", "vce(vcetype)",
            "noci", "nopv:alues", "vsquish", "fvwrap(#)", "fvwrapon(word|width)", "cformat(%fmt)", "pformat(%fmt)",
            "sformat(%fmt)", "nolstretch");
    private static final List<Option> UNAVAILABLE = list(Option.Place.UNAVAILABLE, "tr:ace", "grad:ient",
            "showstep", "hess:ian", "showtol:erance");

    private static final List<Option> LEVEL_OF_CONFIDENCE = list(Option.Place.MODEL, "l:evel(#)");
    private static final List<Option> METRIC = list(Option.Place.MODEL, "var:iance", "stddev:iations", "estm:etric",
            "noret:able", "nofet:able");
    private static final List<Option> LINEAR = list(Option.Place.MODEL, "mle", "reml", "dfm:ethod(method[, eim|oim])",
            "pwsc:ale(size|effective|gk)", "res:iduals(structure [#][, by(varname) t(varname)])",
            "dft:able(default|ci|pvalue)", "small", "emiter:ate(#)", "emtol:erance(#)", "emonly", "emlog", "emdots",
            "matsqrt", "matlog", "nostd:err");

    private static final List<Option> GENERALIZED = list(Option.Place.MODEL, "const:raints(numlist)",
            "intm:ethod(method)", "intp:oints(#)", "off:set(varname)", "startval:ues(method)", "startgrid[(grid)]",
            "dnumer:ical", "nocnsr:eport", "notab:le");
    private static final List<Option> GENERALIZED_UNAVAILABLE = list(Option.Place.UNAVAILABLE, "noest:imate");
    private static final List<Option> BINOMIAL = list(Option.Place.MODEL, "bin:omial(varname|#)", "asis");
    private static final List<Option> EXPOSURE = list(Option.Place.MODEL, "exp:osure(varname)");
    private static final List<Option> ODDS_RATIO = list(Option.Place.MODEL, "or");
    private static final List<Option> INCIDENCE_RATIO = list(Option.Place.MODEL, "irr");
    private static final List<Option> EXPONENTIATED = list(Option.Place.MODEL, "ef:orm");
    private static final List<Option> ORTHOGONAL = list(Option.Place.MODEL, "lap:lace");
    private static final List<Option> ORTHOGONAL_UNAVAILABLE = list(Option.Place.UNAVAILABLE, "retol:erance(#)",
            "reiter:ate(#)", "refineopts(options)", "matsqrt", "matlog");
    private static final List<Option> FAMILY = list(Option.Place.MODEL, "f:amily(family)", "l:ink(link)", "le:vel(#)",
            "asis");
    private static final List<Option> DISPERSION = list(Option.Place.MODEL, "d:ispersion(mean|constant)");
    private static final List<Option> SURVIVAL = list(Option.Place.MODEL, "d:istribution(distribution)", "time", "nohr",
            "tr:atio", "nosh:ow");
    private static final List<Option> OUTCOMES = list(Option.Place.MODEL, "b:aseoutcome(#|label)", "rrr");
    private static final List<Option> SHARED = list(Option.Place.LEVEL, "sh:ared");

    private static final Map<CommandName, OptionTable> ESTIMATION = new EnumMap<>(CommandName.class);

    static {
        for (CommandName command : CommandName.values()) {
            List<Option> options = new ArrayList<>();
            Stream.of(EQUATION, LEVEL, MAXIMIZE, DISPLAY).forEach(options::addAll);
            own(command).forEach(options::addAll);
            if (command != CommandName.MIXED) {
                Stream.of(IMPORTANCE, GENERALIZED, GENERALIZED_UNAVAILABLE).forEach(options::addAll);
            }
            // A command's own option wins over an unavailable one of the same abbreviation (tratio, trace).
            UNAVAILABLE.stream().filter(u -> options.stream().noneMatch(o -> o.matches(u.name().substring(0, u.minimum()))))
                    .forEach(options::add);
            ESTIMATION.put(command, new OptionTable(command.text(), List.copyOf(options)));
        }
    }

    /** The options of an estimation command. */
    static OptionTable of(CommandName command) {
        return ESTIMATION.get(command);
    }

    /** The options of a preparing command, in the manual's notation. */
    static OptionTable of(String command, String... notations) {
        return new OptionTable(command, list(Option.Place.MODEL, notations));
    }

    /**
     * The option that was typed, in full or abbreviated. Where an abbreviation fits two, parentheses decide ({@code base}
     * is baselevels, {@code base(2)} baseoutcome).
     */
    Optional<Option> find(String typed, boolean argument) {
        return options.stream().filter(o -> o.name().equals(typed)).findFirst()
                .or(() -> options.stream().filter(o -> o.matches(typed) && o.takesArgument() == argument).findFirst())
                .or(() -> options.stream().filter(o -> o.matches(typed)).findFirst());
    }

    /** Whether there is an option of this full name. */
    boolean has(String name) {
        return options.stream().anyMatch(o -> o.name().equals(name));
    }

    /** The estimation commands that know this option. */
    static List<String> commandsWith(String typed, boolean argument) {
        return Arrays.stream(CommandName.values())
                .filter(c -> of(c).find(typed, argument).filter(o -> o.place() != Option.Place.UNAVAILABLE).isPresent())
                .map(CommandName::text).toList();
    }

    /** What a command has besides what all share. */
    private static Stream<List<Option>> own(CommandName command) {
        return switch (command) {
            case MIXED -> Stream.of(LEVEL_OF_CONFIDENCE, METRIC, LINEAR);
            case MEGLM -> Stream.of(FAMILY, EXPOSURE, ODDS_RATIO, INCIDENCE_RATIO, EXPONENTIATED);
            case MELOGIT -> Stream.of(LEVEL_OF_CONFIDENCE, BINOMIAL, ODDS_RATIO);
            case MEQRLOGIT -> Stream.of(LEVEL_OF_CONFIDENCE, BINOMIAL, ODDS_RATIO, METRIC, ORTHOGONAL,
                    ORTHOGONAL_UNAVAILABLE);
            case MEPROBIT -> Stream.of(LEVEL_OF_CONFIDENCE, BINOMIAL);
            case MECLOGLOG -> Stream.of(LEVEL_OF_CONFIDENCE, BINOMIAL, EXPONENTIATED);
            case MEOLOGIT -> Stream.of(LEVEL_OF_CONFIDENCE, ODDS_RATIO);
            case MEOPROBIT -> Stream.of(LEVEL_OF_CONFIDENCE);
            case MEPOISSON -> Stream.of(LEVEL_OF_CONFIDENCE, EXPOSURE, INCIDENCE_RATIO);
            case MEQRPOISSON -> Stream.of(LEVEL_OF_CONFIDENCE, EXPOSURE, INCIDENCE_RATIO, METRIC, ORTHOGONAL,
                    ORTHOGONAL_UNAVAILABLE);
            case MENBREG -> Stream.of(LEVEL_OF_CONFIDENCE, EXPOSURE, INCIDENCE_RATIO, DISPERSION);
            case MESTREG -> Stream.of(LEVEL_OF_CONFIDENCE, SURVIVAL);
            case MEMLOGIT -> Stream.of(LEVEL_OF_CONFIDENCE, OUTCOMES, SHARED);
        };
    }

    private static List<Option> list(Option.Place place, String... notations) {
        return Stream.of(notations).map(n -> Option.of(n, place)).toList();
    }
}
