package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VariantTest {
    private static String text(SimulatedEngine engine) {
        return engine.clock(new ManualClock()).metricsText();
    }

    private static Body body(SimulatedEngine engine) {
        return Body.of(text(engine));
    }

    @Test
    void dataParallelVllmsTogetherHaveAllRequests() {
        Body body = body(SimulatedEngine.vllm().busy().dataParallel(3));
        double answered = body.sum("http_requests_total", "status", "2xx");
        double finished = body.sum("vllm:request_success_total");

        assertThat(body.sum("http_requests_total")).isEqualTo(body.sum("http_request_duration_highr_seconds_count"));
        assertThat(body.sum("vllm:e2e_request_latency_seconds_count")).isEqualTo(finished);
        assertThat(answered).isBetween(finished + 1, finished * 1.05);
        assertThat(body.sum("vllm:time_to_first_token_seconds_count") - answered)
                .as("requests whose first token has come and that run")
                .isBetween(0.0, body.sum("vllm:num_requests_running"));
        for (String rank : new String[] {"0", "1", "2"}) {
            double prompt = body.sum("vllm:prompt_tokens_total", "engine", rank);
            assertThat(prompt).isPositive().isLessThan(body.sum("vllm:prompt_tokens_total"));
        }
    }

    @Test
    void dataParallelSglangsAreCountedTogetherByTheirFrontEnd() {
        Body body = body(SimulatedEngine.sglang().busy().dataParallel(2));

        assertThat(body.sum("sglang:queue_time_seconds_count"))
                .isEqualTo(body.sum("sglang:num_requests_total") + body.sum("sglang:num_running_reqs"));
        assertThat(body.sum("sglang:num_running_reqs", "dp_rank", "1")).isPositive();
        assertThat(body.sum("sglang:http_requests_active", "endpoint", "/v1/chat/completions"))
                .isEqualTo(body.sum("sglang:num_running_reqs") + body.sum("sglang:num_queue_reqs"));
        assertThat(text(SimulatedEngine.sglang().idle().dataParallel(2)))
                .contains(
                        "sglang:num_requests_total{engine_type=\"unified\",is_streaming=\"false\",model_name=\"simulated-8b\"} 2.0\n");
    }

    @Test
    void aTensorParallelRankRepeatsWhatEveryProcessKnowsAndNothingElse() {
        Body body = body(SimulatedEngine.sglang().busy().tensorParallel(2));

        assertThat(body.sum("sglang:queue_time_seconds_count", "tp_rank", "1"))
                .isPositive()
                .isEqualTo(body.sum("sglang:queue_time_seconds_count", "tp_rank", "0"));
        assertThat(body.series().keySet())
                .noneMatch(series -> series.startsWith("sglang:num_running_reqs") && series.contains("tp_rank=1"))
                .noneMatch(series -> series.startsWith("sglang:num_running_reqs") && series.contains("dp_rank"));
        assertThat(body.sum("sglang:prefill_effective_tokens_total", "tp_rank", "1"))
                .isZero();
        assertThat(body.has("sglang:prefill_effective_tokens_total")).isTrue();
    }

    @Test
    void withAttentionInParallelARankIsOfBothKinds() {
        String text = text(SimulatedEngine.sglang().busy().attentionParallel(2));

        assertThat(text.lines().filter(line -> line.startsWith("sglang:num_running_reqs{")))
                .hasSize(2)
                .anyMatch(line -> line.contains("dp_rank=\"0\"") && line.contains("tp_rank=\"0\""))
                .anyMatch(line -> line.contains("dp_rank=\"1\"") && line.contains("tp_rank=\"1\""));
        assertThat(text.lines().filter(line -> line.startsWith("sglang:evicted_tokens_total{")))
                .anyMatch(line -> line.contains("dp_rank=\"1\""));
    }

    @Test
    void severalFrontEndsShowNeitherCreationTimesNorAProcess() {
        String text = text(SimulatedEngine.vllm().multiProcess());

        assertThat(text).doesNotContain("_created", "process_", "python_").contains("engine=\"0\"");
        assertThat(text.indexOf("# TYPE vllm:request_success_total"))
                .isGreaterThan(text.indexOf("# TYPE vllm:e2e_request_latency_seconds"));
    }

    @Test
    void severalFrontEndsOfAnEarlyV1EachShowTheCache() {
        assertThat(text(SimulatedEngine.vllm("0.11").multiProcess())
                        .lines()
                        .filter(line -> line.startsWith("vllm:kv_cache_usage_perc{")))
                .hasSize(2)
                .allMatch(line -> line.contains("pid=\""));
    }

    @Test
    void clientsThatHangUpShowInFirstTokensButNotAmongThoseThatEnded() {
        Body body = body(SimulatedEngine.vllm().hangUps(0.5));

        assertThat(body.sum("vllm:request_success_total", "finished_reason", "abort"))
                .isZero();
        assertThat(body.sum("vllm:time_to_first_token_seconds_count"))
                .isGreaterThan(1.5 * body.sum("vllm:request_success_total"));
        assertThat(body.sum("http_requests_total", "status", "2xx"))
                .isGreaterThan(1.5 * body.sum("vllm:request_success_total"));
    }

    @Test
    void aFullCachePreemptsAndWhatWasGeneratedCountsOnce() {
        Body body = body(SimulatedEngine.vllm().requestsPerSecond(20));

        assertThat(body.sum("vllm:num_preemptions_total")).isPositive();
        assertThat(body.sum("vllm:request_num_preemptions_sum")).isBetween(1.0, body.sum("vllm:num_preemptions_total"));
        assertThat(body.sum("vllm:iteration_tokens_total_sum"))
                .isEqualTo(body.sum("vllm:prompt_tokens_by_source_total", "source", "local_compute")
                        + body.sum("vllm:inter_token_latency_seconds_count"));
        assertThat(body.sum("vllm:generation_tokens_total"))
                .isEqualTo(body.sum("vllm:inter_token_latency_seconds_count")
                        + body.sum("vllm:time_to_first_token_seconds_count"));
        assertThat(body.sum("vllm:kv_cache_usage_perc")).isBetween(0.5, 1.0);
    }

    @Test
    void combinationsOfAdaptersStayWithTheTimeTheyWereLastSeen() {
        ManualClock clock = new ManualClock();
        SimulatedEngine engine =
                SimulatedEngine.vllm().loras("a", "b").clock(clock).uptime(Duration.ZERO);
        long before = adapters(engine.metricsText());
        clock.advance(Duration.ofMinutes(5));
        String later = engine.metricsText();

        assertThat(before).isZero();
        assertThat(adapters(later)).isGreaterThan(3);
        assertThat(later).contains("running_lora_adapters=\"a,b\",waiting_lora_adapters=\"\"");
        assertThat(text(SimulatedEngine.vllm())).doesNotContain("lora");
    }

    private static long adapters(String text) {
        return text.lines()
                .filter(line -> line.startsWith("vllm:lora_requests_info{max_lora=\"2\","))
                .count();
    }

    @Test
    void gaugesOfThroughputBeginAnewWithEveryScrape() {
        SimulatedEngine engine = SimulatedEngine.llamaCpp().busy().clock(new ManualClock());
        Body first = Body.of(engine.metricsText());
        Body second = Body.of(engine.metricsText());

        assertThat(first.sum("llamacpp:prompt_tokens_seconds")).isPositive();
        assertThat(second.sum("llamacpp:prompt_tokens_seconds")).isZero();
        assertThat(second.sum("llamacpp:prompt_tokens_total")).isEqualTo(first.sum("llamacpp:prompt_tokens_total"));
    }

    @Test
    void gpusAreToldApartByTheirNumber() {
        String text = text(SimulatedEngine.dcgmExporter(2).busy());

        assertThat(text.lines().filter(line -> line.startsWith("DCGM_FI_DEV_GPU_UTIL{")))
                .hasSize(2)
                .anyMatch(line -> line.contains("gpu=\"1\"") && line.contains("device=\"nvidia1\""));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedEngine.dcgmExporter(9));
    }

    @ParameterizedTest
    @CsvSource({
        "vllm, 0.6, 0.6.6", "vllm, 0.6.6.post1, 0.6.6", "vllm, 0.9.2, 0.8.5", "vllm, 0.11.2, 0.11.0",
        "vllm, 0.31, 0.16.0", "vllm, 0.33, 0.32.0", "sglang, 0.4, 0.4.0", "sglang, 0.4.6, 0.4.0",
        "sglang, 0.5, 0.5.23", "sglang, 0.5.23, 0.5.23", "tgi, 3, 3.3.7"
    })
    void aVersionIsThatOfTheNewestKnownOneThatIsNotNewer(String engine, String asked, String known) {
        assertThat(text(SimulatedEngine.of(engine, asked))).isEqualTo(text(SimulatedEngine.of(engine, known)));
    }

    @Test
    void aLineOfVersionsStandsForItsNewest() throws Exception {
        try (SimulatedEngine engine = SimulatedEngine.sglang("0.5").start()) {
            HttpResponse<String> info = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(engine.url() + "/server_info"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(info.body()).contains("\"version\":\"0.5.23\"");
        }
    }

    @Test
    void aVersionOlderThanAllIsRefusedWithWhatIsKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedEngine.vllm("0.4.3"))
                .withMessageContaining("0.4.3")
                .withMessageContaining("0.6.6")
                .withMessageContaining("0.32.0");
    }

    @Test
    void anUpgradeChangesNames() {
        SimulatedEngine engine = SimulatedEngine.vllm("0.8").clock(new ManualClock());
        String before = engine.metricsText();
        String after = engine.upgradeTo("0.32").metricsText();

        assertThat(before)
                .contains("vllm:gpu_cache_usage_perc{", "vllm:time_per_output_token_seconds_count{")
                .doesNotContain("vllm:kv_cache_usage_perc", "vllm:inter_token_latency_seconds");
        assertThat(after)
                .contains("vllm:kv_cache_usage_perc{", "vllm:inter_token_latency_seconds_count{")
                .doesNotContain("vllm:gpu_cache_usage_perc", "vllm:time_per_output_token_seconds");
    }

    private static Stream<Supplier<SimulatedEngine>> settingsThatDoNotShow() {
        return Stream.of(
                () -> SimulatedEngine.vllm().tensorParallel(2),
                () -> SimulatedEngine.vllm().rustFrontEnd(),
                () -> SimulatedEngine.vllm("0.6").dataParallel(2),
                () -> SimulatedEngine.vllm("0.6").loras("a"),
                () -> SimulatedEngine.sglang().multiProcess(),
                () -> SimulatedEngine.sglang("0.4").attentionParallel(2),
                () -> SimulatedEngine.tgi().allSchedulers(),
                () -> SimulatedEngine.dcgmExporter().hangUps(0.1));
    }

    @ParameterizedTest
    @MethodSource("settingsThatDoNotShow")
    void aSettingThatDoesNotShowIsRefused(Supplier<SimulatedEngine> set) {
        assertThatIllegalArgumentException().isThrownBy(set::get).withMessageContaining("does not show in the metrics");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedEngine.vllm().dataParallel(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedEngine.vllm().dataParallel(65));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedEngine.vllm().hangUps(1));
    }
}
