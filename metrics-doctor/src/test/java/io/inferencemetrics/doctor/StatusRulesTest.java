package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.testkit.Fault;
import io.inferencemetrics.testkit.SimulatedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRulesTest {
    private static final String SGLANG_MODELS =
            "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\",\"owned_by\":\"sglang\"}]}";

    @Test
    void sglangWithoutMetricsIsKnownByItsModels() {
        try (ScriptedServer server = new ScriptedServer().at("/v1/models", 200, "application/json", SGLANG_MODELS)) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SGLANG_METRICS_OFF);
            assertThat(diagnosis.sentence())
                    .isEqualTo("SGLang runs without metrics, " + server.url()
                            + "/metrics answers 404: start it with --enable-metrics.");
            assertThat(diagnosis.asked()).containsExactly("/metrics", "/v1/models");
        }
    }

    @Test
    void sglangWithoutMetricsIsKnownByItsModelInfo() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/get_model_info", 200, "application/json", "{\"model_path\":\"m\",\"is_generation\":true}")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.SGLANG_METRICS_OFF);
        }
    }

    @Test
    void sglangWithoutMetricsIsKnownBehindItsApiKey() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/v1/models", 401, "application/json", "{\"error\":\"Unauthorized\"}")
                .at("/get_model_info", 401, "application/json", "{\"error\":\"Unauthorized\"}")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.SGLANG_METRICS_OFF);
        }
    }

    @Test
    void aPathWithNothingBehindItIsWrong() {
        try (ScriptedServer server = new ScriptedServer()) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.WRONG_PATH);
            assertThat(diagnosis.sentence()).contains("has nothing at", "8000 for vLLM", "30000 for SGLang");
            assertThat(server.received).hasSizeLessThanOrEqualTo(Doctor.MAX_REQUESTS);
        }
    }

    @Test
    void aWrongPathOfAKnownEngineIsSentToItsMetrics() {
        try (ScriptedServer server =
                new ScriptedServer().at("/version", 200, "application/json", "{\"version\":\"0.32.0\"}")) {
            Diagnosis diagnosis = server.examine("/prometheus");
            assertThat(diagnosis.sentence())
                    .startsWith("vLLM answers, but has nothing at")
                    .contains("read /metrics");
        }
    }

    @Test
    void tensorRtLlmHasItsMetricsElsewhere() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/v1/models", 200, "application/json", SGLANG_MODELS.replace("sglang", "tensorrt_llm"))) {
            assertThat(server.examine().finding().remedy()).contains("/prometheus/metrics");
        }
    }

    @Test
    void tgiWithItsModelAsTheOwnerIsKnownByItsInfo() {
        try (SimulatedEngine engine =
                SimulatedEngine.tgi().breakWith(Fault.NOT_FOUND).start()) {
            Diagnosis diagnosis = new Doctor().with(Dialer::tcp, time -> {}).examine(engine.url() + "/stats");
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.WRONG_PATH);
            assertThat(diagnosis.sentence()).startsWith("TGI answers").contains("read /metrics of the same server");
            assertThat(diagnosis.asked()).containsExactly("/stats", "/v1/models", "/info");
        }
    }

    @Test
    void tgiWithoutAListOfModelsIsKnownByItsInfo() {
        String info =
                "{\"model_id\":\"m\",\"max_total_tokens\":4096,\"version\":\"1.4.5\",\"docker_label\":\"sha-4ee0a0c\"}";
        try (ScriptedServer server = new ScriptedServer().at("/info", 200, "application/json", info)) {
            assertThat(server.examine().sentence()).startsWith("TGI answers");
        }
    }

    @Test
    void aServerOfEmbeddingsIsNotTgi() {
        String info =
                "{\"model_id\":\"m\",\"max_input_length\":512,\"version\":\"1.9.0\",\"docker_label\":\"sha-4ee0a0c\"}";
        try (ScriptedServer server = new ScriptedServer().at("/info", 200, "application/json", info)) {
            assertThat(server.examine().sentence()).startsWith("a server that is no engine known here");
        }
    }

    @Test
    void anotherServerThatSpeaksOpenAisProtocolIsNamedByItsOwner() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/v1/models", 200, "application/json", SGLANG_MODELS.replace("sglang", "library\\u0007"))) {
            assertThat(server.examine().sentence()).contains("OpenAI's protocol (owned_by library");
        }
    }

    @Test
    void llamacppLoadsItsModel() {
        try (ScriptedServer server = ScriptedServer.refusing(
                503, "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.MODEL_LOADING);
            assertThat(server.received).containsExactly("/metrics");
        }
    }

    @Test
    void llamacppRunsWithoutMetrics() {
        try (ScriptedServer server = ScriptedServer.refusing(
                501, "{\"error\":{\"code\":501,\"message\":\"This server does not support metrics endpoint.\"}}")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.LLAMACPP_METRICS_OFF);
            assertThat(diagnosis.finding().remedy()).isEqualTo("start llama-server with --metrics");
        }
    }

    @Test
    void llamacppGuardsItsMetricsWithItsKey() {
        try (ScriptedServer server = ScriptedServer.refusing(
                401, "{\"error\":{\"message\":\"Invalid API Key\",\"type\":\"authentication_error\",\"code\":401}}")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.LLAMACPP_KEY_MISSING);
        }
    }

    @Test
    void llamacppInRouterModeWantsToKnowTheModelAndIsNotAskedToLoadOne() {
        try (ScriptedServer server = ScriptedServer.refusing(
                400, "{\"error\":{\"code\":400,\"message\":\"model name is missing from the request\"}}")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.LLAMACPP_ROUTER);
            assertThat(diagnosis.finding().remedy()).contains("autoload=false");
            assertThat(server.received).containsExactly("/metrics");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 407})
    void whoAsksMustSayWhoTheyAre(int status) {
        try (ScriptedServer server = ScriptedServer.refusing(status, "")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.LOGIN_REQUIRED);
            assertThat(server.examine().finding().remedy()).contains("bearer token");
            assertThat(server.doctor()
                            .bearerToken("t")
                            .examine(server.url())
                            .finding()
                            .remedy())
                    .contains("does not accept");
        }
    }

    @Test
    void aRedirectToALoginIsNotFollowed() {
        try (ScriptedServer server =
                new ScriptedServer().at("/metrics", 302, "Location", "https://login.example/auth?token=secret", "")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.REDIRECTED_ELSEWHERE);
            assertThat(diagnosis.sentence())
                    .contains("https://login.example/auth,")
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aProxyWithNothingBehindItIsNotReady(int status) {
        try (ScriptedServer server = ScriptedServer.refusing(status, "<html>Bad Gateway</html>")) {
            assertThat(server.examine().finding().cause()).isEqualTo(Cause.NOT_READY);
        }
    }

    @Test
    void aServerThatCannotWriteItsMetricsIsSentToItsLog() {
        try (ScriptedServer server = ScriptedServer.refusing(500, "Internal Server Error")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SERVER_ERROR);
            assertThat(diagnosis.finding().remedy()).contains("PROMETHEUS_MULTIPROC_DIR");
        }
    }

    @Test
    void anyOtherStatusIsToldWithWhatCameWithIt() {
        try (ScriptedServer server = ScriptedServer.refusing(429, "slow\u001b[31m down\n" + "x".repeat(500))) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.OTHER_STATUS);
            assertThat(diagnosis.sentence()).contains("answered 429 (slow").doesNotContain("\u001b", "\n");
            assertThat(diagnosis.sentence().length()).isLessThan(400);
        }
    }
}
