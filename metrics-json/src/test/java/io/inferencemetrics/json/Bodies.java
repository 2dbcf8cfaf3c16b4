package io.inferencemetrics.json;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;

/** The simple bodies of the documents that the views come from, and snapshots of any. */
final class Bodies {
    static final String SIMPLE_VLLM = """
            vllm:request_success_total 150
            vllm:request_failure_total 5
            vllm:time_to_first_token_seconds 0.025
            vllm:time_per_output_token_seconds 0.010
            vllm:e2e_request_latency_seconds 1.5
            vllm:gpu_cache_usage_perc 75.5
            vllm:gpu_memory_usage_bytes 8589934592
            vllm:num_requests_running 3
            vllm:num_requests_waiting 2
            vllm:prompt_tokens_total 15000
            vllm:generation_tokens_total 30000
            """;

    static final String SIMPLE_SGLANG = """
            sglang:request_success_total 300
            sglang:request_failure_total 2
            sglang:request_duration_seconds 1.8
            sglang:time_to_first_token_seconds 0.020
            sglang:time_per_output_token_seconds 0.008
            sglang:request_input_tokens 256
            sglang:request_output_tokens 512
            sglang:cache_hit_rate 0.85
            sglang:cache_memory_usage_bytes 4294967296
            sglang:radix_cache_size 1024
            sglang:prefix_cache_hit_total 255
            sglang:num_requests_running 4
            sglang:num_requests_waiting 1
            sglang:batch_size_current 16
            sglang:throughput_tokens_per_second 1250.5
            """;

    private Bodies() {}

    static MetricsSnapshot read(String engine, String body) {
        return read(engine, body, "text/plain");
    }

    static MetricsSnapshot read(String engine, String body, String contentType) {
        return Collectors.forEngine(engine)
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), contentType))
                .instanceId(engine + "-001")
                .keepRawSamples()
                .collect("http://localhost:8000");
    }

    /** As the documents' mock servers really send it: one string of JSON. */
    static MetricsSnapshot readAsJsonString(String engine, String body) {
        String json = "\"\\n" + body.replace("\"", "\\\"").replace("\n", "\\n") + "\"";
        return read(engine, json, "application/json");
    }
}
