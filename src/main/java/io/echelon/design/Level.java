package io.echelon.design;

import io.echelon.spec.RandomEquation;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One level of the hierarchy with all its equations, or a random-effects equation {@code _all: R.variable}, whose effects
 * belong to the values of the variable.
 *
 * @param variable level variable
 * @param path     level variables from the outermost to this one, as in {@code school>class}
 * @param grouping variables whose values together tell the groups apart: those of the path, or the variable of
 *                 {@code R.variable}; none for {@code _all}, which is one group
 * @param effects  one entry an equation; their covariance matrices form a block-diagonal matrix
 * @param weight   source of the weight of a group, or −1
 */
public record Level(String variable, List<String> path, List<String> grouping, List<Effects> effects, int weight)
        implements Serializable {
    public Level {
        path = List.copyOf(path);
        grouping = List.copyOf(grouping);
        effects = List.copyOf(effects);
    }

    /** A level without weights. */
    public Level(String variable, List<String> path, List<String> grouping, List<Effects> effects) {
        this(variable, path, grouping, effects, -1);
    }

    /** A level without weights whose groups are those of its path. */
    public Level(String variable, List<String> path, List<Effects> effects) {
        this(variable, path, path.stream().filter(v -> !v.equals(RandomEquation.ALL)).toList(), effects);
    }

    /** The name used in parameter names: {@code school>class}. */
    public String pathName() {
        return String.join(">", path);
    }

    /** The columns of all equations, in order. */
    public List<Column> columns() {
        return effects.stream().flatMap(e -> e.columns().stream()).collect(Collectors.toList());
    }

    /** The same level with other equations. */
    public Level with(List<Effects> others) {
        return new Level(variable, path, grouping, others, weight);
    }
}
