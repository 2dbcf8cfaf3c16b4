package io.inferencemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.json.hidden.Views;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode view(String engine, MetricsSnapshot snapshot) {
        Record view = Collectors.engines().stream()
                .filter(provider -> provider.id().equals(engine))
                .findFirst()
                .flatMap(provider -> provider.view(snapshot))
                .orElseThrow();
        return ViewJson.success(snapshot, view);
    }

    private static String simple(String engine) {
        return engine.equals("vllm") ? Bodies.SIMPLE_VLLM : Bodies.SIMPLE_SGLANG;
    }

    private static void assertGolden(String engine, MetricsSnapshot snapshot) throws IOException {
        ObjectNode actual = view(engine, snapshot);
        String time = snapshot.info().time().toString();
        assertThat(actual.get("metrics").get("raw_metrics"))
                .hasSameSizeAs(simple(engine).lines().toList());
        ((ObjectNode) actual.get("metrics")).putArray("raw_metrics");
        String golden = Files.readString(Path.of("src/test/resources/golden/" + engine + "-view.json"))
                .strip()
                .replace("TIME", time);
        assertThat(actual.toString()).isEqualTo(JSON.readTree(golden).toString());
        assertThat(actual.toString()).isEqualTo(golden);
    }

    @ParameterizedTest
    @CsvSource({"vllm", "sglang"})
    void theSimpleBodiesGiveExactlyTheDocumentsFields(String engine) throws IOException {
        assertGolden(engine, Bodies.read(engine, simple(engine)));
    }

    @ParameterizedTest
    @CsvSource({"vllm", "sglang"})
    void theSameInOneJsonStringGivesTheSame(String engine) throws IOException {
        MetricsSnapshot snapshot = Bodies.readAsJsonString(engine, simple(engine));
        assertGolden(engine, snapshot);
        assertThat(snapshot.coverage().notes()).isNotEmpty();
    }

    @Test
    void aRawSampleHasItsLabelsTimeAndHelp() {
        MetricsSnapshot snapshot = Bodies.read(
                "vllm",
                "# HELP vllm:num_requests_running Running.\n# TYPE vllm:num_requests_running gauge\n"
                        + "vllm:num_requests_running{engine=\"0\"} 3 1700000000000\n");
        assertThat(view("vllm", snapshot)
                        .get("metrics")
                        .get("raw_metrics")
                        .get(0)
                        .toString())
                .isEqualTo("{\"name\":\"vllm:num_requests_running\",\"type\":\"gauge\",\"labels\":{\"engine\":\"0\"},"
                        + "\"value\":3,\"timestamp\":\"2023-11-14T22:13:20Z\",\"help\":\"Running.\"}");
    }

    @Test
    void latenciesOfARealServerAreMeansAndItsUsageIsShownInPercent() {
        MetricsSnapshot snapshot = Bodies.read("vllm", """
                # TYPE vllm:kv_cache_usage_perc gauge
                vllm:kv_cache_usage_perc{engine="0"} 0.755
                # TYPE vllm:time_to_first_token_seconds histogram
                vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf"} 4
                vllm:time_to_first_token_seconds_count{engine="0"} 4
                vllm:time_to_first_token_seconds_sum{engine="0"} 1.0
                """);
        JsonNode metrics = view("vllm", snapshot).get("metrics");
        assertThat(metrics.at("/gpu_metrics/cache_usage_perc").asDouble()).isEqualTo(75.5);
        assertThat(metrics.at("/request_metrics/time_to_first_token_seconds").asDouble())
                .isEqualTo(0.25);
    }

    @Test
    void aFailureHasNoMetrics() {
        assertThat(ViewJson.failure("vllm-001", Instant.EPOCH, "no connection").toString())
                .isEqualTo("{\"success\":false,\"instance_id\":\"vllm-001\",\"timestamp\":\"1970-01-01T00:00:00Z\","
                        + "\"metrics\":null,\"error\":\"no connection\"}");
    }

    @Test
    void aViewMustBePublic() {
        assertThatThrownBy(() -> ViewJson.success(Bodies.read("vllm", ""), Views.hidden()))
                .hasMessageContaining("public record");
    }
}
