package io.echelon.command;

import io.echelon.spec.Adjustment;
import io.echelon.spec.Lincom;
import io.echelon.spec.Nlcom;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Testparm;
import io.echelon.spec.WaldTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Reads the commands that test and combine coefficients: test, testparm, lincom, nlcom. */
final class HypothesisReader {
    private static final OptionTable TEST = OptionTable.of("test", "a:ccumulate", "small", "coef", "m:test[(method)]");
    private static final OptionTable TESTPARM = OptionTable.of("testparm", "eq:ual", "equation(name)", "small");
    private static final OptionTable LINCOM = OptionTable.of("lincom", "l:evel(#)", "ef:orm", "or", "irr", "hr", "rrr",
            "small");
    private static final OptionTable NLCOM = OptionTable.of("nlcom", "l:evel(#)");
    private static final Choices ADJUSTMENTS = Choices.of("noadj:ust", "b:onferroni", "h:olm", "s:idak");
    /** Options that exponentiate, with the title of the column. */
    private static final Map<String, String> EXPONENTIATED = Map.of("eform", "exp(b)", "or", "Odds Ratio", "irr", "IRR",
            "hr", "Haz. Ratio", "rrr", "RRR");

    private final CommandText text;
    private final CommandParser parser;

    /** Reads what follows the leading words, from {@code rest} on. */
    HypothesisReader(CommandText text, int rest) {
        this.text = text;
        this.parser = text.parser(rest, text.length());
    }

    PostestimationCommand test() {
        CommandParser.TestContext c = parser.test();
        GivenOptions options = GivenOptions.of(text, TEST, c.optionList());
        List<WaldTest.Condition> conditions = new ArrayList<>();
        c.hypothesis().forEach(condition -> conditions.addAll(conditions(condition)));
        Optional<Adjustment> mtest = !options.has("mtest") ? Optional.empty()
                : options.text("mtest").filter(t -> !t.isEmpty()).isEmpty() ? Optional.of(Adjustment.NOADJUST)
                : options.choice("mtest", ADJUSTMENTS).map(m -> ModelOptions.upper(Adjustment.class, m));
        return new WaldTest(conditions, options.has("accumulate"), options.has("small"), mtest);
    }

    private List<WaldTest.Condition> conditions(CommandParser.HypothesisContext condition) {
        if (condition instanceof CommandParser.EqualityContext c) {
            List<WaldTest.Condition> chain = new ArrayList<>();
            for (int i = 1; i < c.linear().size(); i++) {
                chain.add(new WaldTest.Equation(new ConstraintReader(text).equation(c.linear(i - 1), c.linear(i))));
            }
            return chain;
        }
        if (condition instanceof CommandParser.EquationIsZeroContext c) {
            return List.of(new WaldTest.OfEquation(c.equation.getText()));
        }
        CommandParser.MemberContext m = ((CommandParser.CoefficientIsZeroContext) condition).member();
        String equation = m.equation == null ? "" : m.equation.getText();
        if (m.coefficient() != null) {
            return List.of(new WaldTest.Coefficient(Parameters.of(equation, m.coefficient().getText())));
        }
        if (!Parameters.ofEstimates(m.NAME())) {
            throw text.error(m.NAME().getSymbol(), "a coefficient is written _b[name] or name, not " + m.NAME().getText()
                    + "[...]");
        }
        String inside = m.bracketed(m.bracketed().size() - 1).getText();
        return List.of(new WaldTest.Coefficient(equation.isEmpty() ? Parameters.of(inside)
                : Parameters.of(equation, inside)));
    }

    PostestimationCommand testparm() {
        CommandParser.TestparmContext c = parser.testparm();
        GivenOptions options = GivenOptions.of(text, TESTPARM, c.optionList());
        return new Testparm(new VariableListReader(text).terms(c.term()), options.has("equal"), options.has("small"),
                options.text("equation"));
    }

    PostestimationCommand lincom() {
        CommandParser.LincomContext c = parser.lincom();
        GivenOptions options = GivenOptions.of(text, LINCOM, c.optionList());
        Optional<String> eform = EXPONENTIATED.keySet().stream().filter(options::has).findFirst().map(EXPONENTIATED::get);
        return new Lincom(new ConstraintReader(text).combination(c.linear()), eform, options.has("small"), level(options));
    }

    PostestimationCommand nlcom() {
        CommandParser.NlcomContext context = parser.nlcom();
        if (context instanceof CommandParser.FunctionContext c) {
            return new Nlcom(List.of(function(Optional.ofNullable(c.NAME()), c.expression())),
                    level(GivenOptions.of(text, NLCOM, c.optionList())));
        }
        CommandParser.FunctionsContext c = (CommandParser.FunctionsContext) context;
        List<Nlcom.Function> functions = new ArrayList<>();
        for (CommandParser.ExpressionContext e : c.expression()) {
            functions.add(function(nameBefore(c, e), e));
        }
        return new Nlcom(functions, level(GivenOptions.of(text, NLCOM, c.optionList())));
    }

    /** The name in front of the colon before an expression. */
    private static Optional<TerminalNode> nameBefore(ParserRuleContext c, CommandParser.ExpressionContext e) {
        int at = c.children.indexOf(e);
        boolean named = c.getChild(at - 1).getText().equals(":");
        return named ? Optional.of((TerminalNode) c.getChild(at - 2)) : Optional.empty();
    }

    private Nlcom.Function function(Optional<TerminalNode> name, CommandParser.ExpressionContext e) {
        return new Nlcom.Function(name.map(TerminalNode::getText), new ExpressionReader(text).read(e),
                text.slice(e.start.getStartIndex(), e.stop.getStopIndex() + 1));
    }

    /** The option {@code level(#)}. */
    static OptionalDouble level(GivenOptions options) {
        return options.number("level", 10, 99.99).map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
