package io.echelon.fit;

/**
 * Something that {@code stset} had declared when a survival model was fitted.
 *
 * @param name  {@code failure _d}, {@code analysis time _t}, {@code id} and others
 * @param value as typed
 */
public record SurvivalSetting(String name, String value) {}
