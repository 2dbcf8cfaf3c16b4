package io.inferencemetrics.snapshot;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.TextMetric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one scrape said, immutable and safe to share between threads.
 *
 * <p>Values are worked out each time they are asked for, from numbers that were copied at the scrape; nothing is read again.
 */
public interface MetricsSnapshot {

    /** Which server was read, when, and what the read cost. */
    ScrapeInfo info();

    /**
     * The whole answer: the value, or what stands in its place and why.
     *
     * @return never null; a metric that the engine does not know is {@link Reading.Absent}
     */
    <T> Reading<T> reading(Metric<T> metric);

    /** The series that a metric's value is made of: one for each rank, model, reason; empty where it has no value. */
    <T> List<Series<T>> series(Metric<T> metric);

    /** The number, in the metric's unit; NaN when the engine does not say. */
    default double value(NumericMetric metric) {
        return reading(metric).optional().orElse(Double.NaN);
    }

    /** The buckets as seen, with sum and count; empty when the engine does not say or nothing was observed. */
    default Optional<HistogramValue> histogram(HistogramMetric metric) {
        return reading(metric).optional();
    }

    /** The text; empty when the engine does not say. */
    default Optional<String> text(TextMetric metric) {
        return reading(metric).optional();
    }

    /** All metrics that can be asked for: the vocabulary, then the engine's own. */
    List<Metric<?>> metrics();

    /** The metric with this name: a canonical one, or one of the engine's own by its name on the wire. */
    Optional<Metric<?>> metric(String name);

    /** The values that a dimension has in this snapshot, such as all ranks. */
    List<String> values(Dimension dimension);

    /**
     * This snapshot seen through one value of a dimension, such as one rank or one model.
     *
     * <p>Series that lack the dimension are left out, so that a rank never borrows what belongs to the whole server.
     */
    MetricsSnapshot where(Dimension dimension, String value);

    /**
     * What each graphics processor says, by its own id or else its number: this snapshot through each value of
     * {@link Dimension#GPU}. Empty where no series has one.
     */
    default Map<String, MetricsSnapshot> devices() {
        Map<String, MetricsSnapshot> devices = new LinkedHashMap<>();
        values(Dimension.GPU).forEach(gpu -> devices.put(gpu, where(Dimension.GPU, gpu)));
        return Collections.unmodifiableMap(devices);
    }

    /** What was found, absent and why, unmapped, foreign. */
    Coverage coverage();

    /** All samples as they stood in the body; empty unless the collector was told to keep them. */
    List<RawSample> rawSamples();

    /** The body byte for byte; empty unless the collector was told to keep it. */
    Optional<byte[]> body();
}
