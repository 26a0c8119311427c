package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.fit.Coefficient;
import io.echelon.spec.Factor;
import io.echelon.spec.Term;
import io.echelon.spec.Testparm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code testparm}: the coefficients that a list of terms names. */
public final class TestedTerms {
    private TestedTerms() {}

    /** The joint test of the coefficients. */
    public static JointTest of(Testparm command, Results results) {
        NamedParameters parameters = new NamedParameters(results.estimates());
        command.equation().ifPresent(parameters::equation);
        Set<Coefficient> chosen = new LinkedHashSet<>();
        for (Term term : command.terms()) {
            List<Coefficient> found = matching(term, results).stream()
                    .filter(c -> command.equation().map(c.equation()::equals).orElse(true)).toList();
            if (found.isEmpty()) {
                throw nothing(term, results);
            }
            chosen.addAll(found);
        }
        List<Coefficient> tested = List.copyOf(chosen);
        List<JointTest.Condition> conditions = new ArrayList<>();
        if (!command.equal()) {
            tested.forEach(c -> conditions.add(JointTest.zero(parameters, c)));
        } else {
            if (tested.size() < 2) {
                throw EchelonException.misuse("testparm, equal: there is one coefficient only, and nothing it could be equal to");
            }
            Coefficient first = tested.get(0);
            tested.stream().skip(1).forEach(c -> conditions.add(new JointTest.Condition("- "
                    + NamedParameters.label(first) + " + " + NamedParameters.label(c) + " = 0",
                    parameters.form(c).plus(parameters.form(first), -1))));
        }
        return JointTest.of("testparm", results, conditions, command.small(), Optional.empty());
    }

    private static List<Coefficient> matching(Term term, Results results) {
        List<Coefficient> found = new ArrayList<>();
        List<Column> columns = results.design().fixed();
        for (int j = 0; j < columns.size(); j++) {
            Column column = columns.get(j);
            if (column.status() == Column.Status.ESTIMATED && !column.isConstant() && matches(term, column, results)) {
                found.add(results.estimates().coefficients().get(j));
            }
        }
        return found;
    }

    /** Whether every factor of the term is one of the column, in any order, and none is left. */
    private static boolean matches(Term term, Column column, Results results) {
        List<Column.Part> rest = new ArrayList<>(column.parts());
        for (Factor factor : term.factors()) {
            Optional<Column.Part> part = rest.stream().filter(p -> matches(factor, p, results)).findFirst();
            if (part.isEmpty()) {
                return false;
            }
            rest.remove(part.get());
        }
        return rest.isEmpty();
    }

    private static boolean matches(Factor factor, Column.Part part, Results results) {
        String name = results.design().sources().get(part.source()).name();
        if (!pattern(factor.variable()).matcher(name).matches()) {
            return false;
        }
        return factor instanceof Factor.Continuous ? part.continuous()
                : !part.continuous() && !(factor instanceof Factor.Levels l && !l.levels().contains(part.level()));
    }

    private static Pattern pattern(String typed) {
        StringBuilder regex = new StringBuilder();
        for (char c : typed.toCharArray()) {
            regex.append(c == '*' || c == '~' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    private static EchelonException nothing(Term term, Results results) {
        List<String> names = results.design().sources().stream().map(s -> s.name()).toList();
        String typed = String.join("#", term.factors().stream().map(Factor::variable).toList());
        return EchelonException.misuse("testparm: no coefficient belongs to " + typed
                + Spelling.hint(typed, names) + " (write i.x for the indicators of a factor variable; there are "
                + String.join(", ", results.design().estimated().stream().map(Column::name).toList()) + ")");
    }
}
