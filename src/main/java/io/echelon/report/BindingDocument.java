package io.echelon.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.echelon.design.Binding;
import io.echelon.design.Schema;
import io.echelon.design.Survey;
import io.echelon.error.EchelonException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link Binding} as one JSON document in one line, and back. A missing element of a matrix is {@code null}. */
public final class BindingDocument {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).serializationInclusion(JsonInclude.Include.ALWAYS)
            .build();

    private record Document(List<Schema.Variable> variables, List<Crossing> crossings, Map<String, Double[][]> matrices,
                            boolean indicators, List<List<List<String>>> random) {}

    private record Crossing(List<String> variables, List<Cell> cells) {}

    private record Cell(List<Object> values, long rows) {}

    private BindingDocument() {}

    /** The document. */
    public static String write(Binding binding) {
        Map<String, Double[][]> matrices = new TreeMap<>();
        binding.matrices().forEach((name, m) -> matrices.put(name, Arrays.stream(m).map(row -> Arrays.stream(row)
                .mapToObj(x -> Double.isNaN(x) ? null : (Double) x).toArray(Double[]::new)).toArray(Double[][]::new)));
        try {
            return MAPPER.writeValueAsString(new Document(binding.schema().variables(), binding.crossings().stream()
                    .map(c -> new Crossing(c.variables(), c.cells().stream()
                            .map(cell -> new Cell(cell.values(), cell.rows())).toList())).toList(),
                    matrices, binding.indicators(), binding.random()));
        } catch (JsonProcessingException x) {
            throw new IllegalStateException("a binding is always JSON", x);
        }
    }

    /**
     * The binding of a document.
     *
     * @throws EchelonException if the text is not such a document
     */
    public static Binding read(String document) {
        try {
            Document d = MAPPER.readValue(document, Document.class);
            Map<String, double[][]> matrices = new TreeMap<>();
            d.matrices().forEach((name, m) -> matrices.put(name, Arrays.stream(m).map(row -> Arrays.stream(row)
                    .mapToDouble(x -> x == null ? Double.NaN : x).toArray()).toArray(double[][]::new)));
            return new Binding(new Schema(d.variables()), d.crossings().stream()
                    .map(c -> new Binding.Crossing(c.variables(), c.cells().stream()
                            .map(cell -> new Survey.Cell(cell.values(), cell.rows())).toList())).toList(),
                    matrices, d.indicators(), d.random());
        } catch (JsonProcessingException x) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "not the binding of a stored fit: "
                    + x.getOriginalMessage() + "; fit the model again", x);
        }
    }
}
