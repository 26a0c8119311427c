package io.echelon.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.command.CommandReader;
import io.echelon.covariance.Exchangeable;
import io.echelon.covariance.Fixed;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Unstructured;
import io.echelon.error.EchelonException;
import io.echelon.spec.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names, patterns and factor variables become columns, in Stata's order and under Stata's names. */
class BinderTest {
    private static final Schema SCHEMA = new Schema(List.of(number("id"), number("school"), number("y"), number("x"),
            number("z"), number("child1"), number("child2"), number("child3"), number("a"), number("b"), number("nitro"),
            new Schema.Variable("machine", Schema.Kind.STRING), new Schema.Variable("day", Schema.Kind.OTHER)));

    /** a has the levels 1 2 3 (2 the most frequent), b the levels 0 1; the cell a=3, b=1 is empty. */
    private static final Map<String, List<Object>> LEVELS = Map.of("a", List.of(2.0, 1.0, 3.0), "b", List.of(1.0, 0.0),
            "nitro", List.of(0.0, 0.2), "machine", List.of("C", "A", "B"));

    private static Schema.Variable number(String name) {
        return new Schema.Variable(name, Schema.Kind.NUMERIC);
    }

    private static List<List<Survey.Cell>> observe(List<List<String>> crossings, List<String> complete) {
        List<List<Survey.Cell>> answers = new ArrayList<>();
        for (List<String> crossing : crossings) {
            List<List<Object>> cells = List.of(List.of());
            for (String variable : crossing) {
                List<List<Object>> longer = new ArrayList<>();
                for (List<Object> cell : cells) {
                    for (Object level : LEVELS.get(variable)) {
                        List<Object> next = new ArrayList<>(cell);
                        next.add(level);
                        longer.add(next);
                    }
                }
                cells = longer;
            }
            answers.add(cells.stream().filter(c -> !c.equals(List.of(3.0, 1.0)))
                    .map(c -> new Survey.Cell(c, c.contains(2.0) ? 9 : 4)).toList());
        }
        return answers;
    }

    private static Design bind(String command) {
        return bind(command, BinderTest::observe);
    }

    private static Design bind(String command, Survey survey) {
        Statement.Estimation e = (Statement.Estimation) CommandReader.read(command);
        return Binder.bind(e.spec(), SCHEMA, survey, Map.of("f", new double[][] {{2, 0}, {0, 3}}));
    }

    /** The fixed columns: b marks a base, e an empty cell. */
    private static String fixed(String command) {
        return String.join(" ", bind(command).fixed().stream().map(c -> switch (c.status()) {
            case BASE -> "(" + c.name() + ")";
            case EMPTY -> "[" + c.name() + "]";
            default -> c.name();
        }).toList());
    }

    private static void assertMisuse(String message, String command) {
        EchelonException e = assertThrows(EchelonException.class, () -> bind(command));
        assertEquals(EchelonException.Kind.MISUSE, e.kind());
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    @Test
    void patternsAndRangesAreSpeltOut() {
        assertEquals("child1 child2 child3 x _cons", fixed("mixed y child* x || id:"));
        assertEquals("x z child1 _cons", fixed("mixed y x-child1 || id:"));
        assertEquals("child1 child2 child3", fixed("mixed y child?, noconstant || id:"));
        assertMisuse("no variable matches kid*", "mixed y kid* || id:");
        assertMisuse("child1-x: child1 comes after x in the data set; write x-child1", "mixed y child1-x || id:");
    }

    @Test
    void mainEffectsHaveABase() {
        assertEquals("(1.a) 2.a 3.a _cons", fixed("mixed y i.a || id:"));
        assertEquals("1.a 2.a (3.a) _cons", fixed("mixed y ib3.a || id:"));
        assertEquals("1.a 2.a (3.a) _cons", fixed("mixed y ib(last).a || id:"));
        assertEquals("1.a (2.a) 3.a _cons", fixed("mixed y ib(freq).a || id:"));
        assertEquals("1.a 2.a 3.a", fixed("mixed y ibn.a, noconstant || id:"));
        assertMisuse("base level 7 of a does not occur in the estimation sample; its levels are 1, 2, 3", "mixed y ib7.a || id:");
    }

    @Test
    void interactionsFollowStata() {
        assertEquals("(1.a) 2.a 3.a (0.b) 1.b (1.a#0.b) (1.a#1.b) (2.a#0.b) 2.a#1.b (3.a#0.b) [3.a#1.b] _cons",
                fixed("mixed y a##b || id:"));
        assertEquals("(1.a#0.b) 1.a#1.b 2.a#0.b 2.a#1.b 3.a#0.b [3.a#1.b] _cons", fixed("mixed y a#b || id:"));
        assertEquals("(1.a) 2.a 3.a x (1.a#c.x) 2.a#c.x 3.a#c.x _cons", fixed("mixed y i.a##c.x || id:"));
        assertEquals("1.a#c.x 2.a#c.x 3.a#c.x _cons", fixed("mixed y i.a#c.x || id:"));
        assertEquals("x c.x#c.x _cons", fixed("mixed y c.x##c.x || id:"));
        assertEquals("1.a 2.a (3.a) 1.a#c.x 2.a#c.x 3.a#c.x _cons", fixed("mixed y ib3.a a#c.x || id:"));
    }

    @Test
    void interactionColumnsAreProducts() {
        Design d = bind("mixed y i.a#c.x || id:");
        Column column = d.fixed().get(1);
        double[] row = new double[d.sources().size()];
        row[column.parts().get(0).source()] = 2;
        row[column.parts().get(1).source()] = 7.5;
        assertEquals(7.5, column.value(row));
        row[column.parts().get(0).source()] = 3;
        assertEquals(0, column.value(row));
    }

    @Test
    void stringsAreCodedInSortedOrder() {
        Design d = bind("mixed y i.machine || id:");
        assertEquals("(1.machine) 2.machine 3.machine _cons", fixed("mixed y i.machine || id:"));
        assertEquals(Optional.of(List.of("A", "B", "C")), d.sources().get(1).labels());
        assertMisuse("machine is a string variable; write i.machine", "mixed y machine || id:");
        assertMisuse("the response machine is not numeric", "mixed machine x || id:");
    }

    @Test
    void unknownAndUnfitVariablesAreNamed() {
        assertMisuse("variable chidl1 not found; did you mean child1?", "mixed y chidl1 || id:");
        assertMisuse("variable schol not found; did you mean school?", "mixed y x || schol:");
        assertMisuse("factor variable nitro has the value 0.2", "mixed y i.nitro || id:");
        assertMisuse("day is neither a number nor a string", "mixed y day || id:");
        assertMisuse("level school appears twice", "mixed y x || school: || id: || school: x");
        assertMisuse("y is the response and cannot explain itself", "mixed y x || id: x y");
        assertMisuse("y is the response and cannot explain itself", "mixed y c.x#c.y || id:");
    }

    @Test
    void equationsOfOneLevelAreGathered() {
        Design d = bind("mixed y x || school: child*, cov(exchangeable) || school: || id: x z, cov(un)");
        assertEquals(2, d.levels().size());
        Level school = d.levels().get(0);
        assertEquals(List.of("child1", "child2", "child3", "_cons"), school.columns().stream().map(Column::name).toList());
        assertEquals(new Exchangeable(3), school.effects().get(0).covariance());
        assertEquals(new Identity(1), school.effects().get(1).covariance());
        assertEquals("school>id", d.levels().get(1).pathName());
        assertEquals(new Unstructured(3), d.levels().get(1).effects().get(0).covariance());
    }

    @Test
    void covariancesHaveTheManualsDefaults() {
        assertEquals(new Independent(2), bind("mixed y x || id: x").levels().get(0).effects().get(0).covariance());
        assertEquals(new Identity(1), bind("mixed y x || id:, cov(un)").levels().get(0).effects().get(0).covariance());
        assertTrue(bind("meglm y x || id: x, cov(fixed(f))").levels().get(0).effects().get(0).covariance() instanceof Fixed);
        assertMisuse("matrix f is 2 by 2, but the equation for id has 3 effects", "meglm y x || id: x z, cov(fixed(f))");
        assertMisuse("matrix g of covariance(fixed(g)) not found", "meglm y x || id: x, cov(fixed(g))");
        assertMisuse("the random-effects equation for id is empty", "melogit y x || id:, noconstant");
        assertEquals(List.of("single-variable random-effects specification in id equation; covariance structure set to identity"),
                bind("mixed y x || id:, cov(un)").notes());
        assertTrue(bind("mixed y x || id:, noconstant").levels().isEmpty());
    }

    /** As in the manual's {@code || district: child*, cov(exchangeable) || district:}. */
    @Test
    void theConstantIsInTheLastEquationOfALevelThatMayHaveOne() {
        assertEquals(List.of(1, 2), effects("mixed y x || id: x || id: z"));
        assertEquals(List.of(2, 1), effects("mixed y x || id: x || id: z, nocons"));
        assertEquals(List.of(1, 1), effects("mixed y x || id: x, nocons || id: z, nocons"));
    }

    private List<Integer> effects(String command) {
        return bind(command).levels().get(0).effects().stream().map(e -> e.columns().size()).toList();
    }

    @Test
    void theLevelOfAllObservationsIsNoPartOfPaths() {
        Design d = bind("mixed y x || _all: x, nocons || id:");
        assertEquals("_all", d.levels().get(0).pathName());
        assertEquals("id", d.levels().get(1).pathName());
    }

    @Test
    void withoutFactorVariablesNoRowIsLookedAt() {
        Design d = bind("mixed y x || id:", (crossings, complete) -> {
            throw new AssertionError("asked for " + crossings);
        });
        assertEquals(List.of("y", "x"), d.sources().stream().map(Source::name).toList());
    }

    @Test
    void theSurveySeesEveryVariableThatMustBePresent() {
        List<String> seen = new ArrayList<>();
        bind("mixed y i.a x || school: z || id:", (crossings, complete) -> {
            seen.addAll(complete);
            return observe(crossings, complete);
        });
        assertEquals(List.of("y", "a", "x", "z", "school", "id"), seen);
    }

    @Test
    void equationsOfFactorsAreLevelsOfTheirOwn() {
        Design design = bind("mixed y x || _all: R.a || _all: R.b || school: || id: z");
        assertTrue(design.crossed());
        assertEquals(List.of("_all", "_all", "school", "id"), design.levels().stream().map(Level::variable).toList());
        assertEquals(List.of(List.of("a"), List.of("b"), List.of("school"), List.of("school", "id")),
                design.levels().stream().map(Level::grouping).toList());
        assertEquals(List.of("R.b"), design.levels().get(1).effects().get(0).names());
        assertEquals(List.of(Column.constant()), design.levels().get(1).columns());
        assertEquals(new Identity(1), design.levels().get(1).effects().get(0).covariance());
        assertTrue(bind("mixed y x || _all: R.a || b: || a:").crossed());
    }

    @Test
    void factorsWithinALevelAreIndicators() {
        Design design = bind("mixed y x || id: R.a, cov(exchangeable) || id: z");
        assertEquals(1, design.levels().size());
        Effects first = design.levels().get(0).effects().get(0);
        assertEquals(List.of("1.a", "2.a", "3.a"), first.columns().stream().map(Column::name).toList());
        assertEquals(new Exchangeable(3), first.covariance());
        assertEquals(List.of("R.a"), first.names());
        assertEquals(List.of("z", "_cons"), design.levels().get(0).effects().get(1).names());
    }

    @Test
    void factorEquationsSayWhatTheyCannotBe() {
        for (String[] bad : new String[][] {
            {"mixed y || _all: R.nope", "variable nope not found"},
            {"mixed y || id: || _all: R.a", "_all: R.a stands below id; write the equations of _all before"},
            {"mixed y || _all: R.a, cov(unstructured)", "R.a allows covariance(identity) and covariance(exchangeable), not unstructured"},
            {"mixed y || _all: R.a, cov(exchangeable)", "_all: R.a: with one group only, a covariance"}}) {
            EchelonException e = assertThrows(EchelonException.class, () -> bind(bad[0]), bad[0]);
            assertTrue(e.getMessage().startsWith(bad[1]), e.getMessage());
        }
    }
}
