package io.echelon.spark;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fits of a session: the last one, and those kept under names. */
public final class StoredFits {
    private final Map<String, Fitted> named = new LinkedHashMap<>();
    private Fitted last;

    void add(Fitted fit) {
        last = fit;
    }

    void store(String name) {
        named.put(name, last().orElseThrow(() -> EchelonException.misuse(
                "estimates store " + name + ": no results to store; fit a model first")));
    }

    void store(String name, Fitted fit) {
        named.put(name, fit);
    }

    void restore(String name) {
        last = find(name);
    }

    /** The results of the last estimation, or those restored since. */
    public Optional<Fitted> last() {
        return Optional.ofNullable(last);
    }

    /** The last results, which a command needs. */
    public Fitted required(String command) {
        return last().orElseThrow(() -> EchelonException.misuse(command
                + " works on the results of an estimation, and there are none: fit a model first, or take stored ones up"
                + " (--from DIR on the command line, from: in a job, restore(folder) in Java)"));
    }

    /** The results stored under a name; {@code .} is the last ones. */
    public Fitted find(String name) {
        if (name.equals(".")) {
            return required("a command on .");
        }
        return Optional.ofNullable(named.get(name)).orElseThrow(() -> EchelonException.misuse(
                "no results stored under " + name + Spelling.hint(name, named.keySet())
                        + (named.isEmpty() ? "; keep results with estimates store " + name
                                : " (stored are " + String.join(", ", named.keySet()) + ")")));
    }

    /** Results kept by {@code estimates store}, by name. */
    public Map<String, Fitted> named() {
        return Map.copyOf(named);
    }

    /** The names under which these results are kept, in the order of storing. */
    public List<String> names(Fitted fit) {
        List<String> names = new ArrayList<>();
        named.forEach((name, f) -> {
            if (f == fit) {
                names.add(name);
            }
        });
        return names;
    }
}
