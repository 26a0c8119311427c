package io.echelon.postestimation;

import java.util.Optional;

/**
 * A figure that the option post makes a coefficient.
 *
 * @param equation it stands under; empty for none
 * @param form     as a function of the parameters of the fit; empty where it is not estimable
 */
record PostedEstimate(String equation, String name, Answer.Row row, Optional<LinearForm> form) {}
