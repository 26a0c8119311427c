package io.echelon.command;

import io.echelon.spec.ResidualSpec;
import io.echelon.spec.ResidualSpec.Structure;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads {@code residuals(structure [#] [, by(variable) t(variable)])}. */
final class ResidualReader {
    private static final Choices STRUCTURES = Choices.of("ind:ependent", "ex:changeable", "ar", "ma", "un:structured",
            "ba:nded", "to:eplitz", "exp:onential");
    private static final OptionTable OPTIONS = OptionTable.of("residuals()", "by(varname)", "t(varname)");
    private static final Set<Structure> ORDERED = EnumSet.of(Structure.AR, Structure.MA, Structure.BANDED,
            Structure.TOEPLITZ);
    private static final Set<Structure> TIMELESS = EnumSet.of(Structure.INDEPENDENT, Structure.EXCHANGEABLE);

    private final GivenOptions given;

    ResidualReader(GivenOptions given) {
        this.given = given;
    }

    Optional<ResidualSpec> read() {
        return given.read("residuals", CommandParser::residualType).map(this::spec);
    }

    private ResidualSpec spec(CommandParser.ResidualTypeContext c) {
        CommandText text = given.source();
        String name = STRUCTURES.find(text, c.NAME().getSymbol(), "residuals()");
        Structure structure = ModelOptions.upper(Structure.class, name);
        GivenOptions options = new GivenOptions(text);
        if (c.optionList() != null) {
            c.optionList().option().forEach(o -> options.add(OPTIONS, o));
        }
        if (c.NUMBER() != null && !ORDERED.contains(structure)) {
            throw text.error(c.NUMBER().getSymbol(), name + " residuals take no number");
        }
        Optional<Integer> order = Optional.ofNullable(c.NUMBER())
                .map(n -> Numbers.whole(text, n.getSymbol(), Double.parseDouble(n.getText()), "the order of " + name,
                        structure == Structure.BANDED ? 0 : 1));
        boolean timeless = TIMELESS.contains(structure);
        if (!timeless && !options.has("t")) {
            throw text.error(c.start, name + " residuals need the time variable, as in residuals(" + name + ", t(week))");
        }
        // As in Stata, structures that know no time ignore t().
        return new ResidualSpec(structure, order, options.variable("by"), timeless ? Optional.empty() : options.variable("t"));
    }
}
