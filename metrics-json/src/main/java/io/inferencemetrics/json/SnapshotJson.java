package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.RawSample;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.util.List;

/**
 * A snapshot as JSON: its vocabulary, the engine's own metrics, and the coverage report.
 *
 * <p>The form is {@code collect.schema.json}. Stateless.
 */
public final class SnapshotJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SnapshotJson() {}

    /** The whole snapshot; raw samples only where it has them. */
    public static ObjectNode write(MetricsSnapshot snapshot) {
        ObjectNode json = NODES.objectNode();
        writeInfo(json, snapshot.info());
        writeMetrics(json, snapshot);
        json.set("coverage", coverage(snapshot.coverage()));
        if (!snapshot.rawSamples().isEmpty()) {
            json.set("raw_metrics", rawSamples(snapshot.rawSamples()));
        }
        return json;
    }

    /**
     * The snapshot that {@link #write(MetricsSnapshot)} wrote: the same readings and series, without the body.
     *
     * @throws IllegalArgumentException when the JSON has another form
     */
    public static MetricsSnapshot read(JsonNode json) {
        return SnapshotReader.read(json);
    }

    /** Samples as {@code {name, type, labels, value, timestamp?, help?}}; a value that is no number as text. */
    public static ArrayNode rawSamples(List<RawSample> samples) {
        ArrayNode array = NODES.arrayNode();
        for (RawSample sample : samples) {
            ObjectNode node = array.addObject();
            node.put("name", sample.name());
            node.put("type", sample.type());
            ObjectNode labels = node.putObject("labels");
            sample.labels().forEach(labels::put);
            node.set("value", Numbers.raw(sample.value()));
            sample.timestampMillis().ifPresent(millis -> node.put("timestamp", Numbers.time(millis)));
            sample.help().ifPresent(help -> node.put("help", help));
        }
        return array;
    }

    private static void writeInfo(ObjectNode json, ScrapeInfo info) {
        json.put("target", info.target());
        json.put("instance_id", info.instanceId());
        json.put("engine", info.engine());
        json.put("time", info.time().toString());
        json.put("duration_seconds", info.duration().toNanos() / 1e9);
        json.put("time_to_first_byte_seconds", info.timeToFirstByte().toNanos() / 1e9);
        json.put("bytes", info.bytes());
        info.contentType().ifPresent(type -> json.put("content_type", type));
    }

    private static void writeMetrics(ObjectNode json, MetricsSnapshot snapshot) {
        ObjectNode canonical = json.putObject("metrics");
        ObjectNode own = json.putObject("engine_metrics");
        for (Metric<?> metric : snapshot.metrics()) {
            boolean inVocabulary = Vocabulary.named(metric.name()).isPresent();
            if (inVocabulary || !(snapshot.reading(metric) instanceof Reading.Absent)) {
                (inVocabulary ? canonical : own).set(metric.name(), ReadingJson.write(snapshot, metric));
            }
        }
    }

    private static ObjectNode coverage(Coverage coverage) {
        ObjectNode json = NODES.objectNode();
        json.put("inferred_version", coverage.inferredVersion().toString());
        json.put("samples", coverage.samples());
        json.set("found", texts(coverage.found()));
        ObjectNode absent = json.putObject("absent");
        coverage.absent().forEach(missing -> absent.put(missing.metric().name(), ReadingJson.word(missing.reason())));
        json.set("unmapped", texts(coverage.unmapped()));
        json.set("foreign", texts(coverage.foreign()));
        json.put("duplicate_series", coverage.duplicateSeries());
        json.put("skipped_lines", coverage.skippedLines());
        json.set("first_skipped", texts(coverage.firstSkipped()));
        json.set("notes", texts(coverage.notes()));
        return json;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
