package io.inferencemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.contract.BodyTransport;
import io.inferencemetrics.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowJsonTest {
    private static MetricsSnapshot snapshot(String engine, String body) {
        return Collectors.forEngine(engine)
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain"))
                .collect("http://window:1");
    }

    private static String vllm(int running, int tokens, int hits, int firstTokens) {
        return "vllm:num_requests_running " + running + "\nvllm:kv_cache_usage_perc 0.5\nvllm:generation_tokens_total "
                + tokens
                + "\nvllm:prefix_cache_queries_total " + 10 * hits + "\nvllm:prefix_cache_hits_total " + hits
                + "\nvllm:time_to_first_token_seconds_bucket{le=\"0.5\"} " + firstTokens
                + "\nvllm:time_to_first_token_seconds_bucket{le=\"+Inf\"} " + (firstTokens + 1)
                + "\nvllm:time_to_first_token_seconds_sum " + firstTokens / 4.0
                + "\nvllm:time_to_first_token_seconds_count " + (firstTokens + 1)
                + "\nvllm:num_denoising_unknown 1\nvllm:iteration_tokens_total_count 3\n";
    }

    private static JsonNode json(String earlier, String later) {
        return WindowJson.write(
                Window.between(snapshot("vllm", earlier), snapshot("vllm", later), Duration.ofSeconds(10)));
    }

    @Test
    void eachKindOfMetricSaysWhatAWindowKnowsOfIt() {
        JsonNode json = json(vllm(2, 100, 5, 8), vllm(4, 400, 7, 28));
        JsonNode metrics = json.get("metrics");
        assertThat(json.get("target").asText()).isEqualTo("http://window:1/metrics");
        assertThat(json.get("seconds").asDouble()).isEqualTo(10);
        assertThat(metrics.at("/tokens.generated/increase/value").asInt()).isEqualTo(300);
        assertThat(metrics.at("/tokens.generated/rate/value").asDouble()).isEqualTo(30);
        assertThat(metrics.at("/prefix.hit_ratio/ratio/value").asDouble()).isEqualTo(0.1);
        assertThat(metrics.at("/latency.ttft/mean/value").asDouble()).isEqualTo(0.25);
        assertThat(metrics.at("/latency.ttft/p99/high").asDouble()).isEqualTo(0.5);
        assertThat(metrics.at("/latency.ttft/p99/count").asInt()).isEqualTo(20);
        assertThat(metrics.at("/requests.running/gauge/mean").asDouble()).isEqualTo(3);
        assertThat(metrics.at("/requests.running/gauge/last/value").asInt()).isEqualTo(4);
        assertThat(metrics.at("/saturation.kv/derived/value").asDouble()).isEqualTo(0.5);
        assertThat(metrics.at("/latency.e2e/mean/absent").isTextual()).isTrue();
        assertThat(json.at("/engine_metrics").isObject()).isTrue();
    }

    @Test
    void whatStartedAgainIsListedWithItsTime() {
        JsonNode reset = json(vllm(1, 100, 5, 8), vllm(1, 7, 5, 8)).at("/resets/0");
        assertThat(reset.get("family").asText()).isEqualTo("vllm:generation_tokens_total");
        assertThat(reset.get("labels").isObject()).isTrue();
        assertThat(reset.get("seen").asText()).contains("T");
    }

    @Test
    void aRateThatIsRoundedHasItsBounds() {
        Window window = Window.between(
                snapshot("vllm", vllm(1, 1, 1, 1)), snapshot("vllm", vllm(1, 1, 1, 1)), Duration.ofSeconds(1));
        assertThat(WindowJson.write(window).at("/metrics/tokens.generated/rate").has("low"))
                .isFalse();
    }

    @Test
    void aQuantileAboveTheLastBoundHasNoUpperEnd() {
        String overflow = vllm(1, 1, 1, 0);
        JsonNode p99 = json("vllm:num_requests_running 1\n", overflow).at("/metrics/latency.ttft/p99");
        assertThat(p99.get("high").asText()).isEqualTo("+Inf");
        assertThat(p99.get("in_overflow_bucket").asBoolean()).isTrue();
    }
}
