package io.echelon.spec;

/**
 * {@code estimates replay [name]}: the table of a fit again, as it was.
 *
 * @param fit name of stored results, or {@code .} for the last ones
 */
public record EstimatesReplay(String fit) implements PostestimationCommand {
    @Override
    public String name() {
        return "estimates replay";
    }
}
