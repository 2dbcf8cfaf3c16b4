package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.testkit.contract.Captures;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of real servers, where they lie beside the checkout. */
class RealBodiesTest {
    @ParameterizedTest
    @CsvSource({
        "vllm-0.32.0-disable-log-stats.txt, STATISTICS_OFF",
        "vllm-0.32.0-idle.txt, NEVER_USED",
        "vllm-0.32.0-busy-1.txt, SATURATED",
        "vllm-0.32.0-dp2-busy.txt, HEALTHY",
        "vllm-ray-serve-0.6.x-ray_vllm.txt, HEALTHY",
        "sglang-0.5.23-busy-1.txt, HEALTHY",
        "sglang-0.5.23-rust-front-end-busy.txt, HEALTHY",
        "sglang-0.5.23-openmetrics-colon-trap.txt, ESCAPED_NAMES",
        "tgi-3.x-assembled-mock-lss.txt, HEALTHY",
        "litellm-mock-utrobinmv.txt, ROUTER",
        "llm-d-epp-golden-concatenated.txt, ROUTER",
        "dynamo-runtime-docs-excerpt.txt, ROUTER",
        "envoy-openmetrics.txt, ROUTER",
        "haproxy-all.txt, ROUTER",
        "lmcache-mp-server-live.txt, NOT_AN_ENGINE",
        "ray-worker.txt, NOT_AN_ENGINE",
        "triton-first-response-histogram-docs.txt, NOT_AN_ENGINE",
        "dcgm-exporter-rtx4090-driver580-2026.txt, NOT_AN_ENGINE",
        "trtllm-via-dynamo-docs-excerpt.txt, ENGINE_NOT_INSTALLED",
        "pulsar-2.5.0.txt, UNKNOWN_ENGINE",
    })
    void aRealBodyIsDiagnosed(String file, Cause cause) {
        Optional<Path> body = Captures.body(file);
        assumeTrue(body.isPresent(), "there is no folder of captures beside this checkout");
        assertThat(new Doctor().examine(body.get().toString()).finding().cause())
                .isEqualTo(cause);
    }
}
