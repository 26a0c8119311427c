package io.echelon.command;

import io.echelon.spec.CommandName;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Replay;
import io.echelon.spec.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;

/** Reads an estimation command; one without a model, {@code mixed, small}, shows the last results again. */
final class ReplayReader {
    /** Options that concern the report alone. */
    private static final Set<String> REPORT = Set.of("level", "variance", "stddeviations", "estmetric", "noretable", "nofetable",
            "notable", "noheader", "nogroup", "nolrtest", "noomitted", "baselevels", "allbaselevels", "noemptycells",
            "nofvlabel", "coeflegend", "noci", "nopvalues", "vsquish", "fvwrap", "fvwrapon", "cformat", "pformat", "sformat",
            "nolstretch", "nocnsreport", "small", "dftable", "or", "irr", "rrr", "eform", "nohr", "tratio", "nolog", "log");

    private final CommandText text;
    private final CommandName command;
    private final OptionTable all;
    private final OptionTable table;

    private ReplayReader(CommandText text, CommandName command) {
        this.text = text;
        this.command = command;
        all = OptionTable.of(command);
        table = new OptionTable(command.text(), all.options().stream().filter(o -> REPORT.contains(o.name())).toList());
    }

    /** The command that begins at {@code start} and goes on after its name at {@code rest}. */
    static Statement read(CommandText text, CommandName command, int start, int rest) {
        List<Token> words = text.words().stream().filter(w -> w.getStartIndex() >= rest).toList();
        boolean model = !words.isEmpty() && words.get(0).getType() != CommandLexer.COMMA;
        Optional<PostestimationCommand> replay = model ? Optional.empty() : new ReplayReader(text, command).replay(rest);
        return replay.isPresent() ? new Statement.Postestimation(text.slice(start, text.length()), replay.get())
                : new Statement.Estimation(new ModelReader(text, command).read(start, rest));
    }

    /** Empty where the options are those of an estimation that needs no variables, as survival models are. */
    private Optional<PostestimationCommand> replay(int rest) {
        GivenOptions given = new GivenOptions(text);
        CommandParser.OptionListContext list = text.parser(rest, text.length()).optionsOnly().optionList();
        for (CommandParser.OptionContext o : list == null ? List.<CommandParser.OptionContext>of() : list.option()) {
            String name = o.NAME().getText();
            boolean argument = o.LPAREN() != null;
            if (table.find(name, argument).isEmpty() && all.find(name, argument).isPresent()) {
                if (command == CommandName.MESTREG) {
                    return Optional.empty();
                }
                throw text.error(o.start, "option " + o.getText() + " belongs to an estimation, which needs a model, as in "
                        + command.text() + " y x || id:, " + o.getText() + "; without one, " + command.text()
                        + " shows the last results again");
            }
            given.add(table, o);
        }
        ModelOptions options = new ModelOptions(command, given);
        return Optional.of(new Replay(command, options.display(), given.has("small"), options.dftable()));
    }
}
