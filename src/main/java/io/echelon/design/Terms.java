package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.spec.Factor;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Spells out variable lists: patterns and ranges become variables, and every variable has one base throughout. */
final class Terms {
    private Terms() {}

    /** The terms with every name looked up. Factor-variable terms that were typed twice are kept once. */
    static List<Term> resolve(List<Term> typed, Schema schema) {
        List<Term> found = new ArrayList<>();
        for (Term term : typed) {
            for (Term t : expand(term, schema)) {
                if (categorical(t).isEmpty() || !found.contains(t)) {
                    found.add(t);
                }
            }
        }
        return withOneBase(found);
    }

    /** The variables of the terms, each once, in the order of first use. */
    static Set<String> variables(List<Term> terms) {
        Set<String> names = new LinkedHashSet<>();
        terms.forEach(t -> t.factors().forEach(f -> names.add(f.variable())));
        return names;
    }

    /** The factors of a term that stand for indicators. */
    static List<Factor> categorical(Term term) {
        return term.factors().stream().filter(f -> !(f instanceof Factor.Continuous)).toList();
    }

    /** The factors of a term that stand for the values themselves. */
    static List<Factor> continuous(Term term) {
        return term.factors().stream().filter(Factor.Continuous.class::isInstance).toList();
    }

    private static List<Term> expand(Term term, Schema schema) {
        List<List<Factor>> products = new ArrayList<>();
        products.add(List.of());
        for (Factor factor : term.factors()) {
            List<List<Factor>> longer = new ArrayList<>();
            List<Schema.Variable> variables = schema.expand(factor.variable());
            for (List<Factor> product : products) {
                for (Schema.Variable variable : variables) {
                    List<Factor> next = new ArrayList<>(product);
                    next.add(named(factor, variable));
                    longer.add(next);
                }
            }
            products = longer;
        }
        return products.stream().map(Term::new).toList();
    }

    private static Factor named(Factor factor, Schema.Variable variable) {
        if (variable.kind() == Schema.Kind.OTHER) {
            throw EchelonException.misuse(variable.name() + " is neither a number nor a string and cannot be a regressor; "
                    + "for a date or time make a number of it first, as in generate days = datediff(" + variable.name()
                    + ", \"2000-01-01\"), or categories with egen d = group(" + variable.name() + ")");
        }
        if (factor instanceof Factor.Categorical c) {
            return new Factor.Categorical(variable.name(), c.base());
        }
        if (factor instanceof Factor.Levels l) {
            return new Factor.Levels(variable.name(), l.levels());
        }
        if (variable.kind() == Schema.Kind.STRING) {
            throw new TextVariable(variable.name() + " is a string variable", variable.name(), "write i." + variable.name()
                    + " to use its values as categories, or make a number of it with generate x = real(" + variable.name() + ")");
        }
        return new Factor.Continuous(variable.name());
    }

    /** The first base that is not the default holds for the variable in all terms ({@code ib3.g g#c.x}). */
    private static List<Term> withOneBase(List<Term> terms) {
        Map<String, Factor.Base> chosen = new HashMap<>();
        for (Term t : terms) {
            for (Factor f : t.factors()) {
                if (f instanceof Factor.Categorical c && !(c.base() instanceof Factor.Base.First)) {
                    chosen.putIfAbsent(c.variable(), c.base());
                }
            }
        }
        List<Term> result = new ArrayList<>();
        for (Term t : terms) {
            result.add(new Term(t.factors().stream().map(f -> f instanceof Factor.Categorical c
                    ? (Factor) new Factor.Categorical(c.variable(), chosen.getOrDefault(c.variable(), c.base()))
                    : f).toList()));
        }
        return result;
    }
}
