package io.echelon.command;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The options given to a command or an equation, by full name, with typed access to their arguments. */
final class GivenOptions {
    /** One option as given: offsets of its name and of its argument (equal when it has none). */
    private record Given(Option option, int at, int from, int to) {}

    private static final Pattern FORMAT = Pattern.compile("%0?[1-9]\\d?\\.\\d+[fge]c?");

    private final CommandText text;
    private final Map<String, Given> given = new LinkedHashMap<>();

    GivenOptions(CommandText text) {
        this.text = text;
    }

    /** The options of a list, which may be missing. */
    static GivenOptions of(CommandText text, OptionTable table, CommandParser.OptionListContext list) {
        GivenOptions options = new GivenOptions(text);
        if (list != null) {
            list.option().forEach(o -> options.add(table, o));
        }
        return options;
    }

    /** Looks an option up in the table and keeps it; an unknown or repeated one is an error. */
    Option add(OptionTable table, CommandParser.OptionContext context) {
        Option option = table.find(context.NAME().getText(), context.LPAREN() != null)
                .orElseThrow(() -> unknown(table, context));
        String typed = context.NAME().getText();
        if (option.place() == Option.Place.UNAVAILABLE) {
            throw text.error(context.start, "option " + option.display() + " is not available yet; leave it out");
        }
        keep(option, context);
        if (!option.takesArgument() && context.LPAREN() != null) {
            throw text.error(context.start, "option " + typed + " takes no argument");
        }
        if (option.takesArgument() && !option.optional() && blank(option.name())) {
            throw text.error(context.start, "option " + typed + " needs an argument: " + option.usage());
        }
        return option;
    }

    private void keep(Option option, CommandParser.OptionContext context) {
        int at = context.start.getStartIndex();
        boolean argument = context.LPAREN() != null;
        int from = argument ? context.LPAREN().getSymbol().getStopIndex() + 1 : at;
        int to = argument ? context.RPAREN().getSymbol().getStartIndex() : at;
        if (given.put(option.name(), new Given(option, at, from, to)) != null) {
            throw text.error(at, "option " + option.display() + " is given twice");
        }
    }

    private boolean blank(String name) {
        Given g = given.get(name);
        return text.slice(g.from, g.to).isEmpty();
    }

    private EchelonException unknown(OptionTable table, CommandParser.OptionContext context) {
        String typed = context.NAME().getText();
        List<String> names = table.options().stream().map(Option::name).toList();
        List<Option> longer = table.options().stream().filter(o -> o.name().startsWith(typed)
                && o.place() != Option.Place.UNAVAILABLE).toList();
        String told = null;
        if (table.has("vce") && typed.length() > 1) {
            told = "robust".startsWith(typed) ? "option robust is written vce(robust)"
                    : "cluster".startsWith(typed) ? "option cluster() is written vce(cluster varname)" : null;
        }
        if (told == null && !longer.isEmpty()) {
            told = "option " + typed + " is abbreviated too much; " + table.command() + " has "
                    + String.join(", ", longer.stream().map(Option::usage).toList());
        }
        List<String> others = OptionTable.commandsWith(typed, context.LPAREN() != null);
        if (told == null && !others.isEmpty()) {
            told = "option " + typed + " not allowed with " + table.command() + "; it belongs to "
                    + String.join(", ", others);
        }
        if (told == null) {
            told = "unknown option " + typed + Spelling.hint(typed, names);
        }
        return text.error(context.start, told);
    }

    /** The command the options belong to. */
    CommandText source() {
        return text;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    /** An error at the place of an option. */
    EchelonException error(String name, String sentence) {
        return text.error(given.get(name).at, sentence);
    }

    /** The argument as typed. */
    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name)).map(g -> text.slice(g.from, g.to));
    }

    /** The argument as read by a rule of the grammar. */
    <C> Optional<C> read(String name, Function<CommandParser, C> rule) {
        return Optional.ofNullable(given.get(name)).map(g -> rule.apply(text.parser(g.from, g.to)));
    }

    /** The argument as the name of a variable or matrix. */
    Optional<String> variable(String name) {
        return read(name, CommandParser::soleVariable).map(c -> c.NAME().getText());
    }

    /** The argument as a number within bounds. */
    Optional<Double> number(String name, double least, double most) {
        return read(name, CommandParser::soleNumber).map(c -> {
            double value = Numbers.value(c.signedNumber());
            if (!(value >= least && value <= most)) {
                throw text.error(c.start, name + "() must be " + Numbers.bounds(least, most) + ", not "
                        + c.signedNumber().getText());
            }
            return value;
        });
    }

    /** The argument as a whole number, at least {@code least}. */
    Optional<Integer> integer(String name, int least) {
        return read(name, CommandParser::soleNumber)
                .map(c -> Numbers.whole(text, c.signedNumber(), name + "()", least));
    }

    /** The argument as whole numbers, ranges {@code 1/3} spelt out. */
    List<Integer> integers(String name, int least) {
        return read(name, CommandParser::numberList)
                .map(c -> Numbers.wholes(text, c.numberRange(), name + "()", least)).orElse(List.of());
    }

    /** The argument as a display format: {@code %9.3f}. */
    Optional<String> format(String name) {
        Optional<String> typed = text(name).map(t -> t.replace(" ", ""));
        typed.filter(t -> !FORMAT.matcher(t).matches()).ifPresent(t -> {
            throw error(name, name + "(" + t + "): a format is written as in %9.3f, %9.2e or %9.0g");
        });
        return typed;
    }

    /** The argument as one word of a list of words, each of which may be abbreviated. */
    Optional<String> choice(String name, Choices choices) {
        return read(name, CommandParser::variableOrNumber).map(c -> choices.find(text, c.start, name + "()"));
    }

    /** The one option among those that have the name of a constant; two are an error. */
    <E extends Enum<E>> Optional<E> oneOf(Class<E> constants) {
        List<E> all = Arrays.stream(constants.getEnumConstants()).filter(e -> has(name(e))).toList();
        if (all.size() > 1) {
            throw error(name(all.get(1)), "choose one of " + name(all.get(0)) + " and " + name(all.get(1)));
        }
        return all.stream().findFirst();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
