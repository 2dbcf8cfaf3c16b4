package io.inferencemetrics.benchmarks;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.internal.decode.CompiledCatalog;
import io.inferencemetrics.internal.decode.OtherEngines;
import io.inferencemetrics.internal.decode.ReadOptions;
import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.vllm.VllmEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a scrape of a target that is known cost a bound collector, from the transport's chunks to the decoded frame?
 *
 * <p>A vLLM body in chunks of 16 KB, of whose values 1 in 6 changes; the collector knows all metrics, or those that a
 * router asks for. It must allocate nothing; the snapshot that is made of a frame does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {
    private static final int CHUNK = 16 << 10;
    private static final Optional<String> TEXT = Optional.of("text/plain; version=0.0.4");

    /** Engines on the server. */
    @Param({"1", "4"})
    public int engines;

    private final ScrapeReader all = reader(Set.of());
    private final ScrapeReader router = reader(Set.of(
            LlmMetrics.REQUESTS_RUNNING,
            LlmMetrics.REQUESTS_WAITING,
            LlmMetrics.KV_USAGE,
            LlmMetrics.PREFIX_CACHE_QUERIES,
            LlmMetrics.PREFIX_CACHE_HITS));
    private List<ByteBuffer> bodies = List.of();
    private int next;

    private static ScrapeReader reader(Set<Metric<?>> wanted) {
        Catalog catalog = new VllmEngine().catalog();
        ReadOptions options = new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS);
        return new ScrapeReader(
                new CompiledCatalog(catalog, wanted), () -> OtherEngines.with(List.of(catalog)), options);
    }

    /** Makes the bodies, and checks that both readers take them whole. */
    @Setup
    public final void prepare() {
        bodies = Input.named(engines == 1 ? "vllm-1" : "vllm").few().stream()
                .map(ByteBuffer::wrap)
                .toList();
        for (ByteBuffer body : bodies) {
            if (read(all, body).length < body.limit() || read(router, body).length < body.limit()) {
                throw new IllegalStateException("the reader lost a part of the body");
            }
        }
    }

    /** All metrics that the catalogue knows. */
    @Benchmark
    public final Object allMetrics() {
        return read(all, nextBody());
    }

    /** Five metrics, so that only their families are read. */
    @Benchmark
    public final Object fiveMetrics() {
        return read(router, nextBody());
    }

    private ByteBuffer nextBody() {
        next = next + 1 < bodies.size() ? next + 1 : 0;
        return bodies.get(next);
    }

    private static byte[] read(ScrapeReader reader, ByteBuffer body) {
        reader.begin(TEXT);
        body.clear();
        while (body.position() < body.capacity()) {
            body.limit(Math.min(body.capacity(), body.position() + CHUNK));
            reader.feed(body);
        }
        return reader.readBody();
    }
}
