package io.echelon.spark;

import io.echelon.picture.Picture;
import java.util.Optional;

/**
 * A picture.
 *
 * @param command the command as typed
 * @param name    the command that draws such pictures: {@code rvfplot}
 * @param file    where {@code saving()} wrote it
 */
public record Drawn(String command, String name, Picture picture, Optional<String> file) implements Outcome {}
