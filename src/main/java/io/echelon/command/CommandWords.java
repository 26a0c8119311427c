package io.echelon.command;

import io.echelon.spec.CommandName;
import java.util.Arrays;
import java.util.List;

/** The words of the language, for completion and help. */
public final class CommandWords {
    private CommandWords() {}

    /** The commands by their full names; some have two words ({@code estat icc}). */
    public static List<String> commands() {
        return Verb.ALL.stream().map(Verb::name).toList();
    }

    /** The options of an estimation command as the manual writes them ({@code covariance(vartype)}); none for others. */
    public static List<String> options(String command) {
        return Arrays.stream(CommandName.values()).filter(c -> c.text().equals(command)).findFirst()
                .map(c -> OptionTable.of(c).options().stream().filter(o -> o.place() != Option.Place.UNAVAILABLE)
                        .map(Option::usage).toList())
                .orElse(List.of());
    }
}
