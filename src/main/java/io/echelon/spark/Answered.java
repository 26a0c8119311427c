package io.echelon.spark;

import io.echelon.postestimation.Answer;

/**
 * The values of a postestimation command.
 *
 * @param command the command as typed
 */
public record Answered(String command, Answer answer) implements Outcome {}
