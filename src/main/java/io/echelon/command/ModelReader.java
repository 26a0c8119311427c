package io.echelon.command;

import io.echelon.spec.CommandName;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.FixedEquation;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.Sample;
import io.echelon.spec.Term;
import io.echelon.spec.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an estimation command. Options of the whole model may follow the comma of any equation. */
final class ModelReader {
    private static final Choices COVARIANCE = Choices.of("ind:ependent", "ex:changeable", "id:entity", "un:structured",
            "fix:ed", "pat:tern");
    /** The response of survival models, declared by {@code stset}. */
    private static final String SURVIVAL_RESPONSE = "_t";

    private final CommandText text;
    private final CommandName command;
    private final OptionTable table;
    private final GivenOptions model;

    ModelReader(CommandText text, CommandName command) {
        this.text = text;
        this.command = command;
        this.table = OptionTable.of(command);
        this.model = new GivenOptions(text);
    }

    /** The model of a command that begins at {@code start} and whose equations begin at {@code rest}. */
    ModelSpec read(int start, int rest) {
        CommandParser.EstimationContext context = text.parser(rest, text.length()).estimation();
        CommandParser.FixedEquationContext first = context.fixedEquation();
        GivenOptions fixedOptions = options(first.optionList(), false);
        Sample sample = sample(first);
        List<RandomEquation> random = context.level().stream().map(this::level).toList();
        FixedEquation fixed = fixed(first, fixedOptions);
        ModelOptions options = new ModelOptions(command, model);
        return new ModelSpec(text.slice(start, text.length()), command, fixed, sample, random,
                options.linear(random, sample), options.generalized(), options.vce(), options.maximize(),
                options.display());
    }

    private GivenOptions options(CommandParser.OptionListContext context, boolean level) {
        GivenOptions equation = new GivenOptions(text);
        if (context == null) {
            return equation;
        }
        for (CommandParser.OptionContext c : context.option()) {
            Optional<Option> option = table.find(c.NAME().getText(), c.LPAREN() != null);
            Option.Place place = option.map(Option::place).orElse(Option.Place.MODEL);
            if (place == Option.Place.LEVEL && !level) {
                throw text.error(c.start, "option " + option.get().display()
                        + " belongs to a level: put it after its comma, as in || id: x, " + c.getText());
            }
            (place == Option.Place.EQUATION || place == Option.Place.LEVEL ? equation : model).add(table, c);
        }
        return equation;
    }

    private Sample sample(CommandParser.FixedEquationContext context) {
        Sample sample = new Qualifiers(text, context.qualifier()).sample();
        if (command == CommandName.MIXED
                && sample.weight().filter(w -> w.kind() == Weight.Kind.IMPORTANCE).isPresent()) {
            CommandParser.QualifierContext at = context.qualifier().stream()
                    .filter(CommandParser.WeightContext.class::isInstance).findFirst().orElseThrow();
            throw text.error(at.start, "iweights are not allowed with mixed; choose fweight or pweight");
        }
        return sample;
    }

    private FixedEquation fixed(CommandParser.FixedEquationContext context, GivenOptions options) {
        List<Term> terms = new VariableListReader(text).terms(context.term());
        String response = SURVIVAL_RESPONSE;
        if (command != CommandName.MESTREG) {
            response = response(context);
            terms = terms.subList(1, terms.size());
        }
        return new FixedEquation(response, terms, options.has("noconstant"), model.variable("offset"),
                model.variable("exposure"), model.has("asis"));
    }

    private String response(CommandParser.FixedEquationContext context) {
        if (context.term().isEmpty()) {
            throw text.error(context.start, "the response is missing; expected " + command.text()
                    + " response [variables] || level: ...");
        }
        CommandParser.TermContext term = context.term(0);
        CommandParser.OperandContext operand = term.operand(0);
        boolean plain = term.operand().size() == 1 && operand.LPAREN() == null && operand.factor(0).prefix() == null
                && operand.factor(0).columns().getText().equals(term.start.getText());
        if (!plain || term.start.getType() != CommandParser.NAME) {
            throw text.error(term.start, "the response must be one variable, not " + term.getText());
        }
        return term.start.getText();
    }

    private RandomEquation level(CommandParser.LevelContext context) {
        GivenOptions options = options(context.optionList(), true);
        Optional<String> factor = context.term().stream().map(this::crossed).flatMap(Optional::stream).findFirst();
        if (factor.isPresent() && context.term().size() > 1) {
            throw text.error(context.term(0).start, "R." + factor.get()
                    + " stands alone in its equation; write the other effects as another || "
                    + context.variable.getText() + ":");
        }
        factor.filter(f -> command == CommandName.MEMLOGIT).ifPresent(f -> {
            throw text.error(context.term(0).start, "memlogit takes no R." + f + "; write || " + f + ": where the groups are"
                    + " nested");
        });
        List<Term> terms = factor.isPresent() ? List.of() : new VariableListReader(text).terms(context.term());
        return new RandomEquation(context.variable.getText(), factor, terms, options.has("noconstant"),
                options.has("collinear"), covariance(options, factor), weight(options, context),
                options.has("shared"));
    }

    /** The variable of {@code R.variable}. */
    private Optional<String> crossed(CommandParser.TermContext term) {
        if (term.operand().size() == 1 && term.operand(0).LPAREN() == null) {
            CommandParser.FactorContext f = term.operand(0).factor(0);
            if (f.prefix() != null && f.prefix().getText().equals("R.")) {
                return Optional.of(f.columns().getText());
            }
        }
        return Optional.empty();
    }

    private Optional<CovarianceChoice> covariance(GivenOptions options, Optional<String> factor) {
        return options.read("covariance", CommandParser::covarianceType).map(c -> {
            String name = COVARIANCE.find(text, c.NAME(0).getSymbol(), "covariance()");
            boolean matrix = name.equals("fixed") || name.equals("pattern");
            if (matrix && command == CommandName.MIXED) {
                throw text.error(c.start, "covariance(" + name + "()) is not allowed with mixed; meglm and its relatives have it");
            }
            if (factor.isPresent() && !name.equals("identity") && !name.equals("exchangeable")) {
                throw text.error(c.start, "R." + factor.get() + " allows covariance(identity) and covariance(exchangeable), not "
                        + name);
            }
            if (matrix != (c.LPAREN() != null)) {
                throw text.error(c.start, matrix ? name + " needs a matrix, as in covariance(" + name + "(m))"
                        : name + " takes no matrix");
            }
            return switch (name) {
                case "independent" -> new CovarianceChoice.Independent();
                case "exchangeable" -> new CovarianceChoice.Exchangeable();
                case "identity" -> new CovarianceChoice.Identity();
                case "unstructured" -> new CovarianceChoice.Unstructured();
                case "fixed" -> new CovarianceChoice.Fixed(c.NAME(1).getText());
                default -> new CovarianceChoice.Pattern(c.NAME(1).getText());
            };
        });
    }

    private Optional<Weight> weight(GivenOptions options, CommandParser.LevelContext context) {
        List<Weight> weights = new ArrayList<>();
        Stream.of(Weight.Kind.values()).forEach(kind -> options.read(optionOf(kind), CommandParser::soleExpression)
                .ifPresent(c -> weights.add(new Weight(kind, new ExpressionReader(text).read(c.expression())))));
        if (weights.size() > 1) {
            throw text.error(context.start, "level " + context.variable.getText() + " has more than one weight");
        }
        return weights.stream().findFirst();
    }

    private static String optionOf(Weight.Kind kind) {
        return switch (kind) {
            case FREQUENCY -> "fweight";
            case SAMPLING -> "pweight";
            case IMPORTANCE -> "iweight";
        };
    }
}
