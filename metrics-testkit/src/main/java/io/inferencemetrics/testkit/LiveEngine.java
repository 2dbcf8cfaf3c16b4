package io.inferencemetrics.testkit;

import io.inferencemetrics.testkit.internal.Answer;
import io.inferencemetrics.testkit.internal.Conduct;
import io.inferencemetrics.testkit.internal.MetricsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine that runs: its process, how it fares, and where it is served. Thread-safe. */
final class LiveEngine implements MetricsServer.Responder {
    static final String NOT_SERVING = "this simulated engine is not serving; call start() first";

    private final Conduct conduct;
    private final ServedLog log;
    private EngineProcess process;
    private @Nullable Fault fault;
    private @Nullable MetricsServer server;

    LiveEngine(EngineProcess process, Conduct conduct, ServedLog log, @Nullable Fault fault) {
        this.process = process;
        this.conduct = conduct;
        this.log = log;
        this.fault = fault;
    }

    synchronized void replaceBy(EngineProcess other) {
        process = other;
        fault = null;
        conduct.drop();
        conduct.resume();
        reconnect();
    }

    synchronized void requestsPerSecond(double value) {
        process.requestsPerSecond(value);
    }

    synchronized void submit(List<SimulatedRequest> requests) {
        requests.forEach(process::submit);
    }

    /** Null for none. */
    synchronized void breakWith(@Nullable Fault other) {
        boolean refused = fault == Fault.CONNECTION_REFUSED;
        fault = other;
        if (refused != (other == Fault.CONNECTION_REFUSED)) {
            reconnect();
        }
    }

    /** Ends all connections and accepts new ones, or refuses them. */
    private void reconnect() {
        if (server != null) {
            server.reconnect(fault != Fault.CONNECTION_REFUSED);
        }
    }

    synchronized String metricsText() {
        return process.answer("/metrics", fault, "").body();
    }

    /** Whoever sees that a request has come knows that its answer is made. */
    @Override
    public synchronized Answer answer(String method, String path, Map<String, List<String>> headers) {
        Answer answer = process.answer(path, fault, String.join(",", headers.getOrDefault("Accept", List.of())));
        log.asked(path, headers);
        boolean read = method.equals("GET") || method.equals("HEAD");
        return read || answer.status() == 404 ? answer : Answer.json(405, "{\"detail\":\"Method Not Allowed\"}");
    }

    @Override
    public synchronized void sending(String path, Answer answer) {
        if (path.startsWith("/metrics")) {
            String text = new String(answer.sentBytes(), StandardCharsets.UTF_8);
            log.sent(new ServedBody(process.now(), path, answer.status(), text));
        }
    }

    synchronized void start(int port) {
        if (server != null) {
            throw new IllegalStateException("this simulated engine is serving already, at " + url());
        }
        process.advance();
        try {
            server = new MetricsServer(port, this, conduct);
        } catch (IOException e) {
            throw new UncheckedIOException("could not listen on port " + port + " of the loopback interface", e);
        }
        if (fault == Fault.CONNECTION_REFUSED) {
            reconnect();
        }
    }

    synchronized String url() {
        if (server == null) {
            throw new IllegalStateException(NOT_SERVING);
        }
        return "http://127.0.0.1:" + server.port();
    }

    synchronized void close() {
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
