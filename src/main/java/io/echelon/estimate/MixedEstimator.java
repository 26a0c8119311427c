package io.echelon.estimate;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.fit.Iteration;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import java.util.function.Consumer;

/** Fits linear mixed models by maximum or restricted maximum likelihood from cross-products. */
public final class MixedEstimator {
    private MixedEstimator() {}

    /**
     * Fits the model of a design.
     *
     * @param design          the bound model; its {@code spec} says method and maximisation options
     * @param parts           cross-products of whole top-level groups
     * @param standardization the one the cross-products were made with
     * @param log             hears each iteration as it is made
     */
    public static MixedFit fit(Design design, PartStore<Moments> parts, Standardization standardization,
                               Consumer<Iteration> log) {
        throw EchelonException.failure("mixed cannot be fitted yet");
    }
}
