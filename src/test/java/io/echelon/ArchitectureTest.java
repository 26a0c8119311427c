package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the order of the packages and a few habits by reading the sources. */
class ArchitectureTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final String ROOT = "";

    /** A package may import those in its own line and above; the empty name is the root package. */
    private static final List<Set<String>> ORDER = List.of(
            Set.of("error"),
            Set.of("linalg"),
            Set.of("family", "link", "covariance", "residual"),
            Set.of("spec"),
            Set.of("command", "yaml"),
            Set.of("design"),
            Set.of("group"),
            Set.of("quadrature", "likelihood"),
            Set.of("optimize"),
            Set.of("estimate", "fit"),
            Set.of("picture"),
            Set.of("postestimation", "report"),
            Set.of("spark"),
            Set.of(ROOT),
            Set.of("cli"));
    private static final Set<String> MAY_IMPORT_SPARK = Set.of("spark", ROOT, "cli");
    private static final int LONGEST_FILE = 450;

    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern OWN = Pattern.compile("io\\.echelon\\.(?:([a-z]\\w*)\\.(?:[a-z]\\w*\\.)*)?[A-Z].*");

    @Test
    void packagesImportOnlyEarlierOnes() {
        List<String> faults = new ArrayList<>();
        for (Path file : sources(MAIN)) {
            int here = rank(packageOf(file));
            for (String other : ownImports(file)) {
                if (rank(other) > here) {
                    faults.add(file + " imports " + other);
                }
            }
        }
        assertEquals(List.of(), faults);
    }

    @Test
    void packagesDoNotImportEachOtherInACircle() {
        Map<String, Set<String>> imports = new TreeMap<>();
        for (Path file : sources(MAIN)) {
            String here = packageOf(file);
            Set<String> others = imports.computeIfAbsent(here, p -> new TreeSet<>());
            ownImports(file).stream().filter(p -> !p.equals(here)).forEach(others::add);
        }
        for (String start : imports.keySet()) {
            Set<String> reached = new HashSet<>();
            List<String> open = new ArrayList<>(imports.get(start));
            while (!open.isEmpty()) {
                String next = open.remove(open.size() - 1);
                if (reached.add(next)) {
                    open.addAll(imports.getOrDefault(next, Set.of()));
                }
            }
            assertTrue(!reached.contains(start), () -> start + " imports itself through " + imports.get(start));
        }
    }

    @Test
    void onlyTheEdgesKnowSpark() {
        List<String> faults = sources(MAIN).stream().filter(f -> !MAY_IMPORT_SPARK.contains(packageOf(f)))
                .filter(f -> imports(f).stream().anyMatch(i -> i.startsWith("org.apache.spark"))).map(Path::toString)
                .toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void filesAreShortEnoughToReadAtOnce() {
        List<String> faults = Stream.of(MAIN, TESTS).flatMap(r -> sources(r).stream())
                .filter(f -> text(f).lines().count() > LONGEST_FILE).map(Path::toString).toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        Pattern terminal = Pattern.compile("System\\.(out|err)|printStackTrace\\(\\)");
        List<String> faults = sources(MAIN).stream().filter(f -> !packageOf(f).equals("cli"))
                .filter(f -> terminal.matcher(text(f)).find()).map(Path::toString).toList();
        assertEquals(List.of(), faults);
    }

    @Test
    void nothingIsLeftForLater() {
        Pattern unfinished = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME)\\b");
        List<String> faults = Stream.of(MAIN, TESTS).flatMap(r -> sources(r).stream())
                .filter(f -> unfinished.matcher(text(f)).find()).map(Path::toString).toList();
        assertEquals(List.of(), faults);
    }

    private static List<Path> sources(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> imports(Path file) {
        List<String> names = new ArrayList<>();
        Matcher m = IMPORT.matcher(text(file));
        while (m.find()) {
            names.add(m.group(1));
        }
        return names;
    }

    private static Set<String> ownImports(Path file) {
        Set<String> packages = new TreeSet<>();
        for (String name : imports(file)) {
            Matcher m = OWN.matcher(name);
            if (m.matches()) {
                packages.add(m.group(1) == null ? ROOT : m.group(1));
            }
        }
        return packages;
    }

    /** The first package below {@code io.echelon}, so that {@code spark.read} counts as {@code spark}. */
    private static String packageOf(Path file) {
        Path below = MAIN.resolve("io/echelon").relativize(file);
        return below.getNameCount() == 1 ? ROOT : below.getName(0).toString();
    }

    private static int rank(String name) {
        for (int k = 0; k < ORDER.size(); k++) {
            if (ORDER.get(k).contains(name)) {
                return k;
            }
        }
        throw new AssertionError("package " + name + " has no place in the order of packages");
    }
}
