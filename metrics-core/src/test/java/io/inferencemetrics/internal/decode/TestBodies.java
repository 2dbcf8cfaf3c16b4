package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A small catalogue that has one of each kind of row, and snapshots of bodies read with it. */
public final class TestBodies {
    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    static final Catalog CATALOG = Catalog.parse("test", """
            engine    engine
            title     Engine
            port      9999
            prefixes  eng: ray_eng:
            bare      only_bare
            label     rank        dimension dp_rank
            label     model_name  dimension model
            label     tp_rank     copy
            label     streaming   sum

            metric | family | kind | unit | take | where | over | versions | appears | trust | note
            requests.running | eng:running | gauge | | | | priority=total | 1.0..
            requests.waiting | eng:waiting | gauge
            requests.waiting | eng:queued  | gauge | | | | | ..1.9
            requests.swapped | eng:swapped | gauge | | | | | 0.1..0.5
            requests.success | eng:success_total | counter | | | reason?=stop,length | reason=sum | 1.0..
            requests.by_finish_reason | eng:success_total | counter | | | reason~.+ | reason=dimension:finish_reason
            requests.failed | eng:failed_total | counter | | | | | 1.0.. | event
            requests.aborted | eng:aborted_total | counter | | | | | 1.0.. | option --count-aborts
            tokens.prompt | eng:length | histogram | tokens | sum
            requests.received | eng:length | histogram | | count
            requests.retracted | eng:retracted | gauge | | | | | 1.0.. | load
            tokens.generated | eng:generated_total | counter
            latency.ttft | eng:ttft_seconds | histogram | | | | | 1.0..
            latency.e2e | eng:e2e_ms | histogram | milliseconds
            kv.usage_ratio | eng:kv_usage | gauge
            kv.usage_ratio.max | = kv.usage_ratio
            kv.capacity_tokens | eng:config_info | info | | label:tokens
            kv.capacity_tokens | eng:config_info | info | | product:blocks*block_size | | rank=copy
            kv.used_tokens | = kv.usage_ratio * kv.capacity_tokens round
            kv.cached_tokens | = kv.evictable_tokens
            kv.evictable_tokens | = kv.cached_tokens
            kv.evicted_tokens | = eng:evicted_blocks_total * 16
            kv.host_usage_ratio | = eng:host_used / eng:never_listed
            kv.block_size_tokens | eng:block_size | gauge | | | | | 1.5..
            prefix.queries | eng:queries_total | counter
            prefix.hits | eng:hits_total | counter
            prefix.hit_ratio | = prefix.hits / prefix.queries
            prefix.hit_ratio | eng:hit_rate | gauge | percent | | | | | | doubtful | the last batch only
            lora.running | eng:lora_info | gauge | | items:adapters
            process.start_time | process_start_time_seconds | gauge
            engine.sleep_state | eng:sleep | gauge | | state:state
            model.name | eng:running | gauge | | label:model_name | | | 1.0..
            - | eng:own_seconds | gauge | seconds | | | series=max | | | | A metric of the engine's own.
            - | eng:least | gauge | one | | | series=min
            - | eng:agreed | gauge | one | | | series=same
            - | eng:evicted_blocks_total | counter | one
            - | eng:host_used | gauge | tokens | | | | 1.0.. | event
            - | eng:ttft_seconds | gauge | seconds | | | | none | | | The simple form.
            - | eng:changed_ms | histogram | milliseconds | | | | 2.0..
            - | eng:changed_ms | gauge | milliseconds | | | | ..1.9
            - | eng:facts_info | info | | | | | | | | Facts.
            """, List.of());

    private TestBodies() {}

    public static MetricsSnapshot snapshot(String body) {
        return read(reader(), body);
    }

    public static ScrapeReader reader(Metric<?>... wanted) {
        return reader(new ReadOptions(Duration.ofMinutes(5), true, true, ParserLimits.DEFAULTS), wanted);
    }

    static ScrapeReader reader(ReadOptions options, Metric<?>... wanted) {
        return reader(CATALOG, options, wanted);
    }

    public static ScrapeReader reader(Catalog catalog) {
        return reader(catalog, new ReadOptions(Duration.ofMinutes(5), true, true, ParserLimits.DEFAULTS));
    }

    private static ScrapeReader reader(Catalog catalog, ReadOptions options, Metric<?>... wanted) {
        return new ScrapeReader(
                new CompiledCatalog(catalog, Set.of(wanted)), () -> OtherEngines.with(List.of(catalog)), options);
    }

    public static MetricsSnapshot read(ScrapeReader reader, String body) {
        return read(reader, body, Optional.of("text/plain; version=0.0.4"));
    }

    /** Read so many seconds after the first moment. */
    public static MetricsSnapshot read(ScrapeReader reader, String body, double seconds) {
        FrameSnapshot snapshot = (FrameSnapshot) read(reader, body);
        return snapshot.with(info("test", Math.round(seconds * 1e9)), snapshot.frame());
    }

    /** A snapshot of a server of this name, read ten seconds after the first moment. */
    public static MetricsSnapshot of(String instanceId, String body) {
        FrameSnapshot snapshot = (FrameSnapshot) snapshot(body);
        return snapshot.with(info(instanceId, 10_000_000_000L), snapshot.frame());
    }

    private static ScrapeInfo info(String instanceId, long nanos) {
        return new ScrapeInfo(
                "http://test/metrics",
                instanceId,
                "engine",
                NOW.plusNanos(nanos),
                nanos,
                nanos - 900,
                nanos - 800,
                nanos,
                100,
                Optional.empty());
    }

    static MetricsSnapshot read(ScrapeReader reader, String body, Optional<String> contentType) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        reader.begin(contentType);
        reader.feed(ByteBuffer.wrap(bytes));
        return reader.finish(info(bytes.length, contentType));
    }

    static ScrapeInfo info(long bytes, Optional<String> contentType) {
        return new ScrapeInfo("http://test/metrics", "test", "engine", NOW, 1_000, 100, 200, 1_000, bytes, contentType);
    }
}
