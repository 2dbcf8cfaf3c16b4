package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.RawSample;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.snapshot.VersionRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what {@link SnapshotJson} wrote. */
final class SnapshotReader {
    private final JsonNode json;
    private final long measuredNanos;
    private final Map<String, Metric<?>> metrics = new LinkedHashMap<>();
    private final Map<String, Reading<?>> readings = new LinkedHashMap<>();
    private final Map<String, List<Series<?>>> series = new LinkedHashMap<>();

    private SnapshotReader(JsonNode json) {
        this.json = json;
        long ageNanos = java.time.Duration.between(Instant.parse(text(json, "time")), Instant.now())
                .toNanos();
        this.measuredNanos = System.nanoTime() - ageNanos;
    }

    static StoredSnapshot read(JsonNode json) {
        SnapshotReader reader = new SnapshotReader(json);
        reader.readMetrics(reader.child(json, "metrics"));
        reader.readMetrics(reader.child(json, "engine_metrics"));
        return new StoredSnapshot(
                reader.info(), reader.metrics, reader.readings, reader.series, reader.coverage(), reader.rawSamples());
    }

    private void readMetrics(JsonNode object) {
        object.properties().forEach(entry -> {
            Metric<?> metric = metric(entry.getKey(), entry.getValue());
            metrics.put(metric.name(), metric);
            readings.put(metric.name(), reading(metric, entry.getValue()));
            series.put(metric.name(), series(metric, entry.getValue()));
        });
    }

    private Metric<?> metric(String name, JsonNode node) {
        Optional<Metric<?>> known = Vocabulary.named(name);
        if (known.isPresent()) {
            return known.get();
        }
        Unit unit = Unit.ofSymbol(text(node, "unit"))
                .orElseThrow(() -> new IllegalArgumentException(name + " has no known unit"));
        return switch (text(node, "kind")) {
            case "counter" -> CounterMetric.of(name, unit, "", Aggregation.SUM);
            case "gauge" -> GaugeMetric.of(name, unit, "", Aggregation.SUM);
            case "ratio" -> RatioMetric.of(name, unit, "", Aggregation.MEAN);
            case "histogram" -> HistogramMetric.of(name, unit, "", Aggregation.SUM);
            case "text" -> TextMetric.of(name, unit, "", Aggregation.SAME);
            default -> throw new IllegalArgumentException(name + " has no known kind");
        };
    }

    private <T> Reading<T> reading(Metric<T> metric, JsonNode node) {
        Provenance provenance = new Provenance(
                node.path("source").asText(""),
                Trust.valueOf(text(node, "trust").toUpperCase(Locale.ROOT)),
                measuredNanos,
                node.path("note").asText(""));
        if (node.has("value")) {
            return new Reading.Value<>(metric, value(metric, node.get("value")), provenance);
        }
        if (node.has("stale")) {
            return new Reading.Stale<>(metric, value(metric, node.get("stale")), provenance);
        }
        if (node.has("absent")) {
            Absence reason = Absence.valueOf(node.get("absent").asText().toUpperCase(Locale.ROOT));
            return new Reading.Absent<>(
                    metric,
                    reason,
                    node.path("detail").asText(""),
                    Optional.ofNullable(node.get("option")).map(JsonNode::asText),
                    Optional.ofNullable(node.get("versions"))
                            .map(JsonNode::asText)
                            .map(VersionRange::parse),
                    provenance);
        }
        return node.has("failed")
                ? new Reading.Failed<>(metric, node.get("failed").asText(), provenance)
                : new Reading.NoObservations<>(metric, provenance);
    }

    private <T> List<Series<?>> series(Metric<T> metric, JsonNode node) {
        List<Series<?>> all = new ArrayList<>();
        for (JsonNode one : node.path("series")) {
            all.add(new Series<>(labels(one), value(metric, child(one, "value"))));
        }
        if (all.isEmpty() && node.has("value")) {
            all.add(new Series<>(Map.of(), value(metric, node.get("value"))));
        }
        return all;
    }

    @SuppressWarnings("unchecked") // the kinds of metric and their types of value are one to one
    private static <T> T value(Metric<T> metric, JsonNode node) {
        if (metric instanceof NumericMetric) {
            return (T) Double.valueOf(Numbers.parseRaw(node));
        }
        return metric instanceof HistogramMetric ? (T) histogram(node) : (T) node.asText();
    }

    private static HistogramValue histogram(JsonNode node) {
        double[] bounds = new double[node.path("bounds").size()];
        long[] counts = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Numbers.parseRaw(node.path("bounds").get(i));
            counts[i] = node.path("counts").path(i).asLong();
        }
        return new HistogramValue(
                bounds,
                counts,
                Numbers.parseRaw(node.path("sum")),
                node.path("count").asLong());
    }

    private ScrapeInfo info() {
        long duration = Math.round(json.path("duration_seconds").asDouble() * 1e9);
        long firstByte = Math.round(json.path("time_to_first_byte_seconds").asDouble() * 1e9);
        long start = measuredNanos - duration;
        return new ScrapeInfo(
                text(json, "target"),
                text(json, "instance_id"),
                text(json, "engine"),
                Instant.parse(text(json, "time")),
                measuredNanos,
                start,
                start + firstByte,
                measuredNanos,
                json.path("bytes").asLong(),
                Optional.ofNullable(json.get("content_type")).map(JsonNode::asText));
    }

    private Coverage coverage() {
        JsonNode node = child(json, "coverage");
        List<Coverage.MissingMetric> absent = readings.values().stream()
                .filter(Reading.Absent.class::isInstance)
                .map(reading -> Coverage.MissingMetric.of((Reading.Absent<?>) reading))
                .toList();
        return new Coverage(
                texts(node, "found"),
                absent,
                texts(node, "unmapped"),
                texts(node, "foreign"),
                VersionRange.parse(node.path("inferred_version").asText("..")),
                node.path("samples").asLong(),
                node.path("duplicate_series").asLong(),
                node.path("skipped_lines").asLong(),
                texts(node, "first_skipped"),
                texts(node, "notes"));
    }

    private List<RawSample> rawSamples() {
        List<RawSample> samples = new ArrayList<>();
        for (JsonNode node : json.path("raw_metrics")) {
            samples.add(new RawSample(
                    text(node, "name"),
                    text(node, "type"),
                    labels(node),
                    Numbers.parseRaw(child(node, "value")),
                    node.has("timestamp")
                            ? OptionalLong.of(
                                    Instant.parse(text(node, "timestamp")).toEpochMilli())
                            : OptionalLong.empty(),
                    Optional.ofNullable(node.get("help")).map(JsonNode::asText)));
        }
        return samples;
    }

    private static Map<String, String> labels(JsonNode node) {
        Map<String, String> labels = new LinkedHashMap<>();
        node.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(JsonNode node, String field) {
        if (!node.hasNonNull(field)) {
            throw new IllegalArgumentException("a snapshot's JSON needs the field '" + field + "'");
        }
        return node.get(field).asText();
    }

    private JsonNode child(JsonNode node, String field) {
        if (!node.has(field)) {
            throw new IllegalArgumentException("a snapshot's JSON needs the field '" + field + "'");
        }
        return node.get(field);
    }
}
