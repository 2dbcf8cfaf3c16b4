package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.testkit.Fault;
import io.inferencemetrics.testkit.SimulatedEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRulesTest {
    private static Diagnosis of(String body) {
        try (ScriptedServer server = ScriptedServer.serving(body)) {
            return server.examine();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "# TYPE vllm:num_requests_running gauge\n"})
    void aBodyWithoutASampleIsEmpty(String body) {
        assertThat(of(body).finding().cause()).isEqualTo(Cause.EMPTY_BODY);
    }

    @Test
    void aLoginPageIsNoMetrics() {
        Diagnosis diagnosis = of("<!doctype html><title>Sign in</title><input type=password>");
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.LOGIN_PAGE);
        assertThat(diagnosis.severity()).isEqualTo(Severity.NOT_UNDERSTOOD);
    }

    @Test
    void aWebPageIsNoMetrics() {
        assertThat(of("<html><body>Welcome to nginx!</body></html>").finding().cause())
                .isEqualTo(Cause.WEB_PAGE);
    }

    @Test
    void tensorRtLlmsJsonLeadsToItsText() {
        try (ScriptedServer server = new ScriptedServer()
                .at("/metrics", 200, "application/json", "[{\"iter\":1,\"gpuMemUsage\":5}]")
                .at("/prometheus/metrics", 200, "text/plain", "trtllm_request_success_total 1\n")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.TENSORRT_LLM_JSON);
            assertThat(diagnosis.sentence())
                    .contains("takes away from all other readers", "read /prometheus/metrics of the same server");
            assertThat(server.received).containsExactly("/metrics", "/prometheus/metrics");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"iter\": 3, \"kvCacheStats\": {}}"})
    void tensorRtLlmWithoutItsTextSaysWhichOptionIsMissing(String body) {
        assertThat(of(body).finding().remedy()).contains("return_perf_metrics: true");
    }

    @Test
    void otherJsonIsNoMetrics() {
        Diagnosis diagnosis = of("{\"detail\":\"Not here\"}");
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.JSON_BODY);
        assertThat(diagnosis.sentence()).contains("{\"detail\":\"Not here\"}");
    }

    @Test
    void textThatIsNoExpositionIsNoMetrics() {
        assertThat(of("It works!\n").finding().cause()).isEqualTo(Cause.NOT_METRICS);
    }

    @Test
    void aJsonStringIsUnderstoodAndToldOf() {
        try (SimulatedEngine engine =
                SimulatedEngine.originVllm().asJsonString().start()) {
            Diagnosis diagnosis = new Doctor().with(Dialer::tcp, time -> {}).examine(engine.url());
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.JSON_STRING);
            assertThat(diagnosis.engine()).contains("vllm");
            assertThat(diagnosis.severity()).isEqualTo(Severity.WARNING);
        }
    }

    @Test
    void namesWithoutTheirColonAreUnderstoodAndToldOf() {
        Diagnosis diagnosis = of("# TYPE sglang:num_running_reqs gauge\nsglang_num_running_reqs 1\n# EOF\n");
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.ESCAPED_NAMES);
        assertThat(diagnosis.finding().remedy()).contains("escaping=allow-utf-8");
        assertThat(diagnosis.engine()).contains("sglang");
    }

    @Test
    void theLoadsOfSglangAreWrittenWithUnderscoresByItself() {
        try (ScriptedServer server =
                new ScriptedServer().at("/v1/loads", 200, "text/plain", "sglang_num_running_reqs{dp_rank=\"0\"} 1\n")) {
            assertThat(server.examine("/v1/loads?format=prometheus").findings())
                    .extracting(Finding::cause)
                    .doesNotContain(Cause.ESCAPED_NAMES);
        }
    }

    @Test
    void aConnectionThatEndsWithinTheBodyIsACutBody() {
        assertThat(broken(Fault.TRUNCATED_BODY).finding().cause()).isEqualTo(Cause.BODY_CUT);
    }

    @Test
    void aTextThatEndsEarlyWithinAWholeAnswerIsIncompleteAndNoSkippedLine() {
        Diagnosis diagnosis = broken(Fault.WRONG_CONTENT_LENGTH);
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.BODY_INCOMPLETE);
        assertThat(diagnosis.findings()).extracting(Finding::cause).doesNotContain(Cause.LINES_SKIPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, vllm:generation_tokens_total 123, true",
        "text/plain, 'vllm:generation_tokens_total 123\n', false",
        "application/openmetrics-text, 'vllm:num_requests_running 1\n', true",
        "application/openmetrics-text, 'vllm:num_requests_running 1\n# EOF', false",
        "application/openmetrics-text, 'vllm:num_requests_running 1\n# EOF\n', false"
    })
    void aTextWithoutItsEndIsIncompleteAlsoWhereEveryLineCanBeRead(String type, String body, boolean incomplete) {
        try (ScriptedServer server = new ScriptedServer().at("/metrics", 200, type, body)) {
            assertThat(server.examine().findings().stream().anyMatch(f -> f.cause() == Cause.BODY_INCOMPLETE))
                    .isEqualTo(incomplete);
        }
    }

    @Test
    void seriesThatComeTwiceAreCountedAndOneIsShown() {
        Diagnosis diagnosis = broken(Fault.DUPLICATED_SERIES);
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SERIES_REPEATED);
        assertThat(diagnosis.severity()).isEqualTo(Severity.WARNING);
        assertThat(of("vllm:num_requests_running{engine=\"0\"} 1\nvllm:num_requests_running{engine=\"0\"} 2\n")
                        .sentence())
                .startsWith("1 sample at http://127.0.0.1")
                .contains("such as vllm:num_requests_running{engine=0}");
    }

    private static Diagnosis broken(Fault fault) {
        try (SimulatedEngine engine =
                SimulatedEngine.vllm().busy().breakWith(fault).start()) {
            return new Doctor().with(Dialer::tcp, time -> {}).examine(engine.url());
        }
    }

    @Test
    void linesThatCannotBeReadAreTold() {
        Diagnosis diagnosis = of("vllm:num_requests_running 1\nthis is no sample\n");
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.LINES_SKIPPED);
        assertThat(diagnosis.sentence()).startsWith("1 line of http://127.0.0.1");
    }
}
