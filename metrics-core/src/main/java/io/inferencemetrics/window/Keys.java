package io.inferencemetrics.window;

import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.Metric;
import java.math.BigDecimal;

/** The names of what is worked out of a metric over a window. */
final class Keys {
    private Keys() {}

    static Metric<Double> rate(CounterMetric metric) {
        return GaugeMetric.of(
                metric.name() + ".rate",
                metric.unit().perSecond(),
                metric.meaning() + " A second.",
                metric.overRanks());
    }

    static Metric<Double> mean(HistogramMetric metric) {
        return of(metric, "mean");
    }

    /** 0.99 is p99, 0.999 is p99.9. */
    static Metric<Double> quantile(HistogramMetric metric, double q) {
        return of(
                metric,
                "p"
                        + BigDecimal.valueOf(q)
                                .movePointRight(2)
                                .stripTrailingZeros()
                                .toPlainString());
    }

    private static Metric<Double> of(HistogramMetric metric, String what) {
        return GaugeMetric.of(metric.name() + "." + what, metric.unit(), metric.meaning(), metric.overRanks());
    }
}
