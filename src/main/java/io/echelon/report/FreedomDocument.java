package io.echelon.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.echelon.error.EchelonException;
import io.echelon.estimate.df.ColumnDf;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.estimate.df.KenwardRogerDf;
import io.echelon.estimate.df.SatterthwaiteDf;
import io.echelon.estimate.df.SmallSample;

/** {@link DenominatorDf} as one JSON document in one line, and back. */
public final class FreedomDocument {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private enum Method { COLUMNS, SATTERTHWAITE, KROGER }

    /** Either {@code df} or {@code sample} is there. */
    private record Document(Method method, double[][] variance, double[] df, SmallSample sample) {}

    private FreedomDocument() {}

    /** The document. */
    public static String write(DenominatorDf freedom) {
        Document document = freedom instanceof ColumnDf c ? new Document(Method.COLUMNS, c.variance(), c.df(), null)
                : freedom instanceof SatterthwaiteDf s ? new Document(Method.SATTERTHWAITE, s.variance(), null, s.sample())
                : new Document(Method.KROGER, freedom.variance(), null, ((KenwardRogerDf) freedom).sample());
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException x) {
            throw new IllegalStateException("degrees of freedom are always JSON", x);
        }
    }

    /**
     * The degrees of freedom of a document.
     *
     * @throws EchelonException if the text is not such a document
     */
    public static DenominatorDf read(String document) {
        try {
            Document d = MAPPER.readValue(document, Document.class);
            return switch (d.method()) {
                case COLUMNS -> new ColumnDf(d.variance(), d.df());
                case SATTERTHWAITE -> new SatterthwaiteDf(d.sample(), d.variance());
                case KROGER -> new KenwardRogerDf(d.sample(), d.variance());
            };
        } catch (JsonProcessingException x) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "not the degrees of freedom of a stored fit: "
                    + x.getOriginalMessage() + "; fit the model again", x);
        }
    }
}
