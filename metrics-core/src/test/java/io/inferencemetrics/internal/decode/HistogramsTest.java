package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import org.junit.jupiter.api.Test;

/** How samples become histograms. */
class HistogramsTest {
    private static Absence absence(String body, Metric<?> metric) {
        Reading<?> reading = snapshot(body).reading(metric);
        assertThat(reading).isInstanceOf(Reading.Absent.class);
        return ((Reading.Absent<?>) reading).reason();
    }

    private static final String TWO_PARTS = """
            eng:ttft_seconds_bucket{streaming="true",le="0.5"} 1
            eng:ttft_seconds_bucket{streaming="true",le="+Inf"} 2
            eng:ttft_seconds_count{streaming="true"} 2
            eng:ttft_seconds_sum{streaming="true"} 1.5
            eng:ttft_seconds_sum{streaming="false"} 0.25
            eng:ttft_seconds_bucket{streaming="false",le="+Inf"} 1
            eng:ttft_seconds_bucket{streaming="false",le="0.5"} 1
            eng:ttft_seconds_count{streaming="false"} 1
            """;

    @Test
    void partsMergeBucketByBucket() {
        HistogramValue ttft =
                snapshot(TWO_PARTS).histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow();
        assertThat(ttft)
                .isEqualTo(
                        new HistogramValue(new double[] {0.5, Double.POSITIVE_INFINITY}, new long[] {2, 3}, 1.75, 3));
        assertThat(ttft.mean()).isCloseTo(1.75 / 3, within(1e-12));
    }

    @Test
    void ofCopiesTheLowestRankIsTaken() {
        MetricsSnapshot s = snapshot("""
                eng:ttft_seconds_count{tp_rank="10"} 9
                eng:ttft_seconds_count{tp_rank="2"} 3
                """);
        assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow().count())
                .isEqualTo(3);
    }

    @Test
    void ranksWithOtherBoundsMergeOverTheCommonOnesAndSaySo() {
        MetricsSnapshot s = snapshot("""
                eng:ttft_seconds_bucket{rank="0",le="1"} 1
                eng:ttft_seconds_bucket{rank="0",le="2"} 2
                eng:ttft_seconds_bucket{rank="0",le="+Inf"} 2
                eng:ttft_seconds_bucket{rank="1",le="2"} 5
                eng:ttft_seconds_bucket{rank="1",le="+Inf"} 6
                """);
        HistogramValue merged = s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow();
        assertThat(merged.buckets()).isEqualTo(2);
        assertThat(merged.cumulativeCount(0)).isEqualTo(7);
        assertThat(merged.count()).isEqualTo(8);
        assertThat(s.reading(LlmMetrics.TIME_TO_FIRST_TOKEN).provenance().trust())
                .isEqualTo(Trust.APPROXIMATE);
    }

    @Test
    void partsOfOneSeriesWithOtherBoundsSayThatTheyWereLeftOutToo() {
        MetricsSnapshot s = snapshot(TWO_PARTS + "eng:ttft_seconds_bucket{streaming=\"true\",le=\"1\"} 1\n");
        assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow().buckets())
                .isEqualTo(2);
        assertThat(s.reading(LlmMetrics.TIME_TO_FIRST_TOKEN).provenance().trust())
                .isEqualTo(Trust.APPROXIMATE);
    }

    @Test
    void unitsAreConverted() {
        HistogramValue e2e = snapshot(
                        "eng:e2e_ms_bucket{le=\"500\"} 1\neng:e2e_ms_bucket{le=\"+Inf\"} 1\neng:e2e_ms_sum 400\n")
                .histogram(LlmMetrics.END_TO_END_LATENCY)
                .orElseThrow();
        assertThat(e2e.upperBound(0)).isEqualTo(0.5);
        assertThat(e2e.sum()).isEqualTo(0.4);
    }

    @Test
    void nothingObservedIsNeitherZeroNorAbsent() {
        MetricsSnapshot s = snapshot("eng:ttft_seconds_bucket{le=\"+Inf\"} 0\neng:ttft_seconds_count 0\n");
        assertThat(s.reading(LlmMetrics.TIME_TO_FIRST_TOKEN)).isInstanceOf(Reading.NoObservations.class);
        assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN)).isEmpty();
    }

    @Test
    void theSumOfAHistogramCanBeACounter() {
        assertThat(snapshot("eng:length_sum 42\neng:length_count 2\n").value(LlmMetrics.PROMPT_TOKENS))
                .isEqualTo(42);
    }

    @Test
    void aBareNumberUnderAHistogramsNameIsNotAHistogram() {
        String body = "eng:ttft_seconds 0.025\n";
        assertThat(absence(body, LlmMetrics.TIME_TO_FIRST_TOKEN)).isEqualTo(Absence.WRONG_KIND);
        MetricsSnapshot s = snapshot(body);
        assertThat(s.value((GaugeMetric) s.metric("eng:ttft_seconds").orElseThrow()))
                .isEqualTo(0.025);
    }

    @Test
    void theCountOfAHistogramCanBeACounter() {
        assertThat(snapshot("eng:length_sum 42\neng:length_count 2\n").value(LlmMetrics.REQUESTS_RECEIVED))
                .isEqualTo(2);
    }

    @Test
    void bucketsWithoutAReadableBoundAreLeftOut() {
        HistogramValue ttft =
                snapshot("""
                eng:ttft_seconds_bucket{le="-Inf"} 0
                eng:ttft_seconds_bucket{le="half"} 1
                eng:ttft_seconds_bucket 1
                eng:ttft_seconds_bucket{le="+Inf"} 2
                """).histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow();
        assertThat(ttft.buckets()).isEqualTo(2);
        assertThat(ttft.upperBound(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ttft.count()).isEqualTo(2);
    }

    @Test
    void aSumAloneIsNoHistogram() {
        assertThat(snapshot("eng:ttft_seconds_sum 2\n").histogram(LlmMetrics.TIME_TO_FIRST_TOKEN))
                .isEmpty();
    }
}
