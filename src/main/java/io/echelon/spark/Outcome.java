package io.echelon.spark;

/** What a command gives: a fit, what a postestimation command found, or a picture. */
public sealed interface Outcome permits Fitted, Answered, Drawn {}
