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
    /** Margins and contrasts that were made results; commands that need a model do not take them. */
    private final List<Fitted> posted = new ArrayList<>();
    private Fitted last;

    /** Makes margins or contrasts the last results. */
    void post(Fitted margins) {
        posted.add(margins);
        last = margins;
    }

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
        last = named(name);
    }

    /** Forgets names; {@code _all} is all of them. */
    void drop(List<String> names) {
        if (names.contains("_all")) {
            named.clear();
            return;
        }
        names.forEach(this::named);
        named.keySet().removeAll(names);
    }

    /** The results of the last estimation, or those restored since. */
    public Optional<Fitted> last() {
        return Optional.ofNullable(last);
    }

    /** The last fit, which a command needs. */
    public Fitted required(String command) {
        return fit(command, requiredOrPosted(command));
    }

    private Fitted fit(String command, Fitted found) {
        if (posted.stream().anyMatch(p -> p == found)) {
            throw EchelonException.misuse(command + " works on a fit, and the results are margins or contrasts (option post), which test,"
                    + " lincom and nlcom work on; take a fit up with estimates restore, or fit the model again");
        }
        return found;
    }

    /** The last results, which a command needs, be they a fit or margins. */
    Fitted requiredOrPosted(String command) {
        return last().orElseThrow(() -> EchelonException.misuse(command
                + " works on the results of an estimation, and there are none: fit a model first, or take stored ones up"
                + " (--from DIR on the command line, from: in a job, restore(folder) in Java)"));
    }

    /** The fit stored under a name; {@code .} is the last one. */
    public Fitted find(String name) {
        return name.equals(".") ? required("a command on .") : fit("a command on " + name, named(name));
    }

    private Fitted named(String name) {
        return Optional.ofNullable(named.get(name)).orElseThrow(() -> EchelonException.misuse(
                "no results stored under " + name + Spelling.hint(name, named.keySet())
                        + (named.isEmpty() ? "; keep results with estimates store " + name
                                : " (stored are " + String.join(", ", named.keySet()) + ")")));
    }

    /** Results kept by {@code estimates store}, by name, in the order of storing. */
    public Map<String, Fitted> named() {
        return new LinkedHashMap<>(named);
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
