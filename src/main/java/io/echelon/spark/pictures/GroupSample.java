package io.echelon.spark.pictures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of a few groups of many: those with the smallest hashes of their names, a random choice that is the same every
 * time. Samples of parts of the rows merge into that of all of them.
 */
final class GroupSample implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Rows of a group up to which its panel can be read. */
    private static final int MOST_ROWS = 400;
    private static final long SEED = 42;

    private record Place(long hash, String group) implements Comparable<Place>, Serializable {
        private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::hash).thenComparing(Place::group);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private final int most;
    private final TreeMap<Place, List<double[]>> rows = new TreeMap<>();

    /** A sample of at most so many groups. */
    GroupSample(int most) {
        this.most = most;
    }

    /** Adds a row, which is kept if its group is. */
    void add(UTF8String group, double... row) {
        long hash = XXH64.hashUTF8String(group, SEED);
        if (rows.size() == most && hash > rows.lastKey().hash) {
            return;
        }
        keep(new Place(hash, group.toString()), List.of(row));
    }

    GroupSample merge(GroupSample other) {
        other.rows.forEach(this::keep);
        return this;
    }

    private void keep(Place place, List<double[]> some) {
        List<double[]> kept = rows.computeIfAbsent(place, p -> new ArrayList<>());
        kept.addAll(some.subList(0, Math.min(some.size(), MOST_ROWS - kept.size())));
        if (rows.size() > most) {
            rows.pollLastEntry();
        }
    }

    /** The rows of each group, groups with numbers in the order of these, others in that of the alphabet. */
    Map<String, List<double[]>> byGroup() {
        Map<String, List<double[]>> sorted = new TreeMap<>(GroupSample::compare);
        rows.forEach((place, kept) -> sorted.put(place.group, kept));
        return sorted;
    }

    private static int compare(String a, String b) {
        try {
            int bySize = Double.compare(Double.parseDouble(a), Double.parseDouble(b));
            return bySize != 0 ? bySize : a.compareTo(b);
        } catch (NumberFormatException e) {
            return a.compareTo(b);
        }
    }
}
