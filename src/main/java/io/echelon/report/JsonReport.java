package io.echelon.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.echelon.command.CommandReader;
import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.fit.Certificate;
import io.echelon.fit.Clusters;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.GroupSummary;
import io.echelon.fit.Iteration;
import io.echelon.fit.ParameterCovariance;
import io.echelon.fit.QuadratureChange;
import io.echelon.fit.SurvivalSetting;
import io.echelon.fit.Test;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Statement;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fit as one JSON document in one line, and back. Everything is on the estimation scale; a number that does not exist
 * (the standard error of a base level, the degrees of freedom of a z test) is {@code null}. The command is stored as its
 * text: reading a document reads the command again.
 */
public final class JsonReport {
    private static final Set<String> LIKELIHOODS = Set.of("ML", "REML", "QML");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .configure(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS, true)
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .addModule(new SimpleModule()
                    .addSerializer(double.class, new NumberWriter())
                    .addSerializer(Double.class, new NumberWriter())
                    .addSerializer(Column.Status.class, new StatusWriter())
                    .addDeserializer(double.class, new NumberReader())
                    .addDeserializer(Double.class, new NumberReader()))
            .build();

    private JsonReport() {}

    /** The keys of a document, in order. */
    private record Document(String command, String title, long nObs, List<GroupSummary> groups, String method,
                            String integration, double logLikelihood, boolean converged, List<Iteration> iterations,
                            List<Coefficient> coefficients, List<VarianceComponent> varianceComponents,
                            List<VarianceComponent> standardDeviations, List<VarianceComponent> estimationMetric,
                            Tests tests, Vouchers certificate, List<String> notes,
                            Map<String, List<String>> labels, Covariance vcov, String vce, Long clusters,
                            String clusterVariable, List<SurvivalSetting> survival) {}

    /** {@code quadrature} is null where there are no integration points. */
    private record Vouchers(double scaledGradient, boolean hessianDefinite, List<String> boundary,
                            Map<String, Double> boundarySlopes, List<String> warnings, Quadrature quadrature) {
        static Vouchers of(Certificate c) {
            return new Vouchers(c.scaledGradient(), c.hessianDefinite(), c.boundary(), c.slopes(), c.warnings(),
                    c.quadrature().map(Quadrature::of).orElse(null));
        }

        Certificate certificate() {
            return new Certificate(scaledGradient, hessianDefinite, boundary,
                    boundarySlopes == null ? Map.of() : boundarySlopes, warnings,
                    Optional.ofNullable(quadrature).map(Quadrature::change));
        }
    }

    private record Quadrature(List<Integer> points, List<Integer> comparisonPoints, long groups, double logLikelihoodChange,
                              List<QuadratureChange.Estimate> estimates) {
        static Quadrature of(QuadratureChange c) {
            return new Quadrature(c.points(), c.doubled(), c.groups(), c.logLikelihoodChange(), c.estimates());
        }

        QuadratureChange change() {
            return new QuadratureChange(points, groups, logLikelihoodChange, estimates);
        }
    }

    private record Tests(Wald wald, Test.LikelihoodRatio lr) {}

    /** Either {@code chi2} or {@code f} is a number. */
    private record Wald(double chi2, double f, int df, double denominatorDf, double pValue) {}

    private record Covariance(List<String> names, Double[][] matrix) {}

    /** The document, without a line break. */
    public static String write(Estimates e) {
        Document document = new Document(e.spec().text(), e.title(), e.observations(), e.groups(), e.method(),
                LIKELIHOODS.contains(e.method()) ? null : e.method(), e.logLikelihood(), e.converged(), e.iterations(),
                FurtherNames.coefficients(e), FurtherNames.components(e), e.standardDeviations(), e.estimationMetric(),
                new Tests(e.wald().map(JsonReport::wald).orElse(null), e.lr().orElse(null)), Vouchers.of(e.certificate()), e.notes(),
                e.labels(), new Covariance(e.vcov().names(), boxed(e.vcov().matrix())), e.spec().varianceEstimator().text(),
                e.clusters().map(Clusters::n).orElse(null), e.clusters().map(Clusters::variable).orElse(null), e.survival());
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException x) {
            throw new IllegalStateException("a fit is always JSON", x);
        }
    }

    /**
     * The fit of a document.
     *
     * @param document what {@link #write} gave
     * @throws EchelonException if the text is not such a document
     */
    public static Estimates read(String document) {
        Document d;
        try {
            d = MAPPER.readValue(document, Document.class);
        } catch (JsonProcessingException x) {
            throw new EchelonException(EchelonException.Kind.FAILURE,
                    "not a stored fit: " + x.getOriginalMessage() + "; give the output folder of a fit", x);
        }
        if (d.command() == null || d.coefficients() == null || d.vcov() == null || d.tests() == null) {
            throw EchelonException.failure("not a stored fit: the document lacks command, coefficients, tests or vcov;"
                    + " give the output folder of a fit");
        }
        return new Estimates(command(d.command()), d.title(), d.method(), d.nObs(), d.groups(), d.logLikelihood(),
                d.converged(), d.iterations(), FurtherNames.ofTables(d.coefficients()),
                FurtherNames.componentsOfTables(d.varianceComponents()), d.standardDeviations(),
                d.estimationMetric(), new ParameterCovariance(d.vcov().names(), unboxed(d.vcov().matrix())),
                Optional.ofNullable(d.tests().wald()).map(JsonReport::wald), Optional.ofNullable(d.tests().lr()),
                d.certificate().certificate(), d.notes(), d.labels(),
                Optional.ofNullable(d.clusters()).map(n -> new Clusters(d.clusterVariable(), n)),
                d.survival() == null ? List.of() : d.survival());
    }

    private static ModelSpec command(String text) {
        if (CommandReader.read(text) instanceof Statement.Estimation estimation) {
            return estimation.spec();
        }
        throw EchelonException.failure("not a stored fit: \"" + text + "\" is not an estimation command");
    }

    private static Wald wald(Test.Wald w) {
        boolean f = Double.isFinite(w.denominatorDf());
        return new Wald(f ? Double.NaN : w.statistic(), f ? w.statistic() : Double.NaN, w.df(), w.denominatorDf(),
                w.pValue());
    }

    private static Test.Wald wald(Wald w) {
        return new Test.Wald(Double.isNaN(w.f()) ? w.chi2() : w.f(), w.df(), w.denominatorDf(), w.pValue());
    }

    private static Double[][] boxed(double[][] matrix) {
        return Arrays.stream(matrix).map(r -> Arrays.stream(r).boxed().toArray(Double[]::new)).toArray(Double[][]::new);
    }

    private static double[][] unboxed(Double[][] matrix) {
        return Arrays.stream(matrix).map(r -> Arrays.stream(r).mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
    }

    /** NaN and the infinities are not JSON: {@code null}. */
    private static final class NumberWriter extends StdSerializer<Double> {
        NumberWriter() {
            super(Double.class);
        }

        @Override
        public void serialize(Double x, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(x)) {
                json.writeNumber(x);
            } else {
                json.writeNull();
            }
        }
    }

    private static final class NumberReader extends StdDeserializer<Double> {
        NumberReader() {
            super(Double.class);
        }

        @Override
        public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return json.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return Double.NaN;
        }

        @Override
        public Double getAbsentValue(DeserializationContext context) {
            return Double.NaN;
        }
    }

    private static final class StatusWriter extends StdSerializer<Column.Status> {
        StatusWriter() {
            super(Column.Status.class);
        }

        @Override
        public void serialize(Column.Status status, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(status.name().toLowerCase(Locale.ROOT));
        }
    }
}
