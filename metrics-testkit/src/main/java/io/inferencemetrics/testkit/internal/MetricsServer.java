package io.inferencemetrics.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Answers {@code /metrics} on the loopback interface, on daemon threads. */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";

    private final HttpServer server;
    private final ExecutorService workers;
    private final Supplier<String> body;
    private final String contentType;

    private MetricsServer(HttpServer server, Supplier<String> body, String contentType) {
        this.server = server;
        this.body = body;
        this.contentType = contentType;
        this.workers = Executors.newCachedThreadPool(work -> daemon(work, "simulated-engine"));
        server.setExecutor(workers);
        server.createContext("/", this::answer);
    }

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken
     */
    public static MetricsServer start(int port, Supplier<String> body, String contentType) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        MetricsServer server = new MetricsServer(http, body, contentType);
        server.startOnDaemonThread();
        return server;
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The JDK's server makes a thread of its own, which is a daemon only when its maker is one. */
    private void startOnDaemonThread() {
        Thread starter = daemon(server::start, "simulated-engine-start");
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                send(exchange, 404, "text/plain; charset=utf-8", "Only " + PATH + " is here\n");
            } else if (method.equals("GET") || method.equals("HEAD")) {
                send(exchange, 200, contentType, body.get());
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, "text/plain; charset=utf-8", "Only GET and HEAD\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
        }
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
