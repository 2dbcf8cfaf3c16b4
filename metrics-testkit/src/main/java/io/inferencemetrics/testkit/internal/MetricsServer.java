package io.inferencemetrics.testkit.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Answers on a port of the loopback interface, on daemon threads, or refuses connections there. Not thread-safe. */
public final class MetricsServer implements AutoCloseable {
    private static final int DROPS = 20;

    /** What is answered. */
    public interface Responder {
        /** The answer to a request that has come; may be asked from several threads. */
        Answer answer(String method, String path, Map<String, List<String>> headers);

        /** The answer is about to be sent. */
        void sending(String path, Answer answer);
    }

    private final Responder responder;
    private final Conduct conduct;
    private final ExecutorService workers = Executors.newCachedThreadPool(work -> daemon(work, "simulated-engine"));
    private final int port;
    private @Nullable HttpServer server;
    private @Nullable Socket placeholder;

    /**
     * Starts one.
     *
     * @param port 0 for any that is free
     * @throws IOException when the port is taken
     */
    public MetricsServer(int port, Responder responder, Conduct conduct) throws IOException {
        this.responder = responder;
        this.conduct = conduct;
        server = listening(port);
        this.port = server.getAddress().getPort();
    }

    /** The port that is listened on. */
    public int port() {
        return port;
    }

    /**
     * Ends all connections and accepts new ones, or refuses them; the port stays ours.
     *
     * @throws UncheckedIOException when another program took the port in between
     */
    public void reconnect(boolean accept) {
        try {
            stop();
            if (accept) {
                server = listening(port);
            } else {
                placeholder = new Socket();
                placeholder.setReuseAddress(true);
                placeholder.bind(address(port));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not listen on port " + port + " again", e);
        }
    }

    private void stop() throws IOException {
        conduct.drop();
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (placeholder != null) {
            placeholder.close();
            placeholder = null;
        }
    }

    private HttpServer listening(int on) throws IOException {
        HttpServer http = HttpServer.create(address(on), 0);
        http.setExecutor(workers);
        http.createContext("/", this::answer);
        startOnDaemonThread(http);
        return http;
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The JDK's server makes a thread of its own, which is a daemon only when its maker is one. */
    private static void startOnDaemonThread(HttpServer http) {
        Thread starter = daemon(http::start, "simulated-engine-start");
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
            long changes = conduct.changes();
            long dropped = conduct.dropped();
            String path = exchange.getRequestURI().getPath();
            Answer answer = responder.answer(exchange.getRequestMethod(), path, exchange.getRequestHeaders());
            if (conduct.awaitTurn(dropped)) {
                responder.sending(path, answer);
                send(exchange, answer, changes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpExchange exchange, Answer answer, long before) throws IOException, InterruptedException {
        if (!answer.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        }
        if (answer.status() == 405) {
            exchange.getResponseHeaders().set("Allow", "GET");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(answer.sentBytes().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.announcedLength());
        OutputStream out = exchange.getResponseBody();
        write(out, answer.sentBytes());
        if (answer.delivery() == Answer.Delivery.ENDLESS) {
            writeUntilChangeFrom(before, out);
        }
    }

    private void write(OutputStream out, byte[] bytes) throws IOException, InterruptedException {
        if (conduct.drips()) {
            out.flush(); // newer JDKs hold the headers back until there is a body
        }
        int from = 0;
        for (int drop = 1; drop < DROPS && conduct.awaitDrop(DROPS); drop++) {
            int to = (int) ((long) bytes.length * drop / DROPS);
            out.write(bytes, from, to - from);
            out.flush();
            from = to;
        }
        out.write(bytes, from, bytes.length - from);
    }

    private void writeUntilChangeFrom(long before, OutputStream out) throws IOException {
        for (long i = 0; conduct.changes() == before; i++) {
            out.write(("requests_by_user_total{user=\"" + i + "\"} 1.0\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException("could not give port " + port + " back", e);
        } finally {
            workers.shutdownNow();
        }
    }
}
