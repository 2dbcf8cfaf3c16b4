package io.inferencemetrics.prometheus;

import static io.inferencemetrics.prometheus.Validation.accepts;
import static io.inferencemetrics.prometheus.Validation.rejects;

import org.junit.jupiter.api.Test;

/** What OpenMetrics asks of the samples of one family together: order, timestamps, points, buckets. */
class ValidatingMetricsTest {
    private static final String HISTOGRAM = "# TYPE a histogram";
    private static final String GAUGE_HISTOGRAM = "# TYPE a gaugehistogram";
    private static final String SUMMARY = "# TYPE a summary";
    private static final String INF = "a_bucket{le=\"+Inf\"} 2";

    @Test
    void samplesOfOneMetricStandTogether() {
        accepts(SUMMARY, "a_count{x=\"1\"} 1", "a_sum{x=\"1\"} 1", "a_count{x=\"2\"} 1", "a_sum{x=\"2\"} 1");
        rejects(4, 1, "same labels together", SUMMARY, "a_count{x=\"1\"} 1", "a_count{x=\"2\"} 1", "a_sum{x=\"1\"} 1");
        rejects(4, 1, "same labels together", "# TYPE a gauge", "a 1 1", "a{x=\"1\"} 1 1", "a 1 2");
    }

    @Test
    void theOrderOfLabelsMakesNoOtherMetric() {
        accepts(SUMMARY, "a_count{x=\"1\",y=\"2\"} 1", "a_sum{y=\"2\",x=\"1\"} 1");
        accepts("a{x=\"1\",y=\"2\"} 1", "a{x=\"2\",y=\"1\"} 1", "a{x=\"12\",y=\"\"} 1", "a{x=\"1\"} 1");
        rejects(2, 1, "no sample twice", "a{x=\"1\",y=\"2\"} 1", "a{y=\"2\",x=\"1\"} 1");
        rejects(3, 1, "same labels together", "a{x=\"1\",y=\"2\"} 1", "a 1", "a{y=\"2\",x=\"1\"} 1");
    }

    @Test
    void boundsQuantilesAndStatesAreNoLabelsOfTheMetric() {
        accepts(SUMMARY, "a{quantile=\"0\",x=\"1\"} 1", "a_sum{x=\"1\"} 1", "a{x=\"1\",quantile=\"1\"} 1");
        accepts("# TYPE a stateset", "a{a=\"p\",x=\"1\"} 1", "a{x=\"1\",a=\"q\"} 0", "a{x=\"2\",a=\"p\"} 0");
        rejects(
                4,
                1,
                "same labels together",
                "# TYPE a stateset",
                "a{a=\"p\",x=\"1\"} 1",
                "a{x=\"2\",a=\"p\"} 0",
                "a{a=\"q\",x=\"1\"} 1");
        rejects(3, 1, "no sample twice", "# TYPE a stateset", "a{a=\"p\"} 1", "a{a=\"p\"} 0");
        rejects(3, 1, "no sample twice", SUMMARY, "a{quantile=\"0\"} 1", "a{quantile=\"0\"} 1");
    }

    @Test
    void timestampsOfOneMetricIncrease() {
        accepts("a 1 -2", "a 1 -1.1", "a 1 -1", "a 1 0", "a 1 1", "a 1 1.1", "a{x=\"1\"} 1 0");
        rejects(2, 5, "no timestamp before", "a 1 1", "a 1 0.9");
        rejects(2, 5, "no timestamp before", "a 1 -1", "a 1 -1.1");
        rejects(2, 1, "no sample twice", "a 1 1", "a 1 1");
        rejects(2, 1, "no sample twice", "a 1", "a 1");
    }

    @Test
    void timestampsAreComparedExactly() {
        accepts("a 1 0.0000000000", "a 1 0.0000000001", "a 1 0.0000000010");
        accepts("a 1 12345678901234567890.1", "a 1 12345678901234567890.2", "a 1 1e300");
        rejects(2, 5, "no timestamp before", "a 1 1604676851.1234567891", "a 1 1604676851.1234567890");
        rejects(2, 1, "no sample twice", "a 1 1", "a 1 0010e-1");
        accepts(SUMMARY, "a_count 1 1", "a_sum 1 1.0", "a_count 1 2e0", "a_sum 1 2");
    }

    @Test
    void allSamplesOfAMetricHaveATimestampOrNone() {
        rejects(2, 1, "on all samples", "a 1", "a 1 1");
        rejects(2, 1, "on all samples", "a 1 1", "a 1");
        accepts("a 1", "a{x=\"1\"} 1 1");
    }

    @Test
    void pointsAreNotInterleaved() {
        accepts(SUMMARY, "a_count 1 123", "a_sum 1 123", "a_count 1 456", "a_sum 1 456");
        rejects(4, 9, "no timestamp before", SUMMARY, "a_count 1 123", "a_count 1 456", "a_sum 1 123", "a_sum 1 456");
    }

    @Test
    void theMetricsOfAnInfoCannotBeToldApart() {
        accepts("# TYPE a info", "a_info{x=\"1\"} 1 2", "a_info{x=\"2\"} 1 1", "a_info{x=\"1\"} 1 3");
        rejects(3, 1, "no sample twice", "# TYPE a info", "a_info{x=\"1\"} 1", "a_info{x=\"1\"} 1");
        rejects(3, 1, "no sample twice", "# TYPE a info", "a_info{x=\"1\"} 1 1.00", "a_info{x=\"1\"} 1 1");
        accepts("# TYPE a info", "a_info{x=\"1\"} 1 -0.5", "a_info{x=\"1\"} 1 0.05");
        rejects(3, 1, "on all samples", "# TYPE a info", "a_info{x=\"1\"} 1", "a_info{x=\"2\"} 1 1");
    }

    @Test
    void aCounterHasATotal() {
        accepts("# TYPE a counter", "a_created 1", "a_total 1");
        rejects(2, 1, "_total", "# TYPE a counter", "a_created 1");
        rejects(3, 1, "_total", "# TYPE a counter", "a_total 1", "a_created{x=\"1\"} 1", "b 1");
        rejects(3, 1, "_total", "# TYPE a counter", "a_total 1 1", "a_created 1 2");
    }

    @Test
    void bucketsIncrease() {
        accepts(HISTOGRAM, "a_bucket{le=\"-1e3\"} 0", "a_bucket{le=\"1.1e-4\"} 0", "a_bucket{le=\"1\"} 2", INF);
        rejects(3, 1, "increasing order of le", HISTOGRAM, "a_bucket{le=\"1\"} 0", "a_bucket{le=\"1.0\"} 0", INF);
        rejects(3, 1, "increasing order of le", HISTOGRAM, INF, "a_bucket{le=\"1\"} 0");
        rejects(3, 1, "increasing order of le", HISTOGRAM, INF, INF);
        accepts(HISTOGRAM, INF, "a_bucket{le=\"1\",x=\"1\"} 0", "a_bucket{x=\"1\",le=\"+Inf\"} 0");
    }

    @Test
    void bucketsAreCumulative() {
        accepts(HISTOGRAM, "a_bucket{le=\"1\"} 2", INF);
        rejects(3, 1, "cumulative", HISTOGRAM, "a_bucket{le=\"1\"} 3", INF);
        rejects(3, 1, "cumulative", GAUGE_HISTOGRAM, "a_bucket{le=\"1\"} 3", INF);
        accepts(
                HISTOGRAM,
                "a_bucket{le=\"1\"} 3 1",
                "a_bucket{le=\"+Inf\"} 3 1",
                "a_bucket{le=\"1\"} 1 2",
                "a_bucket{le=\"+Inf\"} 2 2");
    }

    @Test
    void thereIsABucketForAll() {
        accepts(HISTOGRAM, INF);
        rejects(2, 1, "le=\"+Inf\"", HISTOGRAM, "a_bucket{le=\"1\"} 3");
        rejects(3, 1, "le=\"+Inf\"", HISTOGRAM, "a_sum 1", "a_count 1");
        rejects(2, 1, "le=\"+Inf\"", HISTOGRAM, "a_created 1", "b 1");
        rejects(2, 1, "le=\"+Inf\"", GAUGE_HISTOGRAM, "a_bucket{le=\"1\"} 3", "a_bucket{le=\"1\",x=\"1\"} 3");
        rejects(3, 1, "le=\"+Inf\"", HISTOGRAM, "a_bucket{le=\"+Inf\"} 3 1", "a_bucket{le=\"1\"} 3 2");
    }

    @Test
    void sumAndCountComeTogetherAndInAnyPlace() {
        accepts(HISTOGRAM, "a_sum 1", INF, "a_count 2", "a_created 1");
        accepts(GAUGE_HISTOGRAM, "a_gcount 2", "a_gsum 1", INF);
        rejects(3, 1, "if and only if", HISTOGRAM, INF, "a_count 2");
        rejects(3, 1, "if and only if", HISTOGRAM, INF, "a_sum 2");
        rejects(3, 1, "if and only if", GAUGE_HISTOGRAM, INF, "a_gsum 2");
        rejects(3, 1, "if and only if", GAUGE_HISTOGRAM, INF, "a_gcount 2");
        rejects(4, 1, "equals the bucket", HISTOGRAM, INF, "a_count 3", "a_sum 1");
        rejects(4, 1, "equals the bucket", GAUGE_HISTOGRAM, INF, "a_gcount 1", "a_gsum 1");
        rejects(4, 1, "no sample twice", HISTOGRAM, INF, "a_count 2", "a_count 2", "a_sum 1");
    }

    @Test
    void sumsFitTheSignOfTheBuckets() {
        String negative = "a_bucket{le=\"-1\"} 0";
        accepts(HISTOGRAM, negative, INF);
        rejects(5, 1, "no sum where", HISTOGRAM, negative, INF, "a_count 2", "a_sum 1");
        accepts(HISTOGRAM, "a_bucket{le=\"-0.0\"} 0", INF, "a_count 2", "a_sum 1");
        accepts(GAUGE_HISTOGRAM, negative, INF, "a_gcount 2", "a_gsum -1");
        accepts(GAUGE_HISTOGRAM, negative, INF, "a_gcount 2", "a_gsum 1");
        rejects(4, 1, "not negative where", GAUGE_HISTOGRAM, INF, "a_gcount 2", "a_gsum -1");
    }
}
