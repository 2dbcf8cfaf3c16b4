package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.BodySource;
import io.inferencemetrics.testkit.internal.EngineKind;
import io.inferencemetrics.testkit.internal.MetricsServer;
import io.inferencemetrics.testkit.internal.Setup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An inference server that is not there: it speaks its real metrics format over simulated traffic, in memory or over HTTP.
 *
 * <pre>{@code
 * try (SimulatedEngine vllm = SimulatedEngine.vllm().busy().start()) {
 *     MetricsSnapshot snapshot = Collectors.forEngine("vllm").collect(vllm.url());
 * }
 * }</pre>
 *
 * <p>Requests arrive, queue, are prefilled and decoded in a batch, and end; counters, histograms and gauges tell of the
 * same requests. Time is the clock's: the simulation moves on when a body is asked for and has no thread. The same seed,
 * settings and clock readings give the same bytes, on every machine. An hour of traffic costs some 0.2 seconds of
 * work, when the first body after it is asked for.
 *
 * <p>Settings are made before the first body; later changes throw {@link IllegalStateException}. The body and the server
 * may be used from several threads.
 */
public final class SimulatedEngine implements AutoCloseable {
    private static final double SOME_REQUESTS_PER_SECOND = 2;
    private static final double MANY_REQUESTS_PER_SECOND = 5;
    private static final double MAX_REQUESTS_PER_SECOND = 1_000;

    private final EngineKind kind;
    private long seed = 1;
    private InstantSource clock = InstantSource.system();
    private String modelName = "simulated-8b";
    private double requestsPerSecond = SOME_REQUESTS_PER_SECOND;
    private Duration uptime = Duration.ofMinutes(10);
    private boolean jsonString;
    private @Nullable BodySource bodies;
    private @Nullable MetricsServer server;

    private SimulatedEngine(EngineKind kind) {
        this.kind = kind;
    }

    /** vLLM 0.32.0, one API server process. */
    public static SimulatedEngine vllm() {
        return new SimulatedEngine(EngineKind.VLLM);
    }

    /** SGLang 0.5.23, Python front end, one scheduler. */
    public static SimulatedEngine sglang() {
        return new SimulatedEngine(EngineKind.SGLANG);
    }

    /** TGI 3.3.7 with its own back end. */
    public static SimulatedEngine tgi() {
        return new SimulatedEngine(EngineKind.TGI);
    }

    /** A hand-written body of eleven plain numbers under vLLM's prefix; nothing in it moves, settings have no effect. */
    public static SimulatedEngine originVllm() {
        return new SimulatedEngine(EngineKind.ORIGIN_VLLM);
    }

    /** A hand-written body of fifteen plain numbers under SGLang's prefix; nothing in it moves, settings have no effect. */
    public static SimulatedEngine originSglang() {
        return new SimulatedEngine(EngineKind.ORIGIN_SGLANG);
    }

    /** Decides what chance decides: lengths, arrivals, durations. 1 unless set. */
    public synchronized SimulatedEngine seed(long value) {
        requireFresh();
        seed = value;
        return this;
    }

    /** What time it is for the engine; the system's clock unless set. Going back in time changes nothing. */
    public synchronized SimulatedEngine clock(InstantSource value) {
        requireFresh();
        clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /**
     * The model's name in labels; {@code simulated-8b} unless set. TGI names no model.
     *
     * @throws IllegalArgumentException when it holds control characters
     */
    public synchronized SimulatedEngine modelName(String value) {
        requireFresh();
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a model name without control characters was expected");
        }
        modelName = value;
        return this;
    }

    /** No requests at all; SGLang still sends itself one when it starts, as the real one does. */
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
     *
     * @param value 0 to 1,000
     * @throws IllegalArgumentException when out of range
     */
    public synchronized SimulatedEngine requestsPerSecond(double value) {
        requireFresh();
        if (!(value >= 0 && value <= MAX_REQUESTS_PER_SECOND)) {
            throw new IllegalArgumentException(
                    "0 to " + MAX_REQUESTS_PER_SECOND + " requests per second were expected, not " + value);
        }
        requestsPerSecond = value;
        return this;
    }

    /**
     * How long the engine has been up when its first body is asked for; 10 minutes unless set. With zero it is fresh: no
     * request has come yet.
     *
     * @throws IllegalArgumentException when negative
     */
    public synchronized SimulatedEngine uptime(Duration value) {
        requireFresh();
        if (value.isNegative()) {
            throw new IllegalArgumentException("an uptime of zero or more was expected, not " + value);
        }
        uptime = value;
        return this;
    }

    /**
     * Sends each body as one JSON string under {@code application/json}, as servers do that return the text from a web
     * framework made for JSON.
     */
    public synchronized SimulatedEngine asJsonString() {
        requireFresh();
        jsonString = true;
        return this;
    }

    /** What {@code GET /metrics} would answer now; counts as a scrape, needs no network. */
    public synchronized String metricsText() {
        Instant now = clock.instant();
        if (bodies == null) {
            bodies = kind.open(new Setup(seed, modelName, requestsPerSecond, now.minus(uptime)));
        }
        String text = bodies.at(now);
        return jsonString ? jsonString("\n" + text) : text;
    }

    /** The {@code Content-Type} of the body. */
    public synchronized String contentType() {
        return jsonString ? "application/json" : kind.contentType();
    }

    /**
     * Serves {@code /metrics} over HTTP on a free port of the loopback interface, on daemon threads, until closed.
     *
     * @throws IllegalStateException when it is serving already
     */
    public SimulatedEngine start() {
        return start(0);
    }

    /**
     * Serves {@code /metrics} over HTTP on a port of the loopback interface, on daemon threads, until closed.
     *
     * @param port 0 for any that is free
     * @throws IllegalStateException when it is serving already
     * @throws UncheckedIOException when the port is taken
     */
    public synchronized SimulatedEngine start(int port) {
        if (server != null) {
            throw new IllegalStateException("this simulated engine is serving already, at " + url());
        }
        try {
            server = MetricsServer.start(port, this::metricsText, contentType());
        } catch (IOException e) {
            throw new UncheckedIOException("could not listen on port " + port + " of the loopback interface", e);
        }
        return this;
    }

    /**
     * Where it is served, without a path: {@code http://127.0.0.1:40123}.
     *
     * @throws IllegalStateException when it is not serving
     */
    public synchronized String url() {
        if (server == null) {
            throw new IllegalStateException("this simulated engine is not serving; call start() first");
        }
        return "http://127.0.0.1:" + server.port();
    }

    /** Stops serving; harmless when it is not. The simulation itself goes on, and may be served again. */
    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private void requireFresh() {
        if (bodies != null || server != null) {
            throw new IllegalStateException("this simulated engine is running; make settings before the first body");
        }
    }

    private static String jsonString(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
