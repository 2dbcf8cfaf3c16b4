package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.snapshot.EngineVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What an engine answers under other paths than its metrics': JSON, or nothing with status 200.
 *
 * @param engine as {@link EngineKind} calls it
 * @param version what the engine says it is
 * @param setup the model, and how many ranks there are
 * @param now the time of the request
 * @param measure what the simulation knows, by name and data-parallel rank
 */
public record Endpoints(
        String engine, EngineVersion version, Setup setup, Instant now, ToDoubleBiFunction<String, Integer> measure) {
    private static final int CONTEXT_TOKENS = 8_192;

    /** The answer under a path; the engine's own way to say that there is none otherwise. */
    public Answer get(String path) {
        String body = switch (family()) {
            case "vllm" -> vllm(path);
            case "sglang" -> sglang(path);
            case "tgi" -> tgi(path);
            case "llamacpp" -> llamacpp(path);
            default -> dcgm(path);
        };
        if (body == null || isOrigin()) {
            return notFound();
        }
        return body.isEmpty() ? Answer.empty() : Answer.json(200, body);
    }

    /** What the engine says about a path that it does not have. */
    public Answer notFound() {
        return switch (family()) {
            case "vllm", "sglang" -> Answer.json(404, "{\"detail\":\"Not Found\"}");
            case "tgi" -> new Answer(404, "", "", Answer.Delivery.WHOLE);
            case "llamacpp" ->
                Answer.json(
                        404, "{\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}");
            default -> Answer.plain(404, "404 page not found\n");
        };
    }

    /** What the engine, or what stands before it, says while the model is being loaded. */
    public Answer loading() {
        return switch (family()) {
            case "tgi" -> Answer.json(503, "{\"error\":\"unhealthy\",\"error_type\":\"healthcheck\"}");
            case "llamacpp" ->
                Answer.json(
                        503, "{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}");
            default -> new Answer(503, "", "", Answer.Delivery.WHOLE);
        };
    }

    /** How the names of the engine's own families begin. */
    public String prefix() {
        return family().equals("dcgm") ? "DCGM_" : family();
    }

    /** The paths under which the engine shows its metrics. */
    public boolean isMetrics(String path) {
        boolean python = family().equals("vllm") || family().equals("sglang");
        return path.equals("/metrics") || (python && path.equals("/metrics/"));
    }

    /** The origin documents' servers have their metrics and nothing else. */
    private boolean isOrigin() {
        return !family().equals(engine);
    }

    private String family() {
        return engine.replace("origin-", "");
    }

    private @Nullable String vllm(String path) {
        return switch (path) {
            case "/health" -> "";
            case "/ping" -> since("0.7.0", "");
            case "/version" -> since("0.4.0", "{\"version\":\"" + version + "\"}");
            case "/load" -> since("0.8.0", "{\"server_load\":0}");
            case "/v1/models" -> vllmModels();
            default -> null;
        };
    }

    private @Nullable String sglang(String path) {
        return switch (path) {
            case "/health", "/health_generate" -> "";
            case "/ping" -> python(since("0.4.3.post3", ""));
            case "/v1/models" -> sglangModels();
            case "/get_model_info" -> sglangModel();
            case "/model_info" -> since("0.5.6", sglangModel());
            case "/get_server_info" -> python(since("0.3.6.post1", sglangServer()));
            case "/server_info" -> since("0.5.6", sglangServer());
            case "/get_load" -> since("0.5.21", "") == null ? since("0.4.7", sglangLoad()) : null;
            case "/v1/loads" -> since("0.5.8", sglangLoads());
            default -> null;
        };
    }

    private @Nullable String tgi(String path) {
        return switch (path) {
            case "/", "/health", "/ping" -> "";
            case "/info" -> tgiInfo();
            case "/v1/models" ->
                since(
                        "2.3.0",
                        "{\"object\":\"list\",\"data\":[{\"id\":" + name()
                                + ",\"object\":\"model\",\"created\":0,\"owned_by\":" + name() + "}]}");
            default -> null;
        };
    }

    private @Nullable String llamacpp(String path) {
        return switch (path) {
            case "/health", "/v1/health" -> "{\"status\":\"ok\"}";
            case "/v1/models", "/models" ->
                "{\"object\":\"list\",\"data\":[{\"id\":" + name() + ",\"object\":\"model\",\"created\":"
                        + now.getEpochSecond() + ",\"owned_by\":\"llamacpp\"}]}";
            default -> null;
        };
    }

    private static @Nullable String dcgm(String path) {
        return path.equals("/health") ? "" : null;
    }

    private @Nullable String since(String first, String body) {
        return version.compareTo(EngineVersion.of(first)) >= 0 ? body : null;
    }

    /** What the front end written in Rust does not have. */
    private @Nullable String python(@Nullable String body) {
        return setup.variant().rustFrontEnd() ? null : body;
    }

    private String vllmModels() {
        long created = now.getEpochSecond();
        return "{\"object\":\"list\",\"data\":[{\"id\":" + name() + ",\"object\":\"model\",\"created\":" + created
                + ",\"owned_by\":\"vllm\",\"root\":" + name() + ",\"parent\":null,\"max_model_len\":" + CONTEXT_TOKENS
                + ",\"permission\":[{\"id\":\"modelperm-" + "0".repeat(16)
                + "\",\"object\":\"model_permission\",\"created\":" + created
                + ",\"allow_create_engine\":false,\"allow_sampling\":true,\"allow_logprobs\":true"
                + ",\"allow_search_indices\":false,\"allow_view\":true,\"allow_fine_tuning\":false"
                + ",\"organization\":\"*\",\"group\":null,\"is_blocking\":false}]}]}";
    }

    private String sglangModels() {
        return "{\"object\":\"list\",\"data\":[{\"id\":" + name() + ",\"object\":\"model\",\"created\":"
                + now.getEpochSecond() + ",\"owned_by\":\"sglang\",\"root\":" + name()
                + ",\"parent\":null,\"max_model_len\":" + CONTEXT_TOKENS + "}]}";
    }

    private String sglangModel() {
        return "{\"model_path\":" + name() + ",\"tokenizer_path\":" + name()
                + ",\"is_generation\":true,\"preferred_sampling_params\":null,\"weight_version\":\"default\"}";
    }

    private String sglangServer() {
        return "{\"model_path\":" + name() + ",\"tokenizer_path\":" + name() + ",\"served_model_name\":" + name()
                + ",\"tp_size\":" + tensorRanks() + ",\"dp_size\":"
                + setup.variant().dataParallel()
                + ",\"pp_size\":1,\"enable_metrics\":true,\"api_key\":null,\"max_total_num_tokens\":"
                + whole("kv.capacity", 0) + ",\"max_req_input_len\":" + (CONTEXT_TOKENS - 6) + ",\"version\":\""
                + version
                + "\",\"startup_time\":" + seconds(setup.started()) + ",\"internal_states\":"
                + forEachRank(this::sglangState) + "}";
    }

    private int tensorRanks() {
        Variant variant = setup.variant();
        return variant.attentionParallel() ? variant.dataParallel() : variant.tensorParallel();
    }

    private String sglangState(int rank) {
        return "{\"last_gen_throughput\":" + measure.applyAsDouble("throughput", rank)
                + ",\"memory_usage\":{\"weight\":15.2,\"kvcache\":5.0,\"token_capacity\":" + whole("kv.capacity", rank)
                + "}}";
    }

    private String sglangLoad() {
        return forEachRank(rank -> "{\"dp_rank\":" + rank + ",\"num_reqs\":"
                + (whole("running", rank) + whole("waiting", rank)) + ",\"num_waiting_reqs\":" + whole("waiting", rank)
                + ",\"num_tokens\":" + whole("kv.used", rank) + "}");
    }

    private String sglangLoads() {
        return "{\"timestamp\":\"" + now + "\",\"version\":\"" + version + "\",\"loads\":"
                + forEachRank(this::sglangLoads) + "}";
    }

    private String sglangLoads(int rank) {
        return "{\"timestamp\":" + seconds(now) + ",\"dp_rank\":" + rank + ",\"num_running_reqs\":"
                + whole("running", rank) + ",\"num_waiting_reqs\":" + whole("waiting", rank) + ",\"num_used_tokens\":"
                + whole("kv.used", rank) + ",\"max_total_num_tokens\":" + whole("kv.capacity", rank)
                + ",\"max_running_requests\":" + TrafficShape.SLOTS + ",\"token_usage\":"
                + measure.applyAsDouble("kv.usage_rounded", rank) + ",\"gen_throughput\":"
                + measure.applyAsDouble("throughput", rank) + ",\"cache_hit_rate\":"
                + measure.applyAsDouble("prefix.last_hit_rate", rank) + ",\"queues\":{\"waiting\":"
                + whole("waiting", rank) + ",\"grammar\":0,\"paused\":0,\"retracted\":0,\"prealloc_ready\":0}}";
    }

    private String forEachRank(IntFunction<String> json) {
        return IntStream.range(0, setup.variant().dataParallel())
                .mapToObj(json)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String tgiInfo() {
        return "{\"model_id\":" + name() + ",\"model_sha\":null,\"model_pipeline_tag\":\"text-generation\""
                + ",\"max_concurrent_requests\":128,\"max_best_of\":2,\"max_stop_sequences\":4"
                + ",\"max_input_tokens\":" + (CONTEXT_TOKENS - 1) + ",\"max_total_tokens\":" + CONTEXT_TOKENS
                + ",\"validation_workers\":2,\"max_client_batch_size\":4"
                + ",\"router\":\"text-generation-router\",\"version\":\"" + version
                + "\",\"sha\":null,\"docker_label\":null}";
    }

    private String name() {
        return JsonText.quoted(setup.model());
    }

    private static String seconds(Instant instant) {
        return BigDecimal.valueOf(instant.toEpochMilli(), 3).toPlainString();
    }

    private long whole(String name, int rank) {
        return (long) measure.applyAsDouble(name, rank);
    }
}
