package io.echelon.spec;

/** {@code estimates dir}: the results kept under names. */
public record EstimatesDirectory() implements PostestimationCommand {
    @Override
    public String name() {
        return "estimates dir";
    }
}
