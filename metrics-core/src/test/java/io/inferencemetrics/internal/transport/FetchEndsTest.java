package io.inferencemetrics.internal.transport;

import static io.inferencemetrics.internal.transport.RawServer.ascii;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a fetch ends: once, with one exception, and with its connection closed. */
class FetchEndsTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";

    private final StandardTransport transport = new StandardTransport();
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private FetchRequest request() {
        return FetchRequest.to(Target.parse(server.address())).withTimeout(Duration.ofSeconds(20));
    }

    private static BodySink sink(CheckedChunk chunk) {
        return new BodySink() {
            @Override
            public void begin(ResponseHead head) {}

            @Override
            public void chunk(ByteBuffer bytes) {
                chunk.accept(bytes);
            }
        };
    }

    private interface CheckedChunk {
        void accept(ByteBuffer bytes);
    }

    /** What the future itself failed with, not what {@code get} makes of it. */
    private static Throwable failure(CompletableFuture<FetchSummary> fetch) throws Exception {
        return fetch.handle((summary, thrown) -> Optional.ofNullable(thrown))
                .get(30, TimeUnit.SECONDS)
                .orElseThrow(() -> new AssertionError("no failure"));
    }

    private static void awaitDone(CompletableFuture<?> future) throws Exception {
        future.handle((done, thrown) -> "").get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Oops", "404 Not Found", "407 Proxy", "206 Partial"})
    void anErrorPageWithoutEndEndsAtItsStatus(String status) throws Exception {
        CompletableFuture<Void> served = server.next((client, in, out) -> {
            out.write(ascii("HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n"));
            while (true) {
                out.write(ascii("3e8\r\n" + "x".repeat(1_000) + "\r\n"));
            }
        });
        Throwable failure = failure(transport.fetch(request(), new CollectedBody()));
        assertThat(failure).isInstanceOf(CollectException.class).hasMessageContaining(status.substring(0, 3));
        assertThat(((CollectException) failure).kind()).isEqualTo(FailureKind.STATUS);
        awaitDone(served);
        assertThat(served).isCompletedExceptionally();
    }

    @Test
    void aRedirectWithAnEndlessBodyIsStillFollowed() throws Exception {
        CompletableFuture<Void> first = server.next((client, in, out) -> {
            out.write(ascii("HTTP/1.1 307 T\r\nLocation: /metrics/\r\nTransfer-Encoding: chunked\r\n\r\n"));
            try {
                while (true) {
                    out.write(ascii("3e8\r\n" + "x".repeat(1_000) + "\r\n"));
                }
            } catch (IOException closed) {
                return;
            }
        });
        CompletableFuture<Void> both = first.thenCompose(done -> server.next(
                (client, in, out) -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\na 1\n"))));
        CollectedBody body = new CollectedBody();
        transport.fetch(request(), body).get(30, TimeUnit.SECONDS);
        assertThat(body.text()).isEqualTo("a 1\n");
        awaitDone(both);
    }

    @Test
    void theDeadlineClosesTheConnectionAndIsNotToldOnTheTimersThread() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        server.next((client, in, out) -> {
            out.write(ascii(HEAD + "a 1\n"));
            end.complete(in.read());
        });
        CompletableFuture<String> teller = new CompletableFuture<>();
        CompletableFuture<FetchSummary> fetch =
                transport.fetch(request().withTimeout(Duration.ofMillis(100)), new CollectedBody());
        fetch.whenComplete(
                (summary, thrown) -> teller.complete(Thread.currentThread().getName()));
        Throwable failure = failure(fetch);
        assertThat(failure).isInstanceOf(CollectException.class).hasMessageContaining("within 100 ms");
        assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        assertThat(teller.get(30, TimeUnit.SECONDS)).doesNotContainIgnoringCase("delayScheduler");
    }

    @Test
    void cancellingClosesTheConnection() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        CountDownLatch began = new CountDownLatch(1);
        server.next((client, in, out) -> {
            out.write(ascii(HEAD + "a 1\n"));
            end.complete(in.read());
        });
        CompletableFuture<FetchSummary> fetch = transport.fetch(request(), sink(chunk -> began.countDown()));
        assertThat(began.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(fetch.cancel(false)).isTrue();
        assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
    }

    @Test
    void cancellingWaitsForTheCallOfTheSinkThatIsUnderWay() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = new CopyOnWriteArrayList<>();
        server.next((client, in, out) -> {
            out.write(ascii(HEAD + "a 1\n"));
            in.read();
        });
        CompletableFuture<FetchSummary> fetch = transport.fetch(request(), sink(chunk -> {
            inside.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                order.add("interrupted");
            }
            order.add("chunk");
        }));
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        Thread canceller = new Thread(() -> {
            fetch.cancel(true);
            order.add("cancelled");
        });
        canceller.start();
        while (canceller.getState() != Thread.State.BLOCKED && canceller.isAlive()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        canceller.join(30_000);
        assertThat(order).containsExactly("chunk", "cancelled");
    }

    @Test
    void whatTheSinkThrowsIsSeenAsItIsAndClosesTheConnection() throws Exception {
        for (Throwable own : List.of(new NullPointerException("a defect"), new StackOverflowError("deep"))) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            server.next((client, in, out) -> {
                out.write(ascii(HEAD + "a 1\n"));
                end.complete(in.read());
            });
            CompletableFuture<FetchSummary> fetch = transport.fetch(request(), sink(chunk -> {
                if (own instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) own;
            }));
            assertThat(failure(fetch)).isSameAs(own);
            assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void aSinkThatRefusesTheHeadEndsTheFetch() throws Exception {
        CollectException own = new CollectException(FailureKind.NOT_PROMETHEUS, "no", "Do.", null);
        server.next((client, in, out) -> {
            out.write(ascii(HEAD + "a 1\n"));
            in.read();
        });
        CompletableFuture<FetchSummary> fetch = transport.fetch(request(), new BodySink() {
            @Override
            public void begin(ResponseHead head) {
                throw own;
            }

            @Override
            public void chunk(ByteBuffer chunk) {
                throw new AssertionError("a chunk after a refused head");
            }
        });
        assertThat(failure(fetch)).isSameAs(own);
    }

    @Test
    void aResetIsAFailureToConnect() throws Exception {
        server.next((client, in, out) -> {
            out.write(ascii(HEAD + "a 1\n"));
            client.setSoLinger(true, 0);
        });
        Throwable failure = failure(transport.fetch(request(), new CollectedBody()));
        assertThat(((CollectException) failure).kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void whatIsNoHttpIsAFailureToConnectThatRepeatsOnlyABoundedLine() throws Exception {
        server.next((client, in, out) -> {
            out.write(ascii("SSH-2.0-" + "x".repeat(3_000) + "\u0007\r\n\r\n"));
        });
        Throwable failure = failure(transport.fetch(request(), new CollectedBody()));
        assertThat(((CollectException) failure).kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(failure.getMessage()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void aHeaderThatTheClientRefusesFailsTheFutureWithoutItsValue() throws Exception {
        Throwable failure = failure(transport.fetch(request().withHeader("Host", "s3cret"), new CollectedBody()));
        assertThat(failure).isInstanceOf(CollectException.class).hasMessageNotContaining("s3cret");
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void aFetchThatIsOverBeforeItsConnectionIsMadeGivesItUpAtOnce() {
        Fetch fetch = Fetch.start(request(), new CollectedBody());
        fetch.cancel(true);
        CountDownLatch stopped = new CountDownLatch(1);
        fetch.onStop(stopped::countDown);
        assertThat(stopped.getCount()).isZero();
        assertThatThrownBy(() -> fetch.receive(ByteBuffer.wrap(ascii("a 1\n")))).hasMessageContaining("over");
        fetch.succeed();
        assertThat(fetch).isCancelled();
    }
}
