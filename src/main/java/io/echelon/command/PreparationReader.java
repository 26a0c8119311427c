package io.echelon.command;

import io.echelon.spec.EgenFunction;
import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import io.echelon.spec.Statement.StorageType;
import io.echelon.spec.Subset;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/** Reads the commands that prepare data: generate, replace, egen, tabulate, keep, drop, mkmat. */
final class PreparationReader {
    private static final OptionTable NONE = OptionTable.of("this command");
    private static final OptionTable EGEN = OptionTable.of("egen", "by(varlist)", "missing", "mean(#)", "std(#)", "sd(#)");
    private static final OptionTable TABULATE = OptionTable.of("tabulate", "g:enerate(stub)");
    private static final OptionTable MKMAT = OptionTable.of("mkmat", "mat:rix(name)");
    private static final Choices FUNCTIONS = Choices.of("group", "tag", "std", "mean", "total", "sum", "min", "max",
            "count", "sd", "median");

    private final CommandText text;
    private final String whole;
    private final CommandParser parser;

    /** Reads the command that begins at {@code start} and goes on after its name at {@code rest}. */
    PreparationReader(CommandText text, int start, int rest) {
        this.text = text;
        this.whole = text.slice(start, text.length());
        this.parser = text.parser(rest, text.length());
    }

    Statement generate() {
        CommandParser.GenerateContext c = parser.generate();
        options(NONE, c.optionList());
        return new Statement.Generate(whole, storage(c.name == null ? null : c.first), newName(c.name == null ? c.first : c.name), expression(c.expression()),
                subset(c.qualifier()));
    }

    Statement replace() {
        CommandParser.ReplaceContext c = parser.replace();
        options(NONE, c.optionList());
        return new Statement.Replace(whole, c.name.getText(), expression(c.expression()), subset(c.qualifier()));
    }

    Statement egen() {
        CommandParser.EgenContext c = parser.egen();
        GivenOptions options = options(EGEN, c.optionList());
        String function = FUNCTIONS.find(text, c.function, "the function of egen");
        List<String> by = options.read("by", CommandParser::columnList)
                .map(l -> VariableListReader.columns(l.columns())).orElse(List.of());
        return new Statement.Egen(whole, storage(c.name == null ? null : c.first), newName(c.name == null ? c.first : c.name), function(c, function, options),
                subset(c.qualifier()), by);
    }

    private EgenFunction function(CommandParser.EgenContext c, String function, GivenOptions options) {
        refuse(options, "missing", function.equals("group"), function);
        for (String name : List.of("mean", "std", "sd")) {
            refuse(options, name, function.equals("std"), function);
        }
        CommandParser argument = text.parser(c.LPAREN().getSymbol().getStopIndex() + 1,
                c.RPAREN().getSymbol().getStartIndex());
        return switch (function) {
            case "group" -> new EgenFunction.Group(columns(argument), options.has("missing"));
            case "tag" -> new EgenFunction.Tag(columns(argument));
            case "std" -> new EgenFunction.Standardize(sole(argument), figure(options, "mean", 0),
                    options.has("std") ? figure(options, "std", 1) : figure(options, "sd", 1));
            default -> new EgenFunction.Aggregate(ModelOptions.upper(EgenFunction.Aggregate.Kind.class,
                    function.equals("sum") ? "total" : function), sole(argument));
        };
    }

    private static void refuse(GivenOptions options, String name, boolean allowed, String function) {
        if (options.has(name) && !allowed) {
            throw options.error(name, "egen's function " + function + "() has no option " + name);
        }
    }

    private static double figure(GivenOptions options, String name, double standard) {
        double least = name.equals("mean") ? Double.NEGATIVE_INFINITY : 0;
        return options.number(name, least, Double.POSITIVE_INFINITY).orElse(standard);
    }

    private static List<String> columns(CommandParser argument) {
        return VariableListReader.columns(argument.columnList().columns());
    }

    private Expression sole(CommandParser argument) {
        return expression(argument.soleExpression().expression());
    }

    Statement tabulate() {
        CommandParser.TabulateContext c = parser.tabulate();
        GivenOptions options = options(TABULATE, c.optionList());
        String stub = options.variable("generate").orElseThrow(() -> text.error(text.length(),
                "tabulate makes indicator variables here; add option generate(stub)"));
        return new Statement.TabulateGenerate(whole, c.variable.getText(), stub, subset(c.qualifier()));
    }

    Statement select(Statement.Selection selection) {
        CommandParser.SelectContext c = parser.select();
        if (!c.columns().isEmpty()) {
            return new Statement.SelectVariables(whole, selection, VariableListReader.columns(c.columns()));
        }
        return new Statement.SelectRows(whole, selection, subset(c.qualifier()));
    }

    Statement mkmat() {
        CommandParser.MkmatContext c = parser.mkmat();
        GivenOptions options = options(MKMAT, c.optionList());
        return new Statement.Mkmat(whole, VariableListReader.columns(c.columns()), options.variable("matrix"),
                subset(c.qualifier()));
    }

    private Expression expression(CommandParser.ExpressionContext context) {
        return new ExpressionReader(text).read(context);
    }

    private Subset subset(List<CommandParser.QualifierContext> contexts) {
        return new Qualifiers(text, contexts).subset(contexts);
    }

    private GivenOptions options(OptionTable table, CommandParser.OptionListContext context) {
        return GivenOptions.of(text, table, context);
    }

    private String newName(Token name) {
        if (name.getText().matches("_all|_n|_N|_pi|_b|_cons|_skip|_rc")) {
            throw text.error(name, name.getText() + " is a reserved word; choose another name");
        }
        return name.getText();
    }

    private Optional<StorageType> storage(Token type) {
        if (type == null) {
            return Optional.empty();
        }
        String word = type.getText();
        return Optional.of(StorageTypes.find(word).orElseThrow(() -> text.error(type, word
                + " is not a storage type; choose one of byte, int, long, float, double, str, or leave it out")));
    }
}
