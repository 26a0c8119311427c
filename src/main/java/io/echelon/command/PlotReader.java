package io.echelon.command;

import io.echelon.spec.Plot;
import io.echelon.spec.Statement;
import io.echelon.spec.Subset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the commands that draw: rvfplot, qnorm, marginsplot, and graph with its kinds. */
final class PlotReader {
    private static final String[] ALL = {"ti:tle(\"text\")", "sav:ing(file.svg|file.png[, replace])"};
    /** Panels of fitted lines that can be read. */
    private static final int MOST_GROUPS = 24;
    private static final int GROUPS = 12;
    private static final Pattern SAVING = Pattern.compile("(?:\"([^\"]+)\"|([^\",]+?))\\s*(?:,\\s*(\\w*)\\s*)?");

    private final CommandText text;
    private final String whole;
    private final CommandParser.PlotContext context;

    /** Reads the command that begins at {@code start} and goes on after its leading words at {@code rest}. */
    PlotReader(CommandText text, int start, int rest) {
        this.text = text;
        whole = text.slice(start, text.length());
        context = text.parser(rest, text.length()).plot();
    }

    Statement residualsAgainstFitted() {
        return draw(new Plot.ResidualsAgainstFitted(), options("rvfplot"), 0, false);
    }

    Statement normalQuantiles() {
        GivenOptions options = options("qnorm", "ref:fects");
        List<String> variables = variables();
        if (!variables.isEmpty() && options.has("reffects")) {
            throw options.error("reffects", "qnorm draws a variable or, with option reffects, the random effects; not both");
        }
        return draw(new Plot.NormalQuantiles(variables.stream().findFirst(), subset(), options.has("reffects")), options, 1,
                !variables.isEmpty());
    }

    Statement margins() {
        GivenOptions options = options("marginsplot", "x:dimension(varname)", "noci");
        return draw(new Plot.Margins(options.variable("xdimension"), options.has("noci")), options, 0, false);
    }

    Statement caterpillar() {
        GivenOptions options = options("graph caterpillar", "relev:el(levelvar)");
        return draw(new Plot.Caterpillar(options.variable("relevel")), options, 0, false);
    }

    Statement fittedLines() {
        GivenOptions options = options("graph fitted", "relev:el(levelvar)", "gr:oups(#)");
        int groups = options.number("groups", 1, MOST_GROUPS).orElse((double) GROUPS).intValue();
        if (variables().isEmpty()) {
            throw text.error(text.length(), "graph fitted needs the variable of the x axis, as in graph fitted week");
        }
        return draw(new Plot.FittedLines(variables().get(0), options.variable("relevel"), groups), options, 1, false);
    }

    Statement iterationPath() {
        return draw(new Plot.IterationPath(), options("graph iterations"), 0, false);
    }

    Statement matrix() {
        GivenOptions options = options("graph matrix");
        if (variables().isEmpty()) {
            throw text.error(text.length(), "graph matrix needs variables, as in graph matrix weight week");
        }
        return draw(new Plot.Matrix(variables(), subset()), options, Integer.MAX_VALUE, true);
    }

    /** The statement, once it is clear that it has no more variables than it may have, and no condition it cannot have. */
    private Statement draw(Plot plot, GivenOptions options, int variables, boolean rows) {
        if (context.columns().size() > variables) {
            throw text.error(context.columns(variables).start, variables == 0
                    ? plot.command() + " takes no variables; it draws the results of the last model"
                    : plot.command() + " takes one variable");
        }
        if (!rows && !context.qualifier().isEmpty()) {
            throw text.error(context.qualifier(0).start, plot.command()
                    + " draws the estimation sample and takes no if, in or weight");
        }
        return new Statement.Draw(whole, plot, options.text("title").map(PlotReader::unquoted), saving(options));
    }

    private GivenOptions options(String command, String... own) {
        List<String> notations = new ArrayList<>(List.of(own));
        notations.addAll(List.of(ALL));
        return GivenOptions.of(text, OptionTable.of(command, notations.toArray(String[]::new)), context.optionList());
    }

    private List<String> variables() {
        return VariableListReader.columns(context.columns());
    }

    private Subset subset() {
        return new Qualifiers(text, context.qualifier()).subset(context.qualifier());
    }

    private static String unquoted(String title) {
        return title.length() > 1 && title.startsWith("\"") && title.endsWith("\"") ? title.substring(1, title.length() - 1)
                : title;
    }

    private static Optional<Plot.Saving> saving(GivenOptions options) {
        return options.text("saving").map(argument -> {
            Matcher m = SAVING.matcher(argument);
            if (!m.matches() || m.group(3) != null && !m.group(3).equals("replace")) {
                throw options.error("saving", "saving() names a file and may say that it is replaced, as in"
                        + " saving(residuals.svg, replace)");
            }
            String file = m.group(1) == null ? m.group(2) : m.group(1);
            String lower = file.toLowerCase(Locale.ROOT);
            if (!lower.endsWith(".svg") && !lower.endsWith(".png")) {
                throw options.error("saving", "saving(" + file + "): pictures are written as .svg or .png; end the name with"
                        + " one of them");
            }
            return new Plot.Saving(file, m.group(3) != null);
        });
    }
}
