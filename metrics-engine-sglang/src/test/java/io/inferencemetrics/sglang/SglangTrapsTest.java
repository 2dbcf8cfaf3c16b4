package io.inferencemetrics.sglang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What others get wrong about SGLang's metrics. */
class SglangTrapsTest {
    private static MetricsSnapshot read(String body) {
        return Collectors.forEngine("sglang")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4"))
                .collect("http://test:1");
    }

    private static NumericMetric own(MetricsSnapshot snapshot, String family) {
        return (NumericMetric) snapshot.metric(family).orElseThrow();
    }

    private static Absence absence(MetricsSnapshot snapshot, Metric<?> metric) {
        return ((Reading.Absent<?>) snapshot.reading(metric)).reason();
    }

    @Test
    void theHitRateGaugeIsNotTrustedWhereThereAreCounters() {
        String gauge = "sglang:cache_hit_rate{model_name=\"m\"} 0.0\n";
        Reading<Double> counted = read(gauge + """
                        sglang:prompt_tokens_total{model_name="m"} 400.0
                        sglang:cached_tokens_total{model_name="m"} 100.0
                        """).reading(LlmMetrics.PREFIX_CACHE_HIT_RATIO);
        assertThat(counted.optional()).contains(0.25);
        Reading<Double> alone = read(gauge).reading(LlmMetrics.PREFIX_CACHE_HIT_RATIO);
        assertThat(alone.optional()).contains(0.0);
        assertThat(alone.provenance().trust()).isEqualTo(Trust.DOUBTFUL);
    }

    @Test
    void theFirstHitRateWasPercentAndItsLabelTellsIt() {
        assertThat(read("sglang:cache_hit_rate{name=\"m\"} 10.61\n").value(LlmMetrics.PREFIX_CACHE_HIT_RATIO))
                .isCloseTo(0.1061, within(1e-12));
    }

    @Test
    void usageOverRanksIsWeightedByCapacityAndNeverAdded() {
        MetricsSnapshot s = read("""
                sglang:token_usage{dp_rank="0",model_name="m",tp_rank="0"} 0.9
                sglang:token_usage{dp_rank="1",model_name="m",tp_rank="1"} 0.5
                sglang:max_total_num_tokens{dp_rank="0",model_name="m",tp_rank="0"} 1000.0
                sglang:max_total_num_tokens{dp_rank="1",model_name="m",tp_rank="1"} 3000.0
                """);
        assertThat(s.value(LlmMetrics.KV_USAGE)).isCloseTo(0.6, within(1e-12));
        assertThat(s.value(LlmMetrics.KV_USAGE_MAX)).isEqualTo(0.9);
        assertThat(s.value(LlmMetrics.KV_CAPACITY)).isEqualTo(4000);
    }

    @Test
    void tensorParallelRanksAreCopies() {
        MetricsSnapshot s = read("""
                sglang:num_running_reqs{model_name="m",tp_rank="0"} 5.0
                sglang:num_running_reqs{model_name="m",tp_rank="1"} 5.0
                sglang:queue_time_seconds_bucket{le="1.0",model_name="m",tp_rank="0"} 3.0
                sglang:queue_time_seconds_bucket{le="+Inf",model_name="m",tp_rank="0"} 4.0
                sglang:queue_time_seconds_sum{model_name="m",tp_rank="0"} 2.0
                sglang:queue_time_seconds_count{model_name="m",tp_rank="0"} 4.0
                sglang:queue_time_seconds_bucket{le="1.0",model_name="m",tp_rank="1"} 4.0
                sglang:queue_time_seconds_bucket{le="+Inf",model_name="m",tp_rank="1"} 5.0
                sglang:queue_time_seconds_sum{model_name="m",tp_rank="1"} 2.5
                sglang:queue_time_seconds_count{model_name="m",tp_rank="1"} 5.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(5);
        assertThat(s.histogram(LlmMetrics.QUEUE_TIME).orElseThrow().count()).isEqualTo(4);
    }

    @Test
    void withAttentionInParallelARankOfDataIsNotACopyOfAnother() {
        MetricsSnapshot s = read("""
                sglang:num_running_reqs{dp_rank="0",model_name="m",tp_rank="0"} 5.0
                sglang:num_running_reqs{dp_rank="1",model_name="m",tp_rank="1"} 2.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(7);
        assertThat(s.where(Dimension.RANK, "1").value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(2);
    }

    @Test
    void onTheQueuesTheEmptyPriorityIsTheTotalOfTheOthers() {
        MetricsSnapshot s = read("""
                sglang:num_running_reqs{model_name="m",priority=""} 7.0
                sglang:num_running_reqs{model_name="m",priority="1"} 4.0
                sglang:num_running_reqs{model_name="m",priority="2"} 3.0
                sglang:num_queue_reqs{model_name="m",priority="1"} 1.0
                sglang:num_queue_reqs{model_name="m",priority="2"} 2.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(7);
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(3);
    }

    @Test
    void elsewherePrioritiesAddUp() {
        MetricsSnapshot s = read("""
                sglang:num_requests_total{model_name="m",priority=""} 2.0
                sglang:num_requests_total{model_name="m",priority="1"} 4.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(6);
    }

    @Test
    void streamedAndOtherAnswersAreOneNumber() {
        MetricsSnapshot s = read("""
                sglang:num_requests_total{is_streaming="true",model_name="m"} 2.0
                sglang:num_requests_total{is_streaming="false",model_name="m"} 1.0
                sglang:e2e_request_latency_seconds_bucket{is_streaming="true",le="+Inf",model_name="m"} 2.0
                sglang:e2e_request_latency_seconds_sum{is_streaming="true",model_name="m"} 3.0
                sglang:e2e_request_latency_seconds_count{is_streaming="true",model_name="m"} 2.0
                sglang:e2e_request_latency_seconds_bucket{is_streaming="false",le="+Inf",model_name="m"} 1.0
                sglang:e2e_request_latency_seconds_sum{is_streaming="false",model_name="m"} 1.5
                sglang:e2e_request_latency_seconds_count{is_streaming="false",model_name="m"} 1.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(3);
        assertThat(s.histogram(LlmMetrics.END_TO_END_LATENCY).orElseThrow().sum())
                .isEqualTo(4.5);
    }

    @Test
    void everySourceOfCachedTokensCounts() {
        MetricsSnapshot s = read("""
                sglang:cached_tokens_total{cache_source="device",model_name="m"} 100.0
                sglang:cached_tokens_total{cache_source="host",model_name="m"} 20.0
                sglang:cached_tokens_total{cache_source="total",model_name="m"} 3.0
                """);
        assertThat(s.value(LlmMetrics.CACHED_TOKENS)).isEqualTo(123);
        assertThat(s.value(LlmMetrics.EXTERNAL_PREFIX_CACHE_HITS)).isEqualTo(20);
    }

    @Test
    void aGaugeOfEachProcessIsAddedUp() {
        MetricsSnapshot s = read("""
                sglang:num_retracted_reqs{model_name="m",pid="11"} 1.0
                sglang:num_retracted_reqs{model_name="m",pid="12"} 2.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RETRACTED)).isEqualTo(3);
    }

    @Test
    void gaugesWithBoundsInTheirLabelsAreNoHistogram() {
        MetricsSnapshot s = read("""
                # TYPE sglang:routing_key_running_req_count gauge
                sglang:routing_key_running_req_count{gt="0",le="1",model_name="m"} 3.0
                sglang:routing_key_running_req_count{gt="1",le="2",model_name="m"} 4.0
                """);
        NumericMetric metric = own(s, "sglang:routing_key_running_req_count");
        assertThat(s.series(metric)).hasSize(2);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void occupancyIsPercentAndNotANumberWhereNothingMeasuresIt() {
        assertThat(read("sglang:fwd_occupancy{model_name=\"m\"} 50.0\n").reading(own(read(""), "sglang:fwd_occupancy")))
                .satisfies(reading -> assertThat(reading.optional()).contains(50.0));
        MetricsSnapshot s = read("sglang:fwd_occupancy{model_name=\"m\"} NaN\n");
        assertThat(s.reading(own(s, "sglang:fwd_occupancy")).optional()).isEmpty();
    }

    @Test
    void theNamesBeforeTheFirstPostReleaseAreRead() {
        MetricsSnapshot s = read("""
                sglang:num_requests_running{name="m"} 10.0
                sglang:num_requests_waiting{name="m"} 3.0
                sglang:max_total_num_tokens{name="m"} 39922.0
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(10);
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(3);
        assertThat(s.value(LlmMetrics.KV_CAPACITY)).isEqualTo(39_922);
        assertThat(s.text(LlmMetrics.MODEL_NAME)).contains("m");
        assertThat(s.coverage().inferredVersion()).hasToString("0.3.5..0.3.5");
    }

    @Test
    void namesThatLostTheirColonStillDecode() {
        MetricsSnapshot s =
                read("# TYPE sglang:num_requests counter\nsglang_num_requests_total{model_name=\"m\"} 3.0\n");
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(3);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void theFirstEventOfACounterIsStillToComeOnAServerThatHasTheCounter() {
        MetricsSnapshot s =
                read("sglang:num_running_reqs{model_name=\"m\"} 0.0\nsglang:page_size{model_name=\"m\"} 1.0\n");
        assertThat(absence(s, LlmMetrics.REQUESTS_ABORTED)).isEqualTo(Absence.NOTHING_YET);
        assertThat(s.value(LlmMetrics.REQUESTS_ABORTED)).isNaN();
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isZero();
    }
}
