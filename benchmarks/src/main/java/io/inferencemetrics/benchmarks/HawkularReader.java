package io.inferencemetrics.benchmarks;

import java.io.ByteArrayInputStream;
import java.util.Map;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.types.Summary;
import org.hawkular.agent.prometheus.walkers.PrometheusMetricsWalker;

/**
 * Reads with Hawkular's prometheus-scraper, the parser in Java that is asked for most.
 *
 * <p>It makes one object of a histogram, whose bounds are numbers then, and takes nothing that has no TYPE line.
 */
final class HawkularReader implements Reader {
    @Override
    public void read(byte[] body, Tally tally) {
        new TextPrometheusMetricsProcessor(new ByteArrayInputStream(body), new Walker(tally)).walk();
    }

    private record Walker(Tally tally) implements PrometheusMetricsWalker {
        @Override
        public void walkStart() {}

        @Override
        public void walkFinish(int families, int metrics) {}

        @Override
        public void walkMetricFamily(MetricFamily family, int index) {}

        @Override
        public void walkCounterMetric(MetricFamily family, Counter counter, int index) {
            tally.add(1, text(counter), counter.getValue());
        }

        @Override
        public void walkGaugeMetric(MetricFamily family, Gauge gauge, int index) {
            tally.add(1, text(gauge), gauge.getValue());
        }

        @Override
        public void walkSummaryMetric(MetricFamily family, Summary summary, int index) {
            tally.add(2, text(summary), summary.getSampleCount() + summary.getSampleSum());
            summary.getQuantiles().forEach(quantile -> tally.add(1, 0, quantile.getValue()));
        }

        @Override
        public void walkHistogramMetric(MetricFamily family, Histogram histogram, int index) {
            tally.add(2, text(histogram), histogram.getSampleCount() + histogram.getSampleSum());
            histogram.getBuckets().forEach(bucket -> tally.add(1, 0, bucket.getCumulativeCount()));
        }

        private static long text(Metric metric) {
            long text = metric.getName().length();
            for (Map.Entry<String, String> label : metric.getLabels().entrySet()) {
                text += label.getKey().length() + label.getValue().length();
            }
            return text;
        }
    }
}
