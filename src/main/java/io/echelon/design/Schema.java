package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The variables of a data set in their order: all that the binder knows of the data before it looks at rows. */
public record Schema(List<Variable> variables) {
    /** A variable and what its values are. */
    public record Variable(String name, Kind kind) {}

    /** What the values of a variable are. */
    public enum Kind {
        /** Numbers and truth values. */
        NUMERIC,
        STRING,
        /** Dates, times, and nested values: of use as level variables only. */
        OTHER
    }

    public Schema {
        variables = List.copyOf(variables);
    }

    /** The names in order. */
    public List<String> names() {
        return variables.stream().map(Variable::name).toList();
    }

    /** The variable of this name. */
    public Optional<Variable> find(String name) {
        return variables.stream().filter(v -> v.name().equals(name)).findFirst();
    }

    /** The variable of this name, or an error that names the nearest one. */
    public Variable require(String name) {
        return find(name).orElseThrow(() -> EchelonException.misuse(
                "variable " + name + " not found" + Spelling.choice(name, names())));
    }

    /** The variables meant by a name, a pattern ({@code child*}, {@code x?}, {@code _all}) or a range ({@code tr1-tr9}). */
    public List<Variable> expand(String typed) {
        if (find(typed).isPresent()) {
            return List.of(find(typed).get());
        }
        if (typed.equals("_all")) {
            return variables;
        }
        if (typed.indexOf('*') >= 0 || typed.indexOf('?') >= 0 || typed.indexOf('~') >= 0) {
            return matching(typed);
        }
        int dash = typed.indexOf('-');
        if (dash > 0) {
            return between(typed, typed.substring(0, dash).strip(), typed.substring(dash + 1).strip());
        }
        return List.of(require(typed));
    }

    /** The same for several names. */
    public List<Variable> expandAll(List<String> typed) {
        List<Variable> found = new ArrayList<>();
        typed.forEach(t -> found.addAll(expand(t)));
        return found;
    }

    private List<Variable> matching(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' || c == '~' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        Pattern compiled = Pattern.compile(regex.toString());
        List<Variable> found = variables.stream().filter(v -> compiled.matcher(v.name()).matches()).toList();
        if (found.isEmpty()) {
            throw EchelonException.misuse("no variable matches " + pattern + "; there are " + String.join(", ", names()));
        }
        return found;
    }

    private List<Variable> between(String typed, String first, String last) {
        int from = variables.indexOf(require(first));
        int to = variables.indexOf(require(last));
        if (from > to) {
            throw EchelonException.misuse(typed + ": " + first + " comes after " + last
                    + " in the data set; write " + last + "-" + first);
        }
        return variables.subList(from, to + 1);
    }
}
