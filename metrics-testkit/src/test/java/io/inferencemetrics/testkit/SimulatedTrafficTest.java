package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedTrafficTest {
    private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(20);
    private static final int SCRAPES_PER_HOUR = 180;

    private static void anHourOf(SimulatedEngine engine, Consumer<Body> check) {
        ManualClock clock = new ManualClock();
        engine.clock(clock).uptime(Duration.ZERO);
        for (int i = 0; i < SCRAPES_PER_HOUR; i++) {
            clock.advance(SCRAPE_INTERVAL);
            check.accept(Body.of(engine.metricsText()));
        }
    }

    private static Supplier<SimulatedEngine> engine(String name) {
        return switch (name) {
            case "vllm" -> SimulatedEngine::vllm;
            case "sglang" -> SimulatedEngine::sglang;
            default -> SimulatedEngine::tgi;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void bucketsNeverShrinkWithTheBoundAndTheLastOneIsTheCount(String name) {
        anHourOf(engine(name).get().busy(), body -> {
            Map<String, Double> last = new HashMap<>();
            body.series().forEach((series, value) -> {
                if (series.contains("_bucket{")) {
                    String without = series.replaceAll(", le=[^,}]*|le=[^,}]*, |le=[^,}]*", "");
                    assertThat(value).as(series).isGreaterThanOrEqualTo(last.getOrDefault(without, 0.0));
                    last.put(without, value);
                }
            });
            last.forEach((series, value) -> assertThat(body.series().get(series.replace("_bucket{", "_count{")))
                    .as(series)
                    .isEqualTo(value));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void whatIsCountedNeverShrinks(String name) {
        Map<String, Double> before = new HashMap<>();
        anHourOf(
                engine(name).get().busy(),
                body -> body.series().forEach((series, value) -> {
                    if (series.matches(
                                    ".*(_total|_bucket|_count|_sum|tgi_request_success|tgi_batch_inference_count)\\{.*")
                            && !series.startsWith("sglang:routing")) {
                        assertThat(value).as(series).isGreaterThanOrEqualTo(before.getOrDefault(series, 0.0));
                        before.put(series, value);
                    }
                }));
        assertThat(before).isNotEmpty();
    }

    @Test
    void vllmsFamiliesTellOfTheSameRequests() {
        double[] last = new double[2];
        anHourOf(SimulatedEngine.vllm().busy(), body -> {
            double finished = body.sum("vllm:request_success_total");
            for (String perRequest : new String[] {
                "e2e_request_latency_seconds",
                "request_queue_time_seconds",
                "request_inference_time_seconds",
                "request_prefill_time_seconds",
                "request_decode_time_seconds",
                "request_prompt_tokens",
                "request_generation_tokens",
                "request_time_per_output_token_seconds",
                "request_params_n"
            }) {
                assertThat(body.sum("vllm:" + perRequest + "_count"))
                        .as(perRequest)
                        .isEqualTo(finished);
            }
            assertThat(body.sum("http_requests_total"))
                    .isEqualTo(body.sum("http_request_duration_highr_seconds_count"));
            assertThat(body.sum("http_requests_total", "status", "2xx")).isGreaterThanOrEqualTo(finished);
            assertThat(body.sum("vllm:num_requests_running")).isBetween(0.0, 48.0);
            assertThat(body.sum("vllm:kv_cache_usage_perc")).isBetween(0.0, 1.0);
            assertThat(body.sum("vllm:num_requests_waiting_by_reason"))
                    .isEqualTo(body.sum("vllm:num_requests_waiting"));
            assertThat(body.sum("vllm:prompt_tokens_by_source_total")).isEqualTo(body.sum("vllm:prompt_tokens_total"));
            assertThat(body.sum("vllm:prompt_tokens_cached_by_source_total"))
                    .isEqualTo(body.sum("vllm:prefix_cache_hits_total"));
            assertThat(body.sum("vllm:iteration_tokens_total_sum"))
                    .isEqualTo(body.sum("vllm:prompt_tokens_by_source_total", "source", "local_compute")
                            + body.sum("vllm:inter_token_latency_seconds_count"));
            assertThat(body.sum("vllm:generation_tokens_total"))
                    .isEqualTo(body.sum("vllm:inter_token_latency_seconds_count")
                            + body.sum("vllm:time_to_first_token_seconds_count"));
            assertThat(body.sum("vllm:e2e_request_latency_seconds_sum"))
                    .isCloseTo(
                            body.sum("vllm:request_queue_time_seconds_sum")
                                    + body.sum("vllm:request_prefill_time_seconds_sum")
                                    + body.sum("vllm:request_decode_time_seconds_sum"),
                            within(1e-3));
            double withFirstToken = body.sum("vllm:time_to_first_token_seconds_count");
            assertThat(withFirstToken).isBetween(finished, finished * 1.1 + 64);
            last[0] = finished;
            last[1] = Math.max(last[1], body.sum("vllm:num_requests_waiting"));
        });
        assertThat(last[0]).as("finished in a busy hour").isGreaterThan(10_000);
        assertThat(last[1]).as("the longest queue").isGreaterThan(10);
    }

    @Test
    void sglangsFamiliesTellOfTheSameRequests() {
        anHourOf(SimulatedEngine.sglang().busy(), body -> {
            double ended = body.sum("sglang:num_requests_total");
            assertThat(body.sum("sglang:e2e_request_latency_seconds_count")).isEqualTo(ended);
            assertThat(body.sum("sglang:prompt_tokens_histogram_count")).isEqualTo(ended);
            assertThat(body.sum("sglang:prompt_tokens_histogram_sum"))
                    .isEqualTo(body.sum("sglang:prompt_tokens_total"));
            assertThat(body.sum("sglang:generation_tokens_histogram_sum"))
                    .isEqualTo(body.sum("sglang:generation_tokens_total"));
            assertThat(body.sum("sglang:request_time_per_output_token_seconds_count"))
                    .isEqualTo(ended - body.sum("sglang:num_aborted_requests_total"));
            double scheduled = body.sum("sglang:queue_time_seconds_count");
            assertThat(scheduled).isEqualTo(ended + body.sum("sglang:num_running_reqs"));
            assertThat(body.sum("sglang:http_requests_active", "endpoint", "/v1/chat/completions"))
                    .isEqualTo(body.sum("sglang:num_running_reqs") + body.sum("sglang:num_queue_reqs"));
            assertThat(body.sum("sglang:kv_available_tokens")
                            + body.sum("sglang:kv_evictable_tokens")
                            + body.sum("sglang:kv_used_tokens"))
                    .isEqualTo(body.sum("sglang:max_total_num_tokens"));
            assertThat(body.sum("sglang:kv_available_tokens")).isNotNegative();
            assertThat(body.sum("sglang:token_usage")).isCloseTo(body.sum("sglang:full_token_usage"), within(0.00501));
            assertThat(body.sum("sglang:realtime_tokens_total", "mode", "prefill_compute"))
                    .isEqualTo(body.sum("sglang:prefill_effective_tokens_total", "mode", "input"));
        });
    }

    @Test
    void tgisFamiliesTellOfTheSameRequests() {
        anHourOf(SimulatedEngine.tgi().busy(), body -> {
            double answered = body.sum("tgi_request_success");
            double inFlight = body.sum("tgi_queue_size") + body.sum("tgi_batch_current_size");
            assertThat(body.sum("tgi_request_count")).isEqualTo(answered + body.sum("tgi_request_failure") + inFlight);
            assertThat(body.sum("tgi_request_duration_count")).isEqualTo(answered);
            assertThat(body.sum("tgi_request_generated_tokens_count")).isEqualTo(answered);
            assertThat(body.sum("tgi_request_input_length_count"))
                    .isEqualTo(body.sum("tgi_request_count") - body.sum("tgi_request_failure", "err", "validation"));
            assertThat(body.sum("tgi_batch_inference_duration_count")).isEqualTo(body.sum("tgi_batch_inference_count"));
            assertThat(body.sum("tgi_batch_current_max_tokens"))
                    .isLessThanOrEqualTo(body.sum("tgi_batch_max_total_tokens"));
            assertThat(body.sum("tgi_request_skipped_tokens_sum")).isZero();
        });
    }

    @Test
    void whatAnEngineSaysDoesNotDependOnHowOftenItWasAsked() {
        ManualClock often = new ManualClock();
        ManualClock once = new ManualClock();
        SimulatedEngine asked = SimulatedEngine.vllm().busy().clock(often);
        SimulatedEngine left = SimulatedEngine.vllm().busy().clock(once);
        asked.metricsText();
        left.metricsText();
        once.advance(Duration.ofSeconds(100));
        for (int i = 0; i < 999; i++) {
            often.advance(Duration.ofMillis(100));
            asked.metricsText();
        }
        often.advance(Duration.ofMillis(100));

        assertThat(asked.metricsText()).isEqualTo(left.metricsText());
    }

    @Test
    void moreThanTheEngineCanTakeFillsItsQueueAndIsRefused() {
        Body body = Body.of(SimulatedEngine.tgi()
                .requestsPerSecond(100)
                .clock(new ManualClock())
                .metricsText());

        assertThat(body.sum("tgi_queue_size")).isGreaterThan(500);
        assertThat(body.sum("tgi_request_failure", "err", "overloaded")).isGreaterThan(10_000);
    }
}
