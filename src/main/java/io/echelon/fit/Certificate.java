package io.echelon.fit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What vouches for a fit.
 *
 * @param scaledGradient  g'H⁻¹g at the estimates
 * @param hessianDefinite whether the negative Hessian is positive definite
 * @param boundary        full names of variance components that ended at zero (or correlations at ±1)
 * @param slopes          dℓ/dv of those that are variances, v being the variance, by full name
 * @param warnings        each says what is wrong and what to do next
 * @param quadrature      what doubling the integration points would change, of fits by quadrature
 */
public record Certificate(double scaledGradient, boolean hessianDefinite, List<String> boundary,
                          Map<String, Double> slopes, List<String> warnings, Optional<QuadratureChange> quadrature) {
    /** Of a fit without integration points. */
    public Certificate(double scaledGradient, boolean hessianDefinite, List<String> boundary, Map<String, Double> slopes,
                       List<String> warnings) {
        this(scaledGradient, hessianDefinite, boundary, slopes, warnings, Optional.empty());
    }

    public Certificate {
        boundary = List.copyOf(boundary);
        slopes = Collections.unmodifiableMap(new LinkedHashMap<>(slopes));
        warnings = List.copyOf(warnings);
    }
}
