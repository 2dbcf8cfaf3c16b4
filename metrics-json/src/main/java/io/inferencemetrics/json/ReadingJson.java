package io.inferencemetrics.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Series;
import java.util.List;
import java.util.Locale;

/**
 * One reading as JSON, in the form of {@code collect.schema.json}: exactly one of {@code value}, {@code absent},
 * {@code stale}, {@code failed}, {@code no_observations}.
 */
public final class ReadingJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ReadingJson() {}

    static <T> ObjectNode write(MetricsSnapshot snapshot, Metric<T> metric) {
        ObjectNode json = write(snapshot.reading(metric));
        writeSeries(json, metric, snapshot.series(metric));
        return json;
    }

    /** Writes a reading, with its unit, its trust and, where it has them, its source and note. */
    public static <T> ObjectNode write(Reading<T> reading) {
        Metric<T> metric = reading.metric();
        ObjectNode json = NODES.objectNode();
        if (reading instanceof Reading.Value<T> value) {
            json.set("value", value(metric, value.value()));
        } else if (reading instanceof Reading.Stale<T> stale) {
            json.set("stale", value(metric, stale.lastValue()));
        } else if (reading instanceof Reading.Absent<T> absent) {
            json.put("absent", word(absent.reason()));
            json.put("detail", absent.detail());
            absent.option().ifPresent(option -> json.put("option", option));
            absent.versions().ifPresent(versions -> json.put("versions", versions.toString()));
        } else if (reading instanceof Reading.Failed<T> failed) {
            json.put("failed", failed.message());
        } else {
            json.put("no_observations", true);
        }
        json.put("kind", kind(metric));
        json.put("unit", metric.unit().symbol());
        writeProvenance(json, reading.provenance());
        return json;
    }

    /** An enum's constant as a word of JSON. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a metric: {@code counter}, {@code gauge}, {@code ratio}, {@code histogram} or {@code text}. */
    static String kind(Metric<?> metric) {
        return metric.getClass().getSimpleName().replace("Metric", "").toLowerCase(Locale.ROOT);
    }

    private static void writeProvenance(ObjectNode json, Provenance provenance) {
        if (!provenance.source().isEmpty()) {
            json.put("source", provenance.source());
        }
        json.put("trust", word(provenance.trust()));
        if (!provenance.note().isEmpty()) {
            json.put("note", provenance.note());
        }
    }

    /** A single series without dimensions would only repeat the value. */
    private static <T> void writeSeries(ObjectNode json, Metric<T> metric, List<Series<T>> series) {
        if (series.size() < 2 && series.stream().allMatch(s -> s.dimensions().isEmpty())) {
            return;
        }
        ArrayNode array = json.putArray("series");
        for (Series<T> one : series) {
            ObjectNode node = array.addObject();
            ObjectNode labels = node.putObject("labels");
            one.dimensions().forEach(labels::put);
            node.set("value", value(metric, one.value()));
        }
    }

    private static JsonNode value(Metric<?> metric, Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? Numbers.of(metric, number) : Numbers.raw(number);
        }
        return value instanceof HistogramValue histogram ? histogram(histogram) : NODES.textNode(value.toString());
    }

    private static ObjectNode histogram(HistogramValue histogram) {
        ObjectNode json = NODES.objectNode();
        ArrayNode bounds = json.putArray("bounds");
        ArrayNode counts = json.putArray("counts");
        for (int i = 0; i < histogram.buckets(); i++) {
            bounds.add(Numbers.raw(histogram.upperBound(i)));
            counts.add(histogram.cumulativeCount(i));
        }
        json.set("sum", Numbers.raw(histogram.sum()));
        json.put("count", histogram.count());
        return json;
    }
}
