package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Locale;

/**
 * An engine's own view as JSON, in snake case, in the envelope {@code {success, instance_id, timestamp, metrics}}.
 *
 * <p>In this form, and only in it, an absent number is written as 0: its readers expect every field.
 */
public final class ViewJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ViewJson() {}

    /** A view of a snapshot, with its raw samples where the snapshot has them. */
    public static ObjectNode success(MetricsSnapshot snapshot, Record view) {
        String time = snapshot.info().time().toString();
        ObjectNode json = envelope(true, snapshot.info().instanceId(), time);
        ObjectNode metrics = json.putObject("metrics");
        metrics.put("timestamp", time);
        metrics.put("instance_id", snapshot.info().instanceId());
        metrics.put("endpoint", snapshot.info().target());
        metrics.setAll(group(view));
        metrics.set("raw_metrics", SnapshotJson.rawSamples(snapshot.rawSamples()));
        return json;
    }

    /** A read that failed. */
    public static ObjectNode failure(String instanceId, Instant time, String error) {
        ObjectNode json = envelope(false, instanceId, time.toString());
        json.putNull("metrics");
        json.put("error", error);
        return json;
    }

    private static ObjectNode envelope(boolean success, String instanceId, String time) {
        return NODES.objectNode()
                .put("success", success)
                .put("instance_id", instanceId)
                .put("timestamp", time);
    }

    private static ObjectNode group(Record group) {
        ObjectNode json = NODES.objectNode();
        for (RecordComponent component : group.getClass().getRecordComponents()) {
            json.set(snakeCase(component.getName()), node(component, group));
        }
        return json;
    }

    private static JsonNode node(RecordComponent component, Record group) {
        try {
            Object value = component.getAccessor().invoke(group);
            return value instanceof Record inner ? group(inner) : number(component.getName(), (Double) value);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("a view must be a public record in an exported package", e);
        }
    }

    /** Rates, shares and times keep their decimal point; counts lose it where they are whole. */
    private static JsonNode number(String name, double value) {
        double shown = Double.isNaN(value) ? 0 : value;
        boolean measure = name.endsWith("Seconds")
                || name.endsWith("PerSecond")
                || name.endsWith("Perc")
                || name.endsWith("Rate");
        return measure ? NODES.numberNode(shown) : Numbers.count(shown);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
