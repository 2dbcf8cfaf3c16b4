package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherPathsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ManualClock clock = new ManualClock();

    private HttpResponse<String> get(SimulatedEngine kind, String path) throws Exception {
        try (SimulatedEngine engine = kind.clock(clock).start()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(engine.url() + path)).build();
            return CLIENT.send(request, BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({"vllm, /health", "vllm, /ping", "sglang, /health", "sglang, /health_generate", "tgi, /health", "tgi, /"
    })
    void healthIsAnEmptyBody(String engine, String path) throws Exception {
        HttpResponse<String> response = get(SimulatedEngine.of(engine), path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "vllm, /version, '\"version\":\"0.32.0\"'",
        "vllm, /load, '{\"server_load\":0}'",
        "vllm, /v1/models, '\"owned_by\":\"vllm\",\"root\":\"simulated-8b\",\"parent\":null'",
        "sglang, /v1/models, '\"owned_by\":\"sglang\"'",
        "sglang, /model_info, '{\"model_path\":\"simulated-8b\"'",
        "sglang, /get_model_info, '\"is_generation\":true'",
        "sglang, /server_info, '\"version\":\"0.5.23\"'",
        "sglang, /get_server_info, '\"startup_time\":1795521'",
        "sglang, /v1/loads, '\"max_total_num_tokens\":40960'",
        "tgi, /info, '\"version\":\"3.3.7\"'",
        "tgi, /v1/models, '\"created\":0'"
    })
    void anEngineSaysWhatItIs(String engine, String path, String part) throws Exception {
        HttpResponse<String> response = get(SimulatedEngine.of(engine), path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(response.body()).contains(part);
    }

    @ParameterizedTest
    @CsvSource({
        "vllm, /server_info, '{\"detail\":\"Not Found\"}'",
        "sglang, /get_load, '{\"detail\":\"Not Found\"}'",
        "sglang, /version, '{\"detail\":\"Not Found\"}'",
        "tgi, /version, ''",
        "origin-vllm, /version, '{\"detail\":\"Not Found\"}'"
    })
    void otherPathsAreNotFoundInTheEnginesWay(String engine, String path, String body) throws Exception {
        HttpResponse<String> response = get(SimulatedEngine.of(engine), path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    void theVersionIsTheOneThatWasAskedFor() throws Exception {
        assertThat(get(SimulatedEngine.of("vllm", "0.33"), "/version").body()).isEqualTo("{\"version\":\"0.33\"}");
    }

    @Test
    void theLoadAgreesWithTheMetrics() throws Exception {
        Body metrics = Body.of(get(SimulatedEngine.sglang().busy(), "/metrics").body());

        assertThat(get(SimulatedEngine.sglang().busy(), "/v1/loads").body())
                .contains("\"num_running_reqs\":" + (long) metrics.sum("sglang:num_running_reqs"))
                .contains("\"num_waiting_reqs\":" + (long) metrics.sum("sglang:num_queue_reqs"))
                .contains("\"num_used_tokens\":" + (long) metrics.sum("sglang:kv_used_tokens"));
    }

    @Test
    void everyRankHasALoadOfItsOwn() throws Exception {
        String loads =
                get(SimulatedEngine.sglang().dataParallel(2), "/v1/loads").body();
        assertThat(loads).contains("\"dp_rank\":0", "\"dp_rank\":1").doesNotContain("\"dp_rank\":2");
        assertThat(get(SimulatedEngine.sglang().attentionParallel(2), "/server_info")
                        .body())
                .contains("\"tp_size\":2,\"dp_size\":2");
    }

    @ParameterizedTest
    @CsvSource({"/ping, 404", "/get_server_info, 404", "/server_info, 200"})
    void theRustFrontEndLacksSomePaths(String path, int status) throws Exception {
        assertThat(get(SimulatedEngine.sglang().rustFrontEnd(), path).statusCode())
                .isEqualTo(status);
    }

    @Test
    void aModelsNameIsQuotedInJson() throws Exception {
        assertThat(get(SimulatedEngine.vllm().modelName("a \"b\""), "/v1/models")
                        .body())
                .contains("\"id\":\"a \\\"b\\\"\"");
    }
}
