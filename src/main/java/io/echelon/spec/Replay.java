package io.echelon.spec;

import java.util.Optional;

/**
 * An estimation command without a model, {@code mixed [, options]}: the last results again.
 *
 * @param command which command
 * @param display what to show; not what the estimation was asked to
 * @param small   with the degrees of freedom of {@code dfmethod()} rather than large-sample tests
 * @param dftable what the column of degrees of freedom shows; implies {@code small}
 */
public record Replay(CommandName command, DisplayOptions display, boolean small,
                     Optional<LinearOptions.DfTable> dftable) implements PostestimationCommand {
    @Override
    public String name() {
        return command.text();
    }
}
