package io.inferencemetrics.benchmarks;

import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.Exposition;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one body of a busy vLLM cost us: to parse it, to make a snapshot of it, and to ask what a router asks?
 *
 * <p>{@code parse} walks over all samples without making a string; {@code collect} is everything but the network, from
 * bytes to a snapshot; {@code collectForRouter} decodes what a router acts on, and asks for it; {@code parseToRecords} is
 * the convenient form, for comparison.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadBenchmark {
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.TEXT);

    private final ExpositionCursor cursor = new ExpositionCursor(STRICT);
    private final byte[] body = body();
    private final Collector all = vllm().at("http://benchmark:1");
    private final Collector router = vllm().only(
                    LlmMetrics.REQUESTS_RUNNING, LlmMetrics.REQUESTS_WAITING, LlmMetrics.KV_USAGE)
            .at("http://benchmark:1");

    /** Makes the body, and checks that all ways of reading it agree. */
    public ReadBenchmark() {
        MetricsSnapshot snapshot = collect();
        boolean agree = snapshot.value(LlmMetrics.REQUESTS_RUNNING) > 0
                && parse() == snapshot.coverage().samples()
                && collectForRouter() == router(snapshot);
        if (!agree) {
            throw new IllegalStateException("the ways of reading the body disagree");
        }
    }

    private static byte[] body() {
        try (SimulatedEngine engine = SimulatedEngine.vllm().busy()) {
            return engine.metricsText().getBytes(StandardCharsets.UTF_8);
        }
    }

    private CollectorBuilder vllm() {
        return Collectors.forEngine("vllm").transport(new BodyTransport(body, "text/plain"));
    }

    /** Walks over all samples; the result is their number. */
    @Benchmark
    public final long parse() {
        cursor.reset(body, 0, body.length);
        long samples = 0;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            samples += event == Event.SAMPLE ? 1 : 0;
        }
        return samples;
    }

    /** Parses into records. */
    @Benchmark
    public final Exposition parseToRecords() {
        return Exposition.parse(body, STRICT);
    }

    /** From bytes to a snapshot. */
    @Benchmark
    public final MetricsSnapshot collect() {
        return all.collect();
    }

    /** From bytes to the numbers that a router acts on. */
    @Benchmark
    public final double collectForRouter() {
        return router(router.collect());
    }

    private static double router(MetricsSnapshot snapshot) {
        return snapshot.value(LlmMetrics.REQUESTS_RUNNING)
                + snapshot.value(LlmMetrics.REQUESTS_WAITING)
                + snapshot.value(LlmMetrics.KV_USAGE);
    }
}
