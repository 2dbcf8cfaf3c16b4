package io.inferencemetrics.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A server that answers each path as told, 404 otherwise; and a doctor that lets no time pass. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new HashMap<>();
    final List<String> received = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();

    private record Answer(int status, String header, String value, String body) {}

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** Serves these metrics, each time the next of them, and the last for good. */
    static ScriptedServer serving(String... bodies) {
        ScriptedServer server = new ScriptedServer();
        for (String body : bodies) {
            server.at("/metrics", 200, "text/plain; version=0.0.4", body);
        }
        return server;
    }

    /** Answers the metrics with a status. */
    static ScriptedServer refusing(int status, String body) {
        return new ScriptedServer().at("/metrics", status, "application/json", body);
    }

    ScriptedServer at(String path, int status, String contentType, String body) {
        return at(path, status, "Content-Type", contentType, body);
    }

    synchronized ScriptedServer at(String path, int status, String header, String value, String body) {
        answers.computeIfAbsent(path, p -> new ArrayDeque<>()).add(new Answer(status, header, value, body));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Doctor doctor() {
        return new Doctor().timeout(Duration.ofSeconds(20)).with(Dialer::tcp, pauses::add);
    }

    Diagnosis examine() {
        return examine("");
    }

    Diagnosis examine(String path) {
        return doctor().examine(url() + path);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(exchange.getRequestURI().toString());
            Queue<Answer> queue = answers.getOrDefault(exchange.getRequestURI().getPath(), new ArrayDeque<>());
            Answer answer = queue.size() > 1 ? queue.remove() : queue.peek();
            if (answer == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set(answer.header(), answer.value());
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
