package io.echelon.spark;

/** What a command gives: a fit, or what a postestimation command found. */
public sealed interface Outcome permits Fitted, Answered {}
