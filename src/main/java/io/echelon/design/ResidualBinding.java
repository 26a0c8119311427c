package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.residual.Ar;
import io.echelon.residual.Banded;
import io.echelon.residual.Exchangeable;
import io.echelon.residual.Exponential;
import io.echelon.residual.Independent;
import io.echelon.residual.Ma;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import io.echelon.residual.Toeplitz;
import io.echelon.residual.Unstructured;
import io.echelon.spec.ResidualSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/** Binds {@code residuals()}: finds the categories of {@code by()} and the times that occur. */
final class ResidualBinding {
    /** Numbers that the derivatives of the inverse of an unstructured matrix may take. */
    private static final long MOST_NUMBERS = 1L << 25;

    private final ResidualSpec spec;
    private final List<Object> categories;
    private final double[] times;

    /**
     * @param complete variables that must not be missing
     */
    ResidualBinding(ResidualSpec spec, Survey survey, List<String> complete) {
        this.spec = spec;
        List<List<String>> asked = new ArrayList<>();
        spec.by().ifPresent(v -> asked.add(List.of(v)));
        boolean needsTimes = switch (spec.structure()) {
            case UNSTRUCTURED, BANDED, TOEPLITZ, EXPONENTIAL -> true;
            case AR, MA -> spec.order().orElse(1) > 1;
            default -> false;
        };
        if (needsTimes) {
            asked.add(List.of(spec.time().orElseThrow()));
        }
        List<List<Survey.Cell>> answers = asked.isEmpty() ? List.of() : survey.observe(asked, complete);
        categories = spec.by().isEmpty() ? List.of() : answers.get(0).stream().map(c -> c.values().get(0)).sorted().toList();
        times = !needsTimes ? new double[0] : answers.get(answers.size() - 1).stream()
                .mapToDouble(c -> (Double) c.values().get(0)).sorted().toArray();
    }

    /** Labels of the variable of {@code by()} if it holds strings. */
    Optional<List<String>> labels() {
        return categories.stream().anyMatch(String.class::isInstance)
                ? Optional.of(categories.stream().map(Object::toString).toList()) : Optional.empty();
    }

    /** The residuals of the design. */
    Residuals bind(ToIntFunction<String> source) {
        int count = Math.max(1, categories.size());
        Residual structure = structure();
        List<Residual> structures = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            structures.add(structure);
        }
        boolean text = labels().isPresent();
        double[] values = new double[categories.size()];
        Arrays.setAll(values, c -> text ? c + 1 : (Double) categories.get(c));
        List<String> names = categories.stream()
                .map(c -> text ? c.toString() : FactorColumns.number((Double) c)).toList();
        ResidualModel model = new ResidualModel(structures,
                spec.by().map(v -> new ResidualModel.By(v, names)).orElse(null), spec.time().orElse(null));
        return new Residuals(model, index(spec.time(), source), index(spec.by(), source), values);
    }

    private static OptionalInt index(Optional<String> variable, ToIntFunction<String> source) {
        return variable.isPresent() ? OptionalInt.of(source.applyAsInt(variable.get())) : OptionalInt.empty();
    }

    private Residual structure() {
        return switch (spec.structure()) {
            case INDEPENDENT -> new Independent();
            case EXCHANGEABLE -> new Exchangeable();
            case AR -> new Ar(spannedOrder());
            case MA -> new Ma(spannedOrder());
            case UNSTRUCTURED -> held(new Unstructured(severalTimes()));
            case BANDED -> held(new Banded(severalTimes(), spec.order().orElse(times.length - 1)));
            case TOEPLITZ -> new Toeplitz((int) Math.min(spec.order().orElse(Integer.MAX_VALUE), span()));
            case EXPONENTIAL -> new Exponential(span() / (times.length - 1));
        };
    }

    /** An order that some two rows are as far apart as. */
    private int spannedOrder() {
        int order = spec.order().orElse(1);
        if (order > 1 && order > span()) {
            throw EchelonException.misuse("residuals(" + name() + " " + order + "): the times of t("
                    + spec.time().orElseThrow() + ") are at most " + FactorColumns.number(span())
                    + " apart; choose an order of no more than that");
        }
        return order;
    }

    private double[] severalTimes() {
        if (times.length < 2) {
            throw EchelonException.misuse("t(" + spec.time().orElseThrow() + ") has " + times.length + " value in the"
                    + " estimation sample: residuals(" + name() + ") needs two or more; use residuals(independent)");
        }
        return times;
    }

    private double span() {
        return severalTimes()[times.length - 1] - times[0];
    }

    private String name() {
        return spec.structure().name().toLowerCase(Locale.ROOT);
    }

    private Residual held(Residual structure) {
        long inverse = (long) times.length * (times.length + 1) / 2;
        long m = structure.parameters();
        long derivatives = m > 10_000 ? Long.MAX_VALUE / inverse : 1 + m + m * (m + 1) / 2;
        if (inverse * derivatives > MOST_NUMBERS) {
            throw EchelonException.misuse("t(" + spec.time().orElseThrow() + ") has " + times.length + " values, which makes "
                    + m + " parameters of residuals(" + name() + "), more than can be held; use fewer times,"
                    + " or a structure of few parameters such as ar 1, toeplitz 2 or exponential");
        }
        return structure;
    }
}
