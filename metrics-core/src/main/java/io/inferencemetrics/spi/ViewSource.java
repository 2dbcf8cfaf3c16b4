package io.inferencemetrics.spi;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.stream.DoubleStream;

/**
 * The numbers of a snapshot as views of engines show them: absent is NaN throughout.
 *
 * @param snapshot where the numbers come from
 */
public record ViewSource(MetricsSnapshot snapshot) {

    /** The value of a metric. */
    public double value(NumericMetric metric) {
        return snapshot.value(metric);
    }

    /** The value of one of the engine's own metrics, by its name on the wire. */
    public double own(String name) {
        return snapshot.metric(name)
                .filter(NumericMetric.class::isInstance)
                .map(metric -> snapshot.value((NumericMetric) metric))
                .orElse(Double.NaN);
    }

    /** The exact mean of what a histogram observed. */
    public double mean(HistogramMetric metric) {
        return snapshot.histogram(metric).map(HistogramValue::mean).orElse(Double.NaN);
    }

    /** A ratio in percent. */
    public double percent(RatioMetric metric) {
        double ratio = snapshot.value(metric);
        return Double.isNaN(ratio) ? ratio : Math.rint(ratio * 1e12) / 1e10;
    }

    /** The first of several that is not absent. */
    public static double first(double... values) {
        return DoubleStream.of(values)
                .filter(value -> !Double.isNaN(value))
                .findFirst()
                .orElse(Double.NaN);
    }
}
