package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameRulesTest {
    private static final String WEB_FRAMEWORK = """
            python_info{implementation="CPython"} 1
            process_resident_memory_bytes 1
            http_requests_total{handler="/health"} 4
            """;

    private static Finding of(String body) {
        try (ScriptedServer server = ScriptedServer.serving(body)) {
            return server.examine().finding();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sgl_router_requests_total, SGLang's router",
        "sglang_router_requests_total, SGLang's router",
        "smg_http_requests_total, SGLang's router",
        "inference_extension_plugin_duration_seconds_count, llm-d's endpoint picker",
        "llm_d_epp_request_total, llm-d's endpoint picker",
        "dynamo_frontend_requests_total, NVIDIA Dynamo",
        "litellm_requests_metric_total, LiteLLM",
        "nginx_connections_active, nginx",
        "envoy_cluster_upstream_rq_total, Envoy",
    })
    void aRoutersMetricsAreNotAnEngines(String name, String title) {
        Finding finding = of(name + " 1\nprocess_cpu_seconds_total 1\n");
        assertThat(finding.cause()).isEqualTo(Cause.ROUTER);
        assertThat(finding.problem()).contains("are those of " + title + ", not of an engine");
    }

    @Test
    void theProductionStacksRouterIsToldFromAVllmThoughItUsesItsNames() {
        Finding finding =
                of("vllm:num_requests_running{server=\"http://a\"} 1\nvllm:current_qps{server=\"http://a\"} 2\n");
        assertThat(finding.cause()).isEqualTo(Cause.ROUTER);
        assertThat(finding.remedy()).isEqualTo("read /metrics of each vLLM behind it");
    }

    @Test
    void anEngineWhoseMetricsDynamoPassesOnIsAnEngine() {
        assertThat(of("dynamo_component_requests_total 1\nvllm:num_requests_running 1\n")
                        .cause())
                .isNotEqualTo(Cause.ROUTER);
    }

    @ParameterizedTest
    @CsvSource({
        "DCGM_FI_DEV_GPU_UTIL, GPU exporter of DCGM",
        "lmcache_mp_l1_evicted_keys_total, LMCache",
        "ray_actors, Ray itself",
    })
    void whatStandsBesideTheEnginesIsNamed(String name, String title) {
        Finding finding = of(name + " 1\n");
        assertThat(finding.cause()).isEqualTo(Cause.NOT_AN_ENGINE);
        assertThat(finding.problem()).contains(title);
    }

    @Test
    void namesEscapedAsValuesAreNotRead() {
        Finding finding = of("U__vllm_3a_num__requests__running 1\n");
        assertThat(finding.cause()).isEqualTo(Cause.ESCAPED_BEYOND_READING);
        assertThat(finding.problem()).contains("U__vllm_3a_num__requests__running");
    }

    @Test
    void anEngineThatNoModuleReadsIsNamed() {
        Finding finding = of("trtllm_request_success_total 1\n");
        assertThat(finding.cause()).isEqualTo(Cause.ENGINE_NOT_INSTALLED);
        assertThat(finding.problem()).contains("is TensorRT-LLM");
    }

    @Test
    void vllmWithoutStatisticsIsKnownByItsModels() {
        try (ScriptedServer server = ScriptedServer.serving(WEB_FRAMEWORK)
                .at("/v1/models", 200, "application/json", "{\"data\":[{\"id\":\"m\",\"owned_by\":\"vllm\"}]}")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.finding().cause()).isEqualTo(Cause.STATISTICS_OFF);
            assertThat(diagnosis.finding().remedy()).isEqualTo("start it without --disable-log-stats");
            assertThat(diagnosis.sentence()).startsWith("vLLM at");
        }
    }

    @Test
    void vllmWithoutStatisticsIsKnownByItsVersionBehindAnApiKey() {
        try (ScriptedServer server = ScriptedServer.serving(WEB_FRAMEWORK)
                .at("/v1/models", 401, "application/json", "{\"error\":\"Unauthorized\"}")
                .at("/version", 200, "application/json", "{\"version\":\"0.32.0\"}")) {
            assertThat(server.examine().sentence()).startsWith("vLLM at");
        }
    }

    @Test
    void aWebFrameworkAloneMayBeAVllmWithoutStatistics() {
        Finding finding = of(WEB_FRAMEWORK);
        assertThat(finding.cause()).isEqualTo(Cause.STATISTICS_OFF);
        assertThat(finding.remedy()).contains("if it is vLLM");
    }

    @Test
    void metricsOfNobodyKnownAreListed() {
        Finding finding = of("coffee_cups_total 1\ntea_cups_total 2\n");
        assertThat(finding.cause()).isEqualTo(Cause.UNKNOWN_ENGINE);
        assertThat(finding.problem()).contains("coffee_cups_total, tea_cups_total");
    }
}
