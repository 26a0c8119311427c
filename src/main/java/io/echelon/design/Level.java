package io.echelon.design;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One level of the hierarchy with all its equations.
 *
 * @param variable level variable
 * @param path     level variables from the outermost to this one, as in {@code school>class}
 * @param effects  one entry an equation; their covariance matrices form a block-diagonal matrix
 */
public record Level(String variable, List<String> path, List<Effects> effects) implements Serializable {
    public Level {
        path = List.copyOf(path);
        effects = List.copyOf(effects);
    }

    /** The name used in parameter names: {@code school>class}. */
    public String pathName() {
        return String.join(">", path);
    }

    /** The columns of all equations, in order. */
    public List<Column> columns() {
        return effects.stream().flatMap(e -> e.columns().stream()).collect(Collectors.toList());
    }
}
