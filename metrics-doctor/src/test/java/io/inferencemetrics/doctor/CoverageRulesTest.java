package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.testkit.SimulatedEngine;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoverageRulesTest {
    private static Finding of(String body, Cause cause) {
        return new Doctor()
                        .interval(Duration.ZERO)
                        .transport(ScriptedTransport.of(() -> body))
                        .with((target, timeout) -> Optional.empty(), time -> {})
                        .examine("http://engine:8000")
                        .findings()
                        .stream()
                        .filter(finding -> finding.cause() == cause)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void metricsThatThisVersionShouldHaveAreListed() {
        Finding finding = of("vllm:num_requests_running 1\nvllm:kv_cache_usage_perc 0\n", Cause.METRICS_MISSING);
        assertThat(finding.problem())
                .contains("metrics that vLLM should have are not at http://engine:8000/metrics")
                .contains("tokens.prompt (vllm:prompt_tokens_total is missing)");
    }

    @Test
    void valuesThatMeanNothingAreListed() {
        Finding finding = of("vllm:num_requests_running NaN\n", Cause.VALUES_UNUSABLE);
        assertThat(finding.problem())
                .startsWith("2 metrics at http://engine:8000/metrics have values that cannot be used: requests.running")
                .contains("NaN", "batch.size");
    }

    @Test
    void metricsOfAnOptionNameTheOption() {
        Finding finding = of(SimulatedEngine.vllm().busy().metricsText(), Cause.OPTION_OFF);
        assertThat(finding.remedy()).contains("--enable-lora for lora.max, lora.running, lora.waiting");
        assertThat(finding.severity()).isEqualTo(Severity.NOTICE);
    }

    @Test
    void metricsOfOtherVersionsNameThem() {
        Finding finding = of(SimulatedEngine.vllm().busy().metricsText(), Cause.NOT_IN_VERSION);
        assertThat(finding.remedy()).contains("requests.swapped (0.2.3 to 0.9.0.1)");
    }

    @Test
    void namesThatTheCatalogueLacksAreListed() {
        Finding finding = of("vllm:num_requests_running 1\nvllm:brand_new 1\n", Cause.NEWER_THAN_CATALOGUE);
        assertThat(finding.problem()).isEqualTo("1 name of vLLM is not in the catalogue: vllm:brand_new");
        assertThat(of("vllm:brand_new 1\n", Cause.NEWER_THAN_CATALOGUE).problem())
                .isEqualTo("1 name of vLLM is not in the catalogue: vllm:brand_new");
    }
}
