package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static final String EVENT = "data: {\"choices\": [{\"text\": \"ab\"}], \"usage\": null}\n\n";
    private static final String USAGE =
            "data: {\"choices\": [], \"usage\": {\"prompt_tokens\": 11, \"total_tokens\": 18, \"completion_tokens\": 7}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ANSWER = EVENT.repeat(3) + USAGE + DONE;
    private static final int NEVER = -1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch served = new CountDownLatch(4);
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    /** Lets two clients at a server that answers every request alike, until it has seen four or they have failed. */
    private Load.Counts serve(int status, String answer, double hangUpShare, int closedRequest)
            throws IOException, InterruptedException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/completions", exchange -> {
            if (requests.incrementAndGet() == closedRequest) {
                exchange.close();
            } else {
                answer(exchange, status, answer);
            }
            served.countDown();
        });
        server.start();
        Load load =
                Load.start(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), 2, hangUpShare);
        while (served.getCount() > 0 && load.counts().failed() < 2) {
            Thread.onSpinWait();
        }
        Load.Counts counts = load.stop();
        assertThat(load.failures()).hasSize((int) counts.failed());
        assertThat(counts.inFlight()).isZero();
        return counts;
    }

    private static void answer(HttpExchange exchange, int status, String answer) {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, 0);
            OutputStream body = exchange.getResponseBody();
            body.write(answer.getBytes(StandardCharsets.UTF_8));
            body.close();
        } catch (IOException e) {
            // the client hung up
        }
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void tokensAreThoseOfTheUsageBlockAndNotTheEvents() throws Exception {
        Load.Counts counts = serve(200, ANSWER, 0, NEVER);
        assertThat(counts.finished()).isPositive().isEqualTo(counts.started());
        assertThat(counts.promptTokens()).isEqualTo(11 * counts.finished());
        assertThat(counts.generatedTokens()).isEqualTo(7 * counts.finished());
    }

    @Test
    void aConnectionThatTheServerHasClosedIsNotAFailure() throws Exception {
        Load.Counts counts = serve(200, ANSWER, 0, 3);
        assertThat(counts.finished()).isPositive().isEqualTo(counts.started());
    }

    @Test
    void whoHangsUpHasNotFinishedAndCountsNoTokens() throws Exception {
        Load.Counts counts = serve(200, EVENT.repeat(64) + USAGE + DONE, 1, NEVER);
        assertThat(counts.hungUp()).isPositive().isEqualTo(counts.started());
        assertThat(counts.generatedTokens()).isZero();
    }

    @Test
    void anAnswerThatBreaksOffIsAFailureAndItsClientGivesUp() throws Exception {
        Load.Counts counts = serve(200, EVENT, 0, NEVER);
        assertThat(counts.failed()).isEqualTo(counts.started()).isEqualTo(2);
    }

    @Test
    void anAnswerWithoutUsageIsAFailure() throws Exception {
        assertThat(serve(200, EVENT + DONE, 0, NEVER).failed()).isEqualTo(2);
    }

    @Test
    void aRefusalIsAFailure() throws Exception {
        assertThat(serve(503, "{\"error\": \"busy\"}", 0, NEVER).failed()).isEqualTo(2);
    }
}
