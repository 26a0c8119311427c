package io.echelon.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.echelon.postestimation.Answer;
import io.echelon.postestimation.Combinations;
import io.echelon.postestimation.Contrasts;
import io.echelon.postestimation.FitTable;
import io.echelon.postestimation.JointTest;
import io.echelon.postestimation.LikelihoodRatioTest;
import io.echelon.postestimation.MarginalEstimates;
import io.echelon.postestimation.PairwiseComparisons;
import io.echelon.postestimation.Predicted;
import io.echelon.postestimation.Redisplayed;
import java.util.List;
import java.util.Map;

/** What a postestimation command gave, as text in the layout of the manual and as JSON. */
public final class AnswerReport {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AnswerReport() {}

    /** The text, every line ended by a newline. */
    public static String text(Answer answer) {
        return answer instanceof Redisplayed again ? TextReport.of(again.estimates()) : String.join("\n", lines(answer)) + "\n";
    }

    private static List<String> lines(Answer answer) {
        if (answer instanceof LikelihoodRatioTest a) {
            return TestText.of(a);
        }
        if (answer instanceof JointTest a) {
            return TestText.of(a);
        }
        if (answer instanceof Combinations a) {
            return EffectTable.of(a);
        }
        if (answer instanceof Predicted a) {
            return PredictedText.of(a);
        }
        if (answer instanceof MarginalEstimates a) {
            return MarginsText.of(a);
        }
        if (answer instanceof Contrasts a) {
            return ContrastText.of(a);
        }
        if (answer instanceof PairwiseComparisons a) {
            return ContrastText.of(a);
        }
        if (answer instanceof FitTable a) {
            return FitTableText.of(a);
        }
        return EstatText.of(answer);
    }

    /**
     * One JSON document in one line: {@code command}, {@code rows}, and the keys of its own. A number that does not exist is
     * {@code null}.
     *
     * @param command the command as typed
     */
    public static String json(String command, Answer answer) {
        ObjectNode document = NODES.objectNode();
        document.put("command", command);
        ArrayNode rows = document.putArray("rows");
        for (Answer.Row r : answer.rows()) {
            ObjectNode row = rows.addObject();
            row.put("term", r.term());
            row.set("estimate", node(r.estimate()));
            row.set("std_error", node(r.stdError()));
            row.set("statistic", node(r.statistic()));
            row.set("df", node(r.df()));
            row.set("p_value", node(r.pValue()));
            row.set("conf_low", node(r.confLow()));
            row.set("conf_high", node(r.confHigh()));
        }
        answer.values().forEach((key, value) -> document.set(key, node(value)));
        return document.toString();
    }

    private static JsonNode node(Object value) {
        if (value instanceof Double d) {
            return Double.isFinite(d) ? NODES.numberNode(d) : NODES.nullNode();
        }
        if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Boolean b) {
            return NODES.booleanNode(b);
        }
        if (value instanceof double[] numbers) {
            ArrayNode array = NODES.arrayNode();
            for (double d : numbers) {
                array.add(node(d));
            }
            return array;
        }
        if (value instanceof double[][] matrix) {
            ArrayNode array = NODES.arrayNode();
            for (double[] row : matrix) {
                array.add(node(row));
            }
            return array;
        }
        if (value instanceof Iterable<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(v -> array.add(node(v)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((k, v) -> object.set(k.toString(), node(v)));
            return object;
        }
        return value == null ? NODES.nullNode() : NODES.textNode(value.toString());
    }
}
