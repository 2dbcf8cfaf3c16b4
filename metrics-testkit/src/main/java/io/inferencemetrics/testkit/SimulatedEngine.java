package io.inferencemetrics.testkit;

import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.testkit.internal.Conduct;
import io.inferencemetrics.testkit.internal.EngineKind;
import io.inferencemetrics.testkit.internal.Setup;
import io.inferencemetrics.testkit.internal.Variant;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inference server that is not there: it speaks its real metrics format over simulated traffic, in memory or over HTTP.
 *
 * <pre>{@code
 * try (SimulatedEngine vllm = SimulatedEngine.vllm().busy().start()) {
 *     MetricsSnapshot snapshot = Collectors.forEngine("vllm").collect(vllm.url());
 *     vllm.restart();
 *     vllm.breakWith(Fault.TRUNCATED_BODY);
 * }
 * }</pre>
 *
 * <p>Requests arrive, queue, are prefilled and decoded in a batch, and end; counters, histograms and gauges tell of the
 * same requests. Time is the clock's: the simulation moves on when a body is asked for and has no thread, so the first
 * body after a long time costs the work of that time. The same seed, settings, clock readings and calls give the same
 * bytes, on every machine.
 *
 * <p>What the engine is ({@link #seed}, {@link #clock}, {@link #modelName}, {@link #uptime}, {@link #asJsonString}) is
 * set before it runs, which it does from {@link #start} or the first body on; later these throw
 * {@link IllegalStateException}. How it fares can change at any time. All methods may be called from several threads.
 */
public final class SimulatedEngine extends EngineSettings implements AutoCloseable {
    private static final double SOME_REQUESTS_PER_SECOND = 2;
    private static final double MANY_REQUESTS_PER_SECOND = 5;
    private static final double MAX_REQUESTS_PER_SECOND = 1_000;
    private static final int MAX_GPUS = 8;

    private final Conduct conduct = new Conduct();
    private final ServedLog log = new ServedLog();
    private EngineKind kind;
    private EngineVersion version;
    private double requestsPerSecond = SOME_REQUESTS_PER_SECOND;
    private long restarts;
    private @Nullable Fault faultFromTheStart;
    private @Nullable LiveEngine live;

    private SimulatedEngine(EngineKind kind, EngineVersion version) {
        this.kind = kind;
        this.version = version;
    }

    /** vLLM 0.32.0, one API server process. */
    public static SimulatedEngine vllm() {
        return of("vllm");
    }

    /** SGLang 0.5.23, Python front end, one scheduler. */
    public static SimulatedEngine sglang() {
        return of("sglang");
    }

    /**
     * vLLM in a version: {@code 0.6} with its V0 engine, {@code 0.8}, {@code 0.11}, {@code 0.16} and {@code 0.32} are known.
     *
     * @throws IllegalArgumentException when it is older than all versions that are known
     */
    public static SimulatedEngine vllm(String version) {
        return of("vllm", version);
    }

    /**
     * SGLang in a version: {@code 0.3.5}, {@code 0.4} and {@code 0.5} are known.
     *
     * @throws IllegalArgumentException when it is older than all versions that are known
     */
    public static SimulatedEngine sglang(String version) {
        return of("sglang", version);
    }

    /** TGI 3.3.7 with its own back end. */
    public static SimulatedEngine tgi() {
        return of("tgi");
    }

    /** llama.cpp's server, build 10809, whose gauges of throughput begin anew with every scrape. */
    public static SimulatedEngine llamaCpp() {
        return of("llamacpp");
    }

    /** dcgm-exporter 4.4 beside one GPU that works on the same traffic. */
    public static SimulatedEngine dcgmExporter() {
        return dcgmExporter(1);
    }

    /**
     * dcgm-exporter 4.4 beside so many GPUs that work together on the same traffic.
     *
     * @param gpus 1 to 8
     * @throws IllegalArgumentException when out of range
     */
    public static SimulatedEngine dcgmExporter(int gpus) {
        if (gpus < 1 || gpus > MAX_GPUS) {
            throw new IllegalArgumentException("1 to " + MAX_GPUS + " GPUs were expected, not " + gpus);
        }
        SimulatedEngine exporter = of("dcgm");
        exporter.variant = Variant.PLAIN.withTensorParallel(gpus).withAllSchedulers();
        return exporter;
    }

    /** A hand-written body of eleven plain numbers under vLLM's prefix; nothing in it moves, settings have no effect. */
    public static SimulatedEngine originVllm() {
        return of("origin-vllm");
    }

    /** A hand-written body of fifteen plain numbers under SGLang's prefix; nothing in it moves, settings have no effect. */
    public static SimulatedEngine originSglang() {
        return of("origin-sglang");
    }

    /**
     * The newest known version of an engine.
     *
     * @param engine one of {@link #engines()}
     * @throws IllegalArgumentException when there is no such engine
     */
    public static SimulatedEngine of(String engine) {
        List<EngineKind> versions = EngineKind.versions(engine);
        EngineKind newest = versions.get(versions.size() - 1);
        return new SimulatedEngine(newest, newest.version());
    }

    /**
     * An engine in a version. It has the metrics of the newest known version that is not newer than that one.
     *
     * @param engine one of {@link #engines()}
     * @param version such as {@code 0.32} or {@code 0.32.0}
     * @throws IllegalArgumentException when there is no such engine, or the version is older than all that are known
     */
    public static SimulatedEngine of(String engine, String version) {
        EngineVersion asked = EngineVersion.of(version);
        EngineKind kind = EngineKind.of(engine, asked);
        return new SimulatedEngine(kind, kind.said(asked));
    }

    /** The engines there are, as {@link #of(String)} takes them. */
    public static List<String> engines() {
        return EngineKind.engines();
    }

    /**
     * The versions of an engine whose metrics differ, oldest first.
     *
     * @throws IllegalArgumentException when there is no such engine
     */
    public static List<String> versions(String engine) {
        return EngineKind.versions(engine).stream()
                .map(known -> known.version().toString())
                .toList();
    }

    /** No more requests; those that are there are answered. SGLang sends itself one when it starts, as the real one does. */
    public SimulatedEngine idle() {
        return requestsPerSecond(0);
    }

    /** About as many requests as the engine can answer: a queue grows and melts every minute and a half. */
    public SimulatedEngine busy() {
        return requestsPerSecond(MANY_REQUESTS_PER_SECOND);
    }

    /**
     * How many requests arrive per second on average, 2 unless set. They swell and ebb within 90 seconds. About six can be
     * answered; with more, the queue grows to its limit of 512, and further requests are refused.
     * On a running engine it changes from now on.
     *
     * @param value 0 to 1,000
     * @throws IllegalArgumentException when out of range
     */
    public synchronized SimulatedEngine requestsPerSecond(double value) {
        if (!(value >= 0 && value <= MAX_REQUESTS_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "0 to " + MAX_REQUESTS_PER_SECOND + " requests per second were expected, not " + value);
        }
        requestsPerSecond = value;
        if (live != null) {
            live.requestsPerSecond(value);
        }
        return this;
    }

    /** The {@code Content-Type} of a body that is not broken. */
    public synchronized String contentType() {
        return jsonString ? "application/json" : kind.contentType();
    }

    /** The port on which a real server of this engine is found unless told otherwise. */
    public synchronized int usualPort() {
        return kind.port();
    }

    /**
     * What {@code GET /metrics} would answer now; counts as a scrape, needs no network. Faults show in it, as far as they
     * are about the body; how it is sent, late, cut or not at all, shows only over HTTP.
     */
    public synchronized String metricsText() {
        return live().metricsText();
    }

    /**
     * Hands in requests now; they come beside those of {@link #requestsPerSecond}, so after {@link #idle()} they are the
     * only ones. The fixed bodies of the origin engines take no notice.
     */
    public synchronized SimulatedEngine submit(SimulatedRequest... requests) {
        live().submit(List.of(requests));
        return this;
    }

    /**
     * Begins anew, as a process that was killed and came back: all is zero, a new start time, no family that appears only
     * after use. Requests in it and those handed in are gone, connections end, the address stays. It is whole again, as
     * after {@link #resume()}.
     *
     * @throws UncheckedIOException when another program took the port meanwhile
     */
    public synchronized SimulatedEngine restart() {
        LiveEngine before = live();
        restarts++;
        before.replaceBy(process(clock.instant()));
        return this;
    }

    /**
     * Begins anew as another version, older ones too: with the names of the newest known version that is not newer.
     *
     * @param other such as {@code 0.33}
     * @throws IllegalArgumentException when it is older than all versions that are known; nothing changed then
     * @throws UncheckedIOException when another program took the port meanwhile
     */
    public synchronized SimulatedEngine upgradeTo(String other) {
        EngineVersion asked = EngineVersion.of(other);
        kind = EngineKind.of(kind.engine(), asked);
        version = kind.said(asked);
        return restart();
    }

    /**
     * From now on each answer over HTTP begins so much later; it tells of when it was asked. With zero, at once.
     *
     * @throws IllegalArgumentException when negative
     */
    public SimulatedEngine slow(Duration untilFirstByte) {
        conduct.delay(untilFirstByte);
        return this;
    }

    /**
     * From now on each body over HTTP takes so long, in 20 pieces; its headers come at once. With zero, as fast as it can.
     *
     * @throws IllegalArgumentException when negative
     */
    public SimulatedEngine drip(Duration wholeBody) {
        conduct.bodyTime(wholeBody);
        return this;
    }

    /** From now on connections are accepted and nothing is answered, until {@link #resume()} or {@link #restart()}. */
    public SimulatedEngine hang() {
        conduct.hang();
        return this;
    }

    /**
     * From now on it is broken in that way, and in no other that was set before.
     *
     * @throws UncheckedIOException when another program took the port while connections were refused
     */
    public synchronized SimulatedEngine breakWith(Fault value) {
        faultFromTheStart = Objects.requireNonNull(value, "value");
        if (live != null) {
            live.breakWith(value);
        }
        return this;
    }

    /**
     * Ends {@link #hang()}, {@link #slow}, {@link #drip} and whatever {@link #breakWith} did. Requests that still wait are
     * answered now, with what was true when they came.
     *
     * @throws UncheckedIOException when another program took the port while connections were refused
     */
    public synchronized SimulatedEngine resume() {
        faultFromTheStart = null;
        conduct.resume();
        if (live != null) {
            live.breakWith(null);
        }
        return this;
    }

    /**
     * Keeps the last bodies of metrics that are sent over HTTP from now on, so many at most; none unless set.
     *
     * @throws IllegalArgumentException when negative
     */
    public SimulatedEngine keepBodies(int atMost) {
        log.keep(atMost);
        return this;
    }

    /** The bodies kept, oldest first; each is there before its first byte is sent. */
    public List<ServedBody> servedBodies() {
        return log.bodies();
    }

    /** How many requests have come over HTTP for a path such as {@code /metrics}, answered or not; only 100 paths count. */
    public int requestsTo(String path) {
        return log.requests(path);
    }

    /** The headers of the last request that came over HTTP; empty before the first. Their names begin with a capital. */
    public Map<String, List<String>> lastRequestHeaders() {
        return log.lastHeaders();
    }

    /**
     * Serves the metrics and the engine's other paths over HTTP on a free port of the loopback interface, on daemon
     * threads, until closed.
     *
     * @throws IllegalStateException when it is serving already
     */
    public SimulatedEngine start() {
        return start(0);
    }

    /**
     * The same on a port of your choice; 0 is any that is free.
     *
     * @throws IllegalStateException when it is serving already
     * @throws UncheckedIOException when the port is taken
     */
    public synchronized SimulatedEngine start(int port) {
        live().start(port);
        return this;
    }

    /**
     * Where it is served, without a path: {@code http://127.0.0.1:40123}.
     *
     * @throws IllegalStateException when it is not serving
     */
    public synchronized String url() {
        if (live == null) {
            throw new IllegalStateException(LiveEngine.NOT_SERVING);
        }
        return live.url();
    }

    /** Stops serving; harmless when it is not. The simulation itself goes on, and may be served again. */
    @Override
    public synchronized void close() {
        if (live != null) {
            live.close();
        }
    }

    @Override
    EngineKind kind() {
        return kind;
    }

    @Override
    SimulatedEngine self() {
        return this;
    }

    private LiveEngine live() {
        if (live == null) {
            live = new LiveEngine(process(clock.instant().minus(uptime)), conduct, log, faultFromTheStart);
        }
        return live;
    }

    private EngineProcess process(Instant started) {
        Setup setup = new Setup(seed + restarts, modelName, requestsPerSecond, started, variant);
        return new EngineProcess(kind, version, setup, clock, jsonString);
    }

    @Override
    void requireFresh() {
        if (live != null) {
            throw new IllegalStateException("this simulated engine is running; make settings before the first body");
        }
    }
}
