package io.inferencemetrics.metric;

import static io.inferencemetrics.metric.Aggregation.CAPACITY_WEIGHTED_MEAN;
import static io.inferencemetrics.metric.Aggregation.MAX;
import static io.inferencemetrics.metric.Aggregation.MEAN;
import static io.inferencemetrics.metric.Aggregation.SAME;
import static io.inferencemetrics.metric.Aggregation.SUM;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary: what can be asked of an LLM inference server, the same over all engines.
 *
 * <p>No engine answers everything; an absent answer says why. Counters and histograms count since the server started,
 * times are in seconds, ratios run from 0 to 1.
 */
public final class LlmMetrics {

    // ---- Requests

    /** Requests that the engine is computing right now. */
    public static final GaugeMetric REQUESTS_RUNNING =
            GaugeMetric.of("requests.running", Unit.REQUESTS, "Requests that the engine is computing right now.", SUM);

    /** Requests that wait for their first computation. */
    public static final GaugeMetric REQUESTS_WAITING =
            GaugeMetric.of("requests.waiting", Unit.REQUESTS, "Requests that wait for their first computation.", SUM);

    /** Requests whose KV blocks were moved to host memory (vLLM's V0 engine). */
    public static final GaugeMetric REQUESTS_SWAPPED = GaugeMetric.of(
            "requests.swapped",
            Unit.REQUESTS,
            "Requests whose KV blocks were moved to host memory (vLLM's V0 engine).",
            SUM);

    /** Requests put back into the queue for want of KV memory (SGLang), as last logged. */
    public static final GaugeMetric REQUESTS_RETRACTED = GaugeMetric.of(
            "requests.retracted",
            Unit.REQUESTS,
            "Requests put back into the queue for want of KV memory (SGLang), as last logged.",
            SUM);

    /** Requests that reached the server; on vLLM the HTTP requests that were answered. */
    public static final CounterMetric REQUESTS_RECEIVED = CounterMetric.of(
            "requests.received",
            Unit.REQUESTS,
            "Requests that reached the server; on vLLM the HTTP requests that were answered.",
            SUM);

    /** Requests that ended well; vLLM counts sequences. */
    public static final CounterMetric REQUESTS_SUCCESS = CounterMetric.of(
            "requests.success", Unit.REQUESTS, "Requests that ended well; vLLM counts sequences.", SUM);

    /** Requests that ended, by the reason (series of the dimension finish_reason). */
    public static final CounterMetric REQUESTS_BY_FINISH_REASON = CounterMetric.of(
            "requests.by_finish_reason",
            Unit.REQUESTS,
            "Requests that ended, by the reason (series of the dimension finish_reason).",
            SUM);

    /** Requests that ended in an error of the engine; what counts as one differs between engines. */
    public static final CounterMetric REQUESTS_FAILED = CounterMetric.of(
            "requests.failed",
            Unit.REQUESTS,
            "Requests that ended in an error of the engine; what counts as one differs between engines.",
            SUM);

    /** Requests given up before they were done; vLLM never counts a client that hung up. */
    public static final CounterMetric REQUESTS_ABORTED = CounterMetric.of(
            "requests.aborted",
            Unit.REQUESTS,
            "Requests given up before they were done; vLLM never counts a client that hung up.",
            SUM);

    // ---- Tokens

    /** Requests that had their first token. */
    public static final CounterMetric REQUESTS_FIRST_TOKEN = CounterMetric.of(
            "requests.first_token", Unit.REQUESTS, "Requests that had their first token; vLLM counts sequences.", SUM);

    /** Requests that ended, for whatever reason that the engine counts. */
    public static final CounterMetric REQUESTS_ENDED = CounterMetric.of(
            "requests.ended", Unit.REQUESTS, "Requests that ended, for whatever reason that the engine counts.", SUM);

    /** Requests that the engine forgot when their client hung up. */
    public static final GaugeMetric REQUESTS_ABANDONED = GaugeMetric.of(
            "requests.abandoned",
            Unit.REQUESTS,
            "Requests whose client hung up after their first token, and that the engine counts nowhere.",
            SUM);

    /** Prompt tokens of all requests, cached ones included. */
    public static final CounterMetric PROMPT_TOKENS =
            CounterMetric.of("tokens.prompt", Unit.TOKENS, "Prompt tokens of all requests, cached ones included.", SUM);

    /** Tokens generated. */
    public static final CounterMetric GENERATED_TOKENS =
            CounterMetric.of("tokens.generated", Unit.TOKENS, "Tokens generated.", SUM);

    /** Prompt tokens that a cache held, so that they were not computed. */
    public static final CounterMetric CACHED_TOKENS = CounterMetric.of(
            "tokens.cached", Unit.TOKENS, "Prompt tokens that a cache held, so that they were not computed.", SUM);

    /** Prompt tokens that were really computed. */
    public static final CounterMetric COMPUTED_PROMPT_TOKENS =
            CounterMetric.of("tokens.prompt_computed", Unit.TOKENS, "Prompt tokens that were really computed.", SUM);

    /** Tokens generated while requests run, without the first of each. */
    public static final CounterMetric DECODED_TOKENS = CounterMetric.of(
            "tokens.decoded", Unit.TOKENS, "Tokens generated, without the first of each request.", SUM);

    /** Tokens generated for requests that ended. */
    public static final CounterMetric FINISHED_TOKENS = CounterMetric.of(
            "tokens.finished", Unit.TOKENS, "Tokens generated for requests that the engine saw end.", SUM);

    /** Tokens generated for requests that the engine forgot. */
    public static final GaugeMetric ABANDONED_TOKENS = GaugeMetric.of(
            "tokens.abandoned",
            Unit.TOKENS,
            "Tokens generated for requests whose client hung up, and for those that still run.",
            SUM);

    /** Prompt length of finished requests. */
    public static final HistogramMetric PROMPT_TOKENS_PER_REQUEST =
            HistogramMetric.of("request.prompt_tokens", Unit.TOKENS, "Prompt length of finished requests.", SUM);

    /** Tokens generated for a finished request. */
    public static final HistogramMetric GENERATED_TOKENS_PER_REQUEST = HistogramMetric.of(
            "request.generated_tokens", Unit.TOKENS, "Tokens generated for a finished request.", SUM);

    /** Prompt tokens a second, as the engine averaged them. */
    public static final GaugeMetric PROMPT_THROUGHPUT = GaugeMetric.of(
            "throughput.prompt", Unit.TOKENS_PER_SECOND, "Prompt tokens a second, as the engine averaged them.", SUM);

    /** Generated tokens a second, as the engine averaged them. */
    public static final GaugeMetric GENERATION_THROUGHPUT = GaugeMetric.of(
            "throughput.generation",
            Unit.TOKENS_PER_SECOND,
            "Generated tokens a second, as the engine averaged them.",
            SUM);

    // ---- Latencies

    /** From arrival to the first token. */
    public static final HistogramMetric TIME_TO_FIRST_TOKEN = HistogramMetric.of(
                    "latency.ttft", Unit.SECONDS, "From arrival to the first token.", SUM)
            .withOpenTelemetryName("gen_ai.server.time_to_first_token");

    /** Between one token and the next. */
    public static final HistogramMetric INTER_TOKEN_LATENCY =
            HistogramMetric.of("latency.itl", Unit.SECONDS, "Between one token and the next.", SUM);

    /** A request's mean time for a token after the first. */
    public static final HistogramMetric TIME_PER_OUTPUT_TOKEN = HistogramMetric.of(
                    "latency.tpot", Unit.SECONDS, "A request's mean time for a token after the first.", SUM)
            .withOpenTelemetryName("gen_ai.server.time_per_output_token");

    /** From arrival to the last token, of finished requests. */
    public static final HistogramMetric END_TO_END_LATENCY = HistogramMetric.of(
                    "latency.e2e", Unit.SECONDS, "From arrival to the last token, of finished requests.", SUM)
            .withOpenTelemetryName("gen_ai.server.request.duration");

    /** From arrival to the first computation. */
    public static final HistogramMetric QUEUE_TIME =
            HistogramMetric.of("latency.queue", Unit.SECONDS, "From arrival to the first computation.", SUM);

    /** The computation of the prompt. */
    public static final HistogramMetric PREFILL_TIME =
            HistogramMetric.of("latency.prefill", Unit.SECONDS, "The computation of the prompt.", SUM);

    /** From the first token to the last. */
    public static final HistogramMetric DECODE_TIME =
            HistogramMetric.of("latency.decode", Unit.SECONDS, "From the first token to the last.", SUM);

    /** Prefill and decode together. */
    public static final HistogramMetric INFERENCE_TIME =
            HistogramMetric.of("latency.inference", Unit.SECONDS, "Prefill and decode together.", SUM);

    // ---- KV cache

    /** Share of the KV cache in use; ranks combine by their capacity. */
    public static final RatioMetric KV_USAGE = RatioMetric.of(
            "kv.usage_ratio",
            Unit.RATIO,
            "Share of the KV cache in use; ranks combine by their capacity.",
            CAPACITY_WEIGHTED_MEAN);

    /** Share of the KV cache in use on the fullest rank, which routers and alerts go by. */
    public static final RatioMetric KV_USAGE_MAX = RatioMetric.of(
            "kv.usage_ratio.max",
            Unit.RATIO,
            "Share of the KV cache in use on the fullest rank, which routers and alerts go by.",
            MAX);

    /** Tokens that the KV cache can hold. */
    public static final GaugeMetric KV_CAPACITY =
            GaugeMetric.of("kv.capacity_tokens", Unit.TOKENS, "Tokens that the KV cache can hold.", SUM);

    /** Tokens that running requests hold in the KV cache. */
    public static final GaugeMetric KV_USED =
            GaugeMetric.of("kv.used_tokens", Unit.TOKENS, "Tokens that running requests hold in the KV cache.", SUM);

    /** Tokens kept for reuse by later requests. */
    public static final GaugeMetric KV_CACHED =
            GaugeMetric.of("kv.cached_tokens", Unit.TOKENS, "Tokens kept for reuse by later requests.", SUM);

    /** Cached tokens that no running request holds. */
    public static final GaugeMetric KV_EVICTABLE =
            GaugeMetric.of("kv.evictable_tokens", Unit.TOKENS, "Cached tokens that no running request holds.", SUM);

    /** Cached tokens thrown out to make room. */
    public static final CounterMetric KV_EVICTED =
            CounterMetric.of("kv.evicted_tokens", Unit.TOKENS, "Cached tokens thrown out to make room.", SUM);

    /** Tokens in one block (page) of the KV cache. */
    public static final GaugeMetric KV_BLOCK_SIZE =
            GaugeMetric.of("kv.block_size_tokens", Unit.TOKENS, "Tokens in one block (page) of the KV cache.", SAME);

    /** Memory set aside for the KV cache. */
    public static final GaugeMetric KV_MEMORY =
            GaugeMetric.of("kv.memory_bytes", Unit.BYTES, "Memory set aside for the KV cache.", SUM);

    /** Share of the host memory's KV cache in use. */
    public static final RatioMetric KV_HOST_USAGE =
            RatioMetric.of("kv.host_usage_ratio", Unit.RATIO, "Share of the host memory's KV cache in use.", MEAN);

    // ---- Prefix cache

    /** Prompt tokens looked up in the prefix cache. */
    public static final CounterMetric PREFIX_CACHE_QUERIES =
            CounterMetric.of("prefix.queries", Unit.TOKENS, "Prompt tokens looked up in the prefix cache.", SUM);

    /** Prompt tokens found in the prefix cache. */
    public static final CounterMetric PREFIX_CACHE_HITS =
            CounterMetric.of("prefix.hits", Unit.TOKENS, "Prompt tokens found in the prefix cache.", SUM);

    /** Share of prompt tokens found in the prefix cache, since the server started. */
    public static final RatioMetric PREFIX_CACHE_HIT_RATIO = RatioMetric.of(
            "prefix.hit_ratio",
            Unit.RATIO,
            "Share of prompt tokens found in the prefix cache, since the server started.",
            MEAN);

    /** Prompt tokens looked up in a cache outside the engine. */
    public static final CounterMetric EXTERNAL_PREFIX_CACHE_QUERIES = CounterMetric.of(
            "prefix.external.queries", Unit.TOKENS, "Prompt tokens looked up in a cache outside the engine.", SUM);

    /** Prompt tokens found in a cache outside the engine. */
    public static final CounterMetric EXTERNAL_PREFIX_CACHE_HITS = CounterMetric.of(
            "prefix.external.hits", Unit.TOKENS, "Prompt tokens found in a cache outside the engine.", SUM);

    /** Running requests put back for want of KV memory. */
    public static final CounterMetric PREEMPTIONS =
            CounterMetric.of("preemptions", Unit.EVENTS, "Running requests put back for want of KV memory.", SUM);

    // ---- Speculative decoding

    /** Drafts checked. */
    public static final CounterMetric DRAFTS = CounterMetric.of("spec.drafts", Unit.EVENTS, "Drafts checked.", SUM);

    /** Tokens proposed by the draft model. */
    public static final CounterMetric DRAFT_TOKENS =
            CounterMetric.of("spec.draft_tokens", Unit.TOKENS, "Tokens proposed by the draft model.", SUM);

    /** Proposed tokens that were accepted. */
    public static final CounterMetric ACCEPTED_TOKENS =
            CounterMetric.of("spec.accepted_tokens", Unit.TOKENS, "Proposed tokens that were accepted.", SUM);

    /** Share of proposed tokens accepted, since the server started where counters exist. */
    public static final RatioMetric ACCEPTANCE_RATE = RatioMetric.of(
            "spec.acceptance_rate",
            Unit.RATIO,
            "Share of proposed tokens accepted, since the server started where counters exist.",
            MEAN);

    /** Tokens gained by one draft, the engine's own included. */
    public static final GaugeMetric ACCEPTANCE_LENGTH = GaugeMetric.of(
            "spec.acceptance_length", Unit.TOKENS, "Tokens gained by one draft, the engine's own included.", MEAN);

    // ---- Adapters and batches

    /** LoRA adapters that running requests use (series of the dimension adapter where the engine names them). */
    public static final GaugeMetric LORA_RUNNING = GaugeMetric.of(
            "lora.running",
            Unit.ONE,
            "LoRA adapters that running requests use (series of the dimension adapter where the engine names them).",
            SUM);

    /** LoRA adapters that waiting requests use. */
    public static final GaugeMetric LORA_WAITING =
            GaugeMetric.of("lora.waiting", Unit.ONE, "LoRA adapters that waiting requests use.", SUM);

    /** LoRA adapters that can be loaded at once. */
    public static final GaugeMetric LORA_MAX =
            GaugeMetric.of("lora.max", Unit.ONE, "LoRA adapters that can be loaded at once.", SAME);

    /** Requests in the running batch. */
    public static final GaugeMetric BATCH_SIZE =
            GaugeMetric.of("batch.size", Unit.REQUESTS, "Requests in the running batch.", SUM);

    // ---- Server

    /** Whether the engine is awake, or what it gave up to sleep. */
    public static final TextMetric SLEEP_STATE = TextMetric.of(
            "engine.sleep_state", Unit.TEXT, "Whether the engine is awake, or what it gave up to sleep.", SAME);

    /** The name under which the model is served. */
    public static final TextMetric MODEL_NAME =
            TextMetric.of("model.name", Unit.TEXT, "The name under which the model is served.", SAME);

    /** The longest sequence the server takes, prompt and answer together. */
    public static final GaugeMetric MODEL_MAX_LENGTH = GaugeMetric.of(
                    "model.max_len",
                    Unit.TOKENS,
                    "The longest sequence the server takes, prompt and answer together.",
                    SAME)
            .withOverReplicas(Aggregation.MIN);

    /** The engine's version, where the metrics say it. */
    public static final TextMetric ENGINE_VERSION =
            TextMetric.of("engine.version", Unit.TEXT, "The engine's version, where the metrics say it.", SAME);

    /** When the process that serves the metrics started; what it counts starts again with it. */
    public static final GaugeMetric PROCESS_START = GaugeMetric.of(
            "process.start_time", Unit.SECONDS, "When the server's process started, in Unix time.", SAME);

    private static final Map<String, Metric<?>> BY_NAME = byName(List.of(
            REQUESTS_RUNNING,
            REQUESTS_WAITING,
            REQUESTS_SWAPPED,
            REQUESTS_RETRACTED,
            REQUESTS_RECEIVED,
            REQUESTS_SUCCESS,
            REQUESTS_BY_FINISH_REASON,
            REQUESTS_FAILED,
            REQUESTS_ABORTED,
            REQUESTS_FIRST_TOKEN,
            REQUESTS_ENDED,
            REQUESTS_ABANDONED,
            PROMPT_TOKENS,
            GENERATED_TOKENS,
            CACHED_TOKENS,
            COMPUTED_PROMPT_TOKENS,
            DECODED_TOKENS,
            FINISHED_TOKENS,
            ABANDONED_TOKENS,
            PROMPT_TOKENS_PER_REQUEST,
            GENERATED_TOKENS_PER_REQUEST,
            PROMPT_THROUGHPUT,
            GENERATION_THROUGHPUT,
            TIME_TO_FIRST_TOKEN,
            INTER_TOKEN_LATENCY,
            TIME_PER_OUTPUT_TOKEN,
            END_TO_END_LATENCY,
            QUEUE_TIME,
            PREFILL_TIME,
            DECODE_TIME,
            INFERENCE_TIME,
            KV_USAGE,
            KV_USAGE_MAX,
            KV_CAPACITY,
            KV_USED,
            KV_CACHED,
            KV_EVICTABLE,
            KV_EVICTED,
            KV_BLOCK_SIZE,
            KV_MEMORY,
            KV_HOST_USAGE,
            PREFIX_CACHE_QUERIES,
            PREFIX_CACHE_HITS,
            PREFIX_CACHE_HIT_RATIO,
            EXTERNAL_PREFIX_CACHE_QUERIES,
            EXTERNAL_PREFIX_CACHE_HITS,
            PREEMPTIONS,
            DRAFTS,
            DRAFT_TOKENS,
            ACCEPTED_TOKENS,
            ACCEPTANCE_RATE,
            ACCEPTANCE_LENGTH,
            LORA_RUNNING,
            LORA_WAITING,
            LORA_MAX,
            BATCH_SIZE,
            SLEEP_STATE,
            MODEL_NAME,
            MODEL_MAX_LENGTH,
            ENGINE_VERSION,
            PROCESS_START));

    private LlmMetrics() {}

    /** All metrics of the vocabulary, in the order of their declaration. */
    public static List<Metric<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The metric with this name, such as {@code requests.running}. */
    public static Optional<Metric<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, Metric<?>> byName(List<Metric<?>> metrics) {
        Map<String, Metric<?>> byName = new LinkedHashMap<>();
        metrics.forEach(m -> byName.put(m.name(), m));
        return byName;
    }
}
