package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Unit;
import java.time.Instant;
import java.util.Set;

/** How numbers look in JSON: counts as integers, measures with a decimal point, never NaN. */
final class Numbers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final double EXACT_LONGS = 1L << 53;
    private static final Set<Unit> COUNTS =
            Set.of(Unit.ONE, Unit.REQUESTS, Unit.TOKENS, Unit.BLOCKS, Unit.EVENTS, Unit.BYTES);

    private Numbers() {}

    /** A value of a metric: an integer where the metric counts things and the value is integral. */
    static JsonNode of(Metric<?> metric, double value) {
        boolean count = metric instanceof CounterMetric || COUNTS.contains(metric.unit());
        return count ? count(value) : NODES.numberNode(value);
    }

    /** An integer where the value is integral. */
    static JsonNode count(double value) {
        return value == Math.rint(value) && Math.abs(value) < EXACT_LONGS
                ? NODES.numberNode((long) value)
                : NODES.numberNode(value);
    }

    /** A value as it stood in a body; NaN and the infinities in the words of the format. */
    static JsonNode raw(double value) {
        if (Double.isNaN(value)) {
            return NODES.textNode("NaN");
        }
        if (Double.isInfinite(value)) {
            return NODES.textNode(value > 0 ? "+Inf" : "-Inf");
        }
        return count(value);
    }

    /** The reverse of {@link #raw(double)}. */
    static double parseRaw(JsonNode node) {
        return switch (node.asText()) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN" -> Double.NaN;
            default -> node.asDouble();
        };
    }

    /** A time in ISO 8601, UTC. */
    static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
