package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What others get wrong about vLLM's metrics. */
class VllmTrapsTest {
    private static MetricsSnapshot read(String body) {
        return Collectors.forEngine("vllm")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4"))
                .collect("http://test:1");
    }

    private static Absence absence(MetricsSnapshot snapshot, Metric<?> metric) {
        return ((Reading.Absent<?>) snapshot.reading(metric)).reason();
    }

    @Test
    void theQueueIsNotAddedToItsOwnSplitByReason() {
        MetricsSnapshot s = read("""
                vllm:num_requests_waiting{engine="0",model_name="m"} 5
                vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 3
                vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="deferred"} 2
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(5);
        NumericMetric byReason =
                (NumericMetric) s.metric("vllm:num_requests_waiting_by_reason").orElseThrow();
        assertThat(s.series(byReason)).hasSize(2);
    }

    @Test
    void iterationTokensTotalIsAHistogram() {
        MetricsSnapshot s = read("""
                # TYPE vllm:iteration_tokens_total histogram
                vllm:iteration_tokens_total_bucket{engine="0",le="8.0"} 3.0
                vllm:iteration_tokens_total_bucket{engine="0",le="+Inf"} 4.0
                vllm:iteration_tokens_total_count{engine="0"} 4.0
                vllm:iteration_tokens_total_sum{engine="0"} 40.0
                vllm:iteration_tokens_total_created{engine="0"} 1.7e9
                """);
        HistogramMetric metric =
                (HistogramMetric) s.metric("vllm:iteration_tokens_total").orElseThrow();
        assertThat(s.histogram(metric).orElseThrow().count()).isEqualTo(4);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void aHitRateOfMinusOneMeansThatCachingIsOff() {
        MetricsSnapshot s = read("# TYPE vllm:gpu_prefix_cache_hit_rate gauge\nvllm:gpu_prefix_cache_hit_rate -1.0\n");
        assertThat(absence(s, LlmMetrics.PREFIX_CACHE_HIT_RATIO)).isEqualTo(Absence.SWITCHED_OFF);
    }

    @Test
    void beforeTheFirstRequestV0HasNoHistogramsAndThatIsNotZero() {
        MetricsSnapshot s = read("vllm:num_requests_swapped{model_name=\"m\"} 0.0\nvllm:cpu_cache_usage_perc 0.0\n");
        assertThat(absence(s, LlmMetrics.TIME_TO_FIRST_TOKEN)).isEqualTo(Absence.NOTHING_YET);
        assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN)).isEmpty();
    }

    @Test
    void withSeveralApiServersGaugesComeWithTheFirstRequest() {
        MetricsSnapshot s = read("""
                # TYPE vllm:num_requests_running gauge
                # TYPE vllm:num_requests_waiting gauge
                # TYPE vllm:kv_cache_usage_perc gauge
                # TYPE vllm:prompt_tokens_cached_total counter
                vllm:prompt_tokens_cached_total{engine="0",model_name="m"} 0.0
                vllm:prompt_tokens_cached_total{engine="1",model_name="m"} 0.0
                # TYPE vllm:prompt_tokens_total counter
                vllm:prompt_tokens_total{engine="0",model_name="m"} 0.0
                vllm:prompt_tokens_total{engine="1",model_name="m"} 0.0
                """);
        assertThat(absence(s, LlmMetrics.REQUESTS_RUNNING)).isEqualTo(Absence.NOTHING_YET);
        assertThat(absence(s, LlmMetrics.REQUESTS_WAITING)).isEqualTo(Absence.NOTHING_YET);
        assertThat(absence(s, LlmMetrics.KV_USAGE)).isEqualTo(Absence.NOTHING_YET);
        assertThat(s.text(LlmMetrics.MODEL_NAME)).contains("m");
    }

    @Test
    void ofTwoNamesForTheKvUsageOneIsRead() {
        MetricsSnapshot s =
                read("vllm:kv_cache_usage_perc{engine=\"0\"} 0.25\nvllm:gpu_cache_usage_perc{engine=\"0\"} 0.25\n");
        assertThat(s.value(LlmMetrics.KV_USAGE)).isEqualTo(0.25);
    }

    @Test
    void withDataParallelRanksTheBlocksAreAlreadyTheSumAndTheCapacityIsNot() {
        String ranks = """
                vllm:kv_cache_usage_perc{engine="0",model_name="m"} 0.1
                vllm:kv_cache_usage_perc{engine="1",model_name="m"} 0.3
                """;
        MetricsSnapshot blocks = read(ranks
                + "vllm:cache_config_info{engine=\"0\",block_size=\"16\",num_gpu_blocks=\"200\"} 1.0\n"
                + "vllm:cache_config_info{engine=\"1\",block_size=\"16\",num_gpu_blocks=\"200\"} 1.0\n");
        assertThat(blocks.value(LlmMetrics.KV_CAPACITY)).isEqualTo(3200);
        assertThat(blocks.value(LlmMetrics.KV_USAGE)).isCloseTo(0.2, within(1e-12));
        MetricsSnapshot sizes = read(ranks
                + "vllm:cache_config_info{engine=\"0\",block_size=\"16\",kv_cache_size_tokens=\"1600\"} 1.0\n"
                + "vllm:cache_config_info{engine=\"1\",block_size=\"16\",kv_cache_size_tokens=\"4800\"} 1.0\n");
        assertThat(sizes.value(LlmMetrics.KV_CAPACITY)).isEqualTo(6400);
        assertThat(sizes.value(LlmMetrics.KV_USAGE)).isCloseTo(0.25, within(1e-12));
        assertThat(sizes.value(LlmMetrics.KV_USAGE_MAX)).isEqualTo(0.3);
        assertThat(sizes.values(Dimension.RANK)).containsExactly("0", "1");
    }

    @Test
    void theValueOfTheLoraInfoIsATimeAndTheNewestListCounts() {
        MetricsSnapshot s = read("""
                vllm:lora_requests_info{max_lora="2",running_lora_adapters="a",waiting_lora_adapters=""} 1.79e9
                vllm:lora_requests_info{max_lora="2",running_lora_adapters="a,b",waiting_lora_adapters="c"} 1.8e9
                """);
        assertThat(s.value(LlmMetrics.LORA_RUNNING)).isEqualTo(2);
        assertThat(s.value(LlmMetrics.LORA_WAITING)).isEqualTo(1);
        assertThat(s.value(LlmMetrics.LORA_MAX)).isEqualTo(2);
        assertThat(s.where(Dimension.ADAPTER, "b").value(LlmMetrics.LORA_RUNNING))
                .isEqualTo(1);
    }

    @Test
    void createdBelongsToItsFamily() {
        MetricsSnapshot s = read("""
                # TYPE vllm:prompt_tokens_total counter
                vllm:prompt_tokens_total{engine="0"} 4.0
                # TYPE vllm:prompt_tokens_created gauge
                vllm:prompt_tokens_created{engine="0"} 1.79e9
                """);
        assertThat(s.coverage().unmapped()).isEmpty();
        assertThat(s.coverage().found()).containsExactly("vllm:prompt_tokens_total");
    }

    @Test
    void aFamilyWithoutTheRankStandsBesideFamiliesWithIt() {
        MetricsSnapshot s = read("""
                vllm:num_requests_running{engine="0",model_name="m"} 1
                vllm:num_requests_running{engine="1",model_name="m"} 2
                vllm:admission_rejections_total{model_name="m",reason="queue_full"} 7
                """);
        NumericMetric rejections =
                (NumericMetric) s.metric("vllm:admission_rejections_total").orElseThrow();
        assertThat(s.value(rejections)).isEqualTo(7);
        assertThat(s.where(Dimension.RANK, "0").value(rejections)).isNaN();
    }

    @Test
    void theAbortCounterThatNeverCountsSaysSo() {
        MetricsSnapshot s = read("vllm:request_success_total{engine=\"0\",finished_reason=\"abort\"} 0.0\n");
        assertThat(s.reading(LlmMetrics.REQUESTS_ABORTED).provenance().note()).contains("client");
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isNaN();
    }

    @Test
    void duplicatesDoNotCountTwiceAndInterleavedFamiliesAreWhole() {
        MetricsSnapshot s = read("""
                vllm:num_requests_running{engine="0"} 1
                vllm:prompt_tokens_total{engine="0"} 10
                vllm:num_requests_running{engine="1"} 2
                vllm:num_requests_running{engine="0"} 1
                vllm:prompt_tokens_total{engine="1"} 20
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(3);
        assertThat(s.value(LlmMetrics.PROMPT_TOKENS)).isEqualTo(30);
        assertThat(s.coverage().duplicateSeries()).isEqualTo(1);
    }

    @Test
    void rayAndNimSpellTheSameNamesTheirOwnWay() {
        assertThat(read("ray_vllm_num_requests_running{model_name=\"m\",WorkerId=\"w\"} 4\n")
                        .value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(4);
        assertThat(read("ray_vllm:num_requests_running{model_name=\"m\"} 4\n").value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(4);
        assertThat(read("num_requests_running{model_name=\"m\"} 4\nrequest_success_total 9\n")
                        .value(LlmMetrics.REQUESTS_SUCCESS))
                .isEqualTo(9);
    }

    @Test
    void namesThatLostTheirColonStillDecode() {
        MetricsSnapshot s =
                read("# TYPE vllm:generation_tokens counter\nvllm_generation_tokens_total{engine=\"0\"} 12.0\n");
        assertThat(s.value(LlmMetrics.GENERATED_TOKENS)).isEqualTo(12);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void withStatisticsOffEverythingIsAbsentForThatReason() {
        MetricsSnapshot s = read(
                "http_requests_total{handler=\"/v1/completions\",method=\"POST\",status=\"2xx\"} 3.0\npython_info 1.0\n");
        assertThat(absence(s, LlmMetrics.REQUESTS_RUNNING)).isEqualTo(Absence.STATISTICS_OFF);
        assertThat(s.coverage().foreign()).contains("python_info");
    }

    @Test
    void theNamesTellTheVersion() {
        assertThat(read("vllm:gpu_cache_usage_perc 0.1\nvllm:kv_cache_usage_perc 0.1\n")
                        .coverage()
                        .inferredVersion())
                .hasToString("0.9.2..0.11.2");
    }
}
