package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.spark.TestSession;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import py4j.reflection.ReflectionEngine;

/** The calls of a PySpark notebook, found by name and arguments as its gateway finds them. */
class PySparkTest {
    private final ReflectionEngine gateway = new ReflectionEngine();

    private Object call(Object on, String method, Object... arguments) {
        return gateway.invoke(on, gateway.getMethod(on, method, arguments), arguments);
    }

    @Test
    void aNotebookFitsADataFrameAndGetsDataFramesBack() {
        SparkSession spark = TestSession.spark();
        Object data = spark.read().option("header", true).option("inferSchema", true).csv("sample-configs/data/sleepstudy.csv");
        Object echelon = gateway.invoke(null, gateway.getMethod(Echelon.class.getName(), "on", new Object[] {spark}), new Object[] {spark});
        Object fit = call(echelon, "fit", data, "mixed reaction days || subject: days, covariance(unstructured)");
        assertTrue(((String) call(fit, "toString")).contains("10.46729"));
        @SuppressWarnings("unchecked")
        Dataset<Row> coefficients = (Dataset<Row>) call(fit, "coefficients");
        assertEquals("days", coefficients.first().getAs("term"));

        Object session = call(echelon, "open", data);
        call(session, "fit", "mixed reaction days || subject:");
        assertTrue(((Optional<?>) call(session, "run", "estat icc")).orElseThrow().toString().contains("subject"));
        call(session, "run", "predict yhat, fitted");
        Dataset<?> predicted = (Dataset<?>) call(session, "data");
        assertEquals("yhat", predicted.columns()[predicted.columns().length - 1]);
    }
}
