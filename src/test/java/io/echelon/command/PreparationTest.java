package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.spec.EgenFunction;
import io.echelon.spec.Expression;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.LinearConstraint.Parameter;
import io.echelon.spec.LinearConstraint.Summand;
import io.echelon.spec.MatrixExpression;
import io.echelon.spec.Sample;
import io.echelon.spec.Statement;
import io.echelon.spec.Statement.Selection;
import io.echelon.spec.Statement.StorageType;
import io.echelon.spec.Subset;
import io.echelon.spec.SurvivalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The commands around estimation. */
class PreparationTest {
    private static final Subset IF_X = new Subset(Optional.of(name("x")), Optional.empty());

    private static Expression name(String name) {
        return new Expression.Name(name);
    }

    private static Statement read(String command) {
        return CommandReader.read(command);
    }

    @Test
    void generateAndReplace() {
        for (String verb : List.of("generate", "gen", "g")) {
            String text = verb + " double z = x if x";
            assertEquals(new Statement.Generate(text, Optional.of(StorageType.DOUBLE), "z", name("x"), IF_X), read(text));
        }
        assertEquals(Optional.of(StorageType.STRING), ((Statement.Generate) read("gen str20 s = \"a\"")).type());
        assertEquals(Optional.empty(), ((Statement.Generate) read("gen s = 1")).type());
        assertEquals(new Statement.Replace("replace z = 1 in 2/5", "z", new Expression.Number(1),
                new Subset(Optional.empty(), Optional.of(new Sample.Range(2, 5)))), read("replace z = 1 in 2/5"));
    }

    @Test
    void egen() {
        assertEquals(new EgenFunction.Group(List.of("a", "b*"), true),
                ((Statement.Egen) read("egen g = group(a b*), missing")).function());
        assertEquals(new EgenFunction.Tag(List.of("a")), ((Statement.Egen) read("egen g = tag(a)")).function());
        assertEquals(new EgenFunction.Standardize(name("x"), 0, 1), ((Statement.Egen) read("egen z = std(x)")).function());
        assertEquals(new EgenFunction.Standardize(name("x"), 10, 2),
                ((Statement.Egen) read("egen z = std(x), mean(10) std(2)")).function());
        Statement.Egen mean = (Statement.Egen) read("egen m = mean(x*2) if x, by(a b)");
        assertEquals(List.of("a", "b"), mean.by());
        assertEquals(IF_X, mean.subset());
        assertEquals(EgenFunction.Aggregate.Kind.MEAN, ((EgenFunction.Aggregate) mean.function()).kind());
        assertEquals(EgenFunction.Aggregate.Kind.TOTAL,
                ((EgenFunction.Aggregate) ((Statement.Egen) read("egen m = total(x)")).function()).kind());
    }

    @Test
    void indicatorsAndSelections() {
        assertEquals(new Statement.Quietly("qui tabulate trial, gen(tr)",
                new Statement.TabulateGenerate("tabulate trial, gen(tr)", "trial", "tr", Subset.all())),
                read("qui tabulate trial, gen(tr)"));
        assertEquals(new Statement.SelectRows("keep if x", Selection.KEEP, IF_X), read("keep if x"));
        assertEquals(new Statement.SelectRows("drop in 1/l", Selection.DROP,
                new Subset(Optional.empty(), Optional.of(new Sample.Range(1, -1)))), read("drop in 1/l"));
        assertEquals(new Statement.SelectVariables("drop a x1-x3 z*", Selection.DROP, List.of("a", "x1-x3", "z*")),
                read("drop a x1-x3 z*"));
    }

    private static LinearConstraint constraint(String equation) {
        return ((Statement.ConstraintDefine) read("constraint 1 " + equation)).constraint();
    }

    private static Parameter parameter(String equation, String name) {
        return new Parameter(Optional.ofNullable(equation), name);
    }

    @Test
    void constraints() {
        assertEquals(new LinearConstraint(List.of(new Summand(1, parameter("var(std[trial])", "_cons"))), 1),
                constraint("_b[var(std[trial]):_cons] = 1"));
        assertEquals(new LinearConstraint(List.of(new Summand(1, parameter("var(_cons[a>b])", "_cons")),
                new Summand(-1, parameter("var(x[a])", "_cons"))), 0),
                constraint("[var(_cons[a>b])]_cons = _b[var(x[a]):_cons]"));
        assertEquals(new LinearConstraint(List.of(new Summand(2, parameter(null, "x")),
                new Summand(-0.5, parameter("y", "1.a#2.b"))), 3),
                constraint("2*_b[x] - _b[y:1.a#2.b]/2 + 1 = 4"));
        assertEquals(new LinearConstraint(List.of(new Summand(1, parameter(null, "/cut1")),
                new Summand(-1, parameter(null, "2.race"))), 0), constraint("/cut1 = 2.race"));
        assertEquals(new LinearConstraint(List.of(new Summand(1, parameter("y", "x"))), -1), constraint("[y]_b[x] = -1"));
        assertEquals(7, ((Statement.ConstraintDefine) read("cons define 7 x = 1")).number());
    }

    @Test
    void matrices() {
        Statement.MatrixDefine m = (Statement.MatrixDefine) read("mat a = (1, .\\ -3, 4)");
        assertEquals(new MatrixExpression.Literal(List.of(
                List.of(new MatrixExpression.Scalar(1), new MatrixExpression.Scalar(Double.NaN)),
                List.of(new MatrixExpression.Scalar(-3), new MatrixExpression.Scalar(4)))), m.value());
        assertEquals(new Statement.MatrixDefine("mat f = diag(f)", "f",
                new MatrixExpression.Call("diag", List.of(new MatrixExpression.Name("f")))), read("mat f = diag(f)"));
        assertEquals(new MatrixExpression.Binary("*", new MatrixExpression.Transpose(new MatrixExpression.Name("a")),
                new MatrixExpression.Name("b")), ((Statement.MatrixDefine) read("matrix define c = a'*b")).value());
        assertEquals(new Statement.Mkmat("mkmat varor, mat(f)", List.of("varor"), Optional.of("f"), Subset.all()),
                read("mkmat varor, mat(f)"));
    }

    @Test
    void survivalTimes() {
        SurvivalTime plain = ((Statement.Stset) read("stset time, fail(infect)")).survival();
        assertEquals("time", plain.time());
        assertEquals(Optional.of(new SurvivalTime.Event("infect", List.of())), plain.failure());
        assertEquals(1, plain.scale());
        SurvivalTime full = ((Statement.Stset) read("stset t if x [pw=w], f(d==1 3/4) id(i) enter(time t0) "
                + "origin(start==1) exit(failure) time0(s) scale(365.25)")).survival();
        assertEquals(Optional.of(new SurvivalTime.Event("d", List.of(1.0, 3.0, 4.0))), full.failure());
        assertEquals(Optional.of("i"), full.id());
        assertEquals(Optional.of(new SurvivalTime.At(name("t0"), "t0")), full.enter());
        assertEquals(Optional.of(new SurvivalTime.Event("start", List.of(1.0))), full.origin());
        assertEquals(Optional.of(new SurvivalTime.FirstFailure()), full.exit());
        assertEquals(365.25, full.scale());
        assertTrue(full.weight().isPresent());
    }

    @Test
    void storedResults() {
        assertEquals(new Statement.EstimatesStore("est sto m1", "m1"), read("est sto m1"));
        assertEquals(new Statement.EstimatesRestore("estimates restore m1", "m1"), read("estimates restore m1"));
    }

    @Test
    void scripts() {
        List<Statement> read = CommandReader.readAll("""
                * the growth of pigs
                gen week2 = week^2   // curvature
                mixed weight week week2 ///
                    || id: week
                mixed weight week
                    || id: week
                    , reml
                /* two lines
                of comment */
                estat icc
                """);
        assertEquals(List.of("gen week2 = week^2", "mixed weight week week2 || id: week",
                "mixed weight week || id: week , reml", "estat icc"), read.stream().map(Statement::text).toList());
    }
}
