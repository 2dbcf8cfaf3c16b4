package io.inferencemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A body with an answer of each of the five kinds. */
    private static final String BUSY = """
            # HELP vllm:num_requests_running Running.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="tiny"} 3
            vllm:num_requests_running{engine="1",model_name="tiny"} 4
            # TYPE vllm:num_requests_waiting gauge
            vllm:num_requests_waiting{engine="0",model_name="tiny"} NaN
            # TYPE vllm:kv_cache_usage_perc gauge
            vllm:kv_cache_usage_perc{engine="0",model_name="tiny"} 0.5
            # TYPE vllm:time_to_first_token_seconds histogram
            vllm:time_to_first_token_seconds_bucket{engine="0",model_name="tiny",le="0.5"} 3
            vllm:time_to_first_token_seconds_bucket{engine="0",model_name="tiny",le="+Inf"} 4
            vllm:time_to_first_token_seconds_count{engine="0",model_name="tiny"} 4
            vllm:time_to_first_token_seconds_sum{engine="0",model_name="tiny"} 1.0
            # TYPE vllm:e2e_request_latency_seconds histogram
            vllm:e2e_request_latency_seconds_bucket{engine="0",model_name="tiny",le="+Inf"} 0
            vllm:e2e_request_latency_seconds_count{engine="0",model_name="tiny"} 0
            vllm:generation_tokens_total{engine="0",model_name="tiny"} 7 1000
            vllm:num_requests_waiting_by_reason{engine="0",model_name="tiny",reason="capacity"} 2
            vllm:not_in_any_catalogue 1
            broken line here
            """;

    static Stream<MetricsSnapshot> snapshots() {
        return Stream.of(
                Bodies.read("vllm", BUSY),
                Bodies.read("vllm", Bodies.SIMPLE_VLLM),
                Bodies.read("sglang", Bodies.SIMPLE_SGLANG),
                Bodies.read("vllm", ""));
    }

    private static JsonSchema schema() throws IOException {
        try (InputStream in = Objects.requireNonNull(SnapshotJson.class.getResourceAsStream("collect.schema.json"))) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(in));
        }
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void everySnapshotKeepsToTheSchema(MetricsSnapshot snapshot) throws IOException {
        JsonNode json = JSON.readTree(SnapshotJson.write(snapshot).toString());
        assertThat(schema().validate(json)).isEmpty();
    }

    @Test
    void theSchemaKnowsEveryReasonOfAbsence() throws IOException {
        assertThat(schema().getSchemaNode().at("/$defs/absence/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Absence.values())
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void theSchemaRefusesWhatIsNoReading() throws IOException {
        JsonNode json = SnapshotJson.write(Bodies.read("vllm", BUSY));
        ((com.fasterxml.jackson.databind.node.ObjectNode) json.at("/metrics/requests.running")).put("failed", "no");
        assertThat(schema().validate(json)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("snapshots")
    void whatIsWrittenReadsBackTheSame(MetricsSnapshot snapshot) throws IOException {
        MetricsSnapshot again =
                SnapshotJson.read(JSON.readTree(SnapshotJson.write(snapshot).toString()));
        assertThat(SnapshotJson.write(again)).isEqualTo(SnapshotJson.write(snapshot));
        assertThat(again.info().engine()).isEqualTo(snapshot.info().engine());
        assertThat(again.coverage().found()).isEqualTo(snapshot.coverage().found());
        for (Metric<?> metric : LlmMetrics.all()) {
            assertThat(again.reading(metric).optional())
                    .isEqualTo(snapshot.reading(metric).optional());
        }
        assertThat(again.coverage().absent()).isEqualTo(snapshot.coverage().absent());
    }

    @Test
    void countsAreIntegersAndNothingIsNaN() {
        JsonNode json = SnapshotJson.write(Bodies.read("vllm", BUSY));
        assertThat(json.at("/metrics/requests.running/value").toString()).isEqualTo("7");
        assertThat(json.at("/metrics/requests.running/series/0").toString())
                .isEqualTo("{\"labels\":{\"dp_rank\":\"0\",\"model\":\"tiny\"},\"value\":3}");
        assertThat(json.at("/metrics/requests.waiting/failed").asText()).contains("NaN");
        assertThat(json.at("/metrics/kv.usage_ratio/value").toString()).isEqualTo("0.5");
        assertThat(json.at("/metrics/tokens.generated/stale").toString()).isEqualTo("7");
        assertThat(json.at("/metrics/latency.e2e/no_observations").asBoolean()).isTrue();
        assertThat(json.at("/metrics/latency.ttft/value").toString())
                .isEqualTo("{\"bounds\":[0.5,\"+Inf\"],\"counts\":[3,4],\"sum\":1,\"count\":4}");
        assertThat(json.at("/engine_metrics/vllm:num_requests_waiting_by_reason/value")
                        .toString())
                .isEqualTo("2");
        assertThat(json.at("/coverage/unmapped/0").asText()).isEqualTo("vllm:not_in_any_catalogue");
        assertThat(json.at("/coverage/skipped_lines").asInt()).isEqualTo(1);
    }

    @Test
    void anAbsenceSaysWhichOptionOrVersionsItIsAbout() {
        JsonNode json = SnapshotJson.write(Bodies.read("vllm", BUSY));
        assertThat(json.at("/metrics/lora.max/option").asText()).isEqualTo("--enable-lora");
        assertThat(json.at("/metrics/requests.swapped/versions").asText()).isEqualTo("0.2.3..0.9.0.1");
        assertThat(json.at("/metrics/requests.swapped").has("option")).isFalse();
    }

    @Test
    void aStoredSnapshotCanBeSeenThroughARank() {
        MetricsSnapshot stored = SnapshotJson.read(SnapshotJson.write(Bodies.read("vllm", BUSY)));
        assertThat(stored.values(Dimension.RANK)).containsExactly("0", "1");
        MetricsSnapshot rank = stored.where(Dimension.RANK, "1");
        assertThat(rank.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(4);
        assertThat(rank.value(LlmMetrics.KV_USAGE)).isNaN();
        assertThat(stored.body()).isEmpty();
        assertThat(stored.metric("vllm:num_requests_waiting_by_reason")).isPresent();
    }

    @Test
    void whatWasNotStoredIsAbsent() {
        MetricsSnapshot stored = SnapshotJson.read(SnapshotJson.write(Bodies.read("vllm", "")));
        Metric<Double> other = io.inferencemetrics.metric.GaugeMetric.of(
                "x", io.inferencemetrics.metric.Unit.ONE, "X.", io.inferencemetrics.metric.Aggregation.SUM);
        assertThat(stored.reading(other)).isInstanceOf(Reading.Absent.class);
    }

    @Test
    void jsonOfAnotherFormIsRefused() throws IOException {
        assertThatThrownBy(() -> SnapshotJson.read(JSON.readTree("{\"time\":\"2026-01-01T00:00:00Z\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("metrics");
    }
}
