package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixSocketTransportTest {
    @TempDir
    Path folder;

    private final StandardTransport transport = new StandardTransport();
    private final CollectedBody sink = new CollectedBody();
    private ServerSocketChannel listener;
    private Path socket;

    @BeforeEach
    void listen() throws IOException {
        socket = folder.resolve("s.sock");
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private FetchRequest request() {
        return FetchRequest.to(Target.parse("unix:" + socket)).withTimeout(Duration.ofSeconds(10));
    }

    /** Answers one connection with these bytes and closes it. */
    private CompletableFuture<String> answer(String response) {
        return answer(response.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<String> answer(byte[]... response) {
        return CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = listener.accept()) {
                ByteBuffer head = ByteBuffer.allocate(4_096);
                client.read(head);
                for (byte[] part : response) {
                    client.write(ByteBuffer.wrap(part));
                }
                return new String(head.array(), 0, head.position(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
    }

    private FetchSummary fetch(FetchRequest request) throws Exception {
        return transport.fetch(request, sink).get(20, TimeUnit.SECONDS);
    }

    private CollectException failure(FetchRequest request) {
        Throwable thrown = catchThrowable(() -> fetch(request));
        if (thrown.getCause() instanceof CollectException failure) {
            return failure;
        }
        throw new AssertionError("a CollectException was expected", thrown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\na 1\n",
                "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na \r\n2;x=y\r\n1\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\nContent-Type: text/plain\n\na 1\n",
            })
    void aBodyOfAnyFramingIsRead(String response) throws Exception {
        CompletableFuture<String> asked = answer(response);
        assertThat(fetch(request()).bodyBytes()).isEqualTo(4);
        assertThat(sink.text()).isEqualTo("a 1\n");
        assertThat(sink.contentType).contains("text/plain");
        assertThat(asked.get(10, TimeUnit.SECONDS)).startsWith("GET /metrics HTTP/1.1\r\nHost: localhost\r\n");
    }

    @Test
    void aSinkMayTakeTheBodyOfAnyStatus() throws Exception {
        sink.anyStatus = true;
        answer("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nnone\n");
        fetch(request());
        assertThat(sink.head).contains(new ResponseHead(404, Optional.empty(), Optional.empty()));
        assertThat(sink.text()).isEqualTo("none\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\na 1\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\na 1\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
            })
    void whatIsNoWholeAnswerBreaks(String response) {
        answer(response);
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void anEndlessHeadIsCut() {
        answer("HTTP/1.1 200 OK\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");
        assertThat(failure(request())).hasMessageContaining("longer than");
        answer("HTTP/1.1 200 OK\r\n"
                + java.util.stream.IntStream.range(0, 150)
                        .mapToObj(i -> "H" + i + ": x\r\n")
                        .reduce("", String::concat) + "\r\n");
        assertThat(failure(request())).hasMessageContaining("headers");
    }

    @Test
    void anotherStatusIsAFailure() {
        answer("HTTP/1.1 503 Busy\r\n\r\n");
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.STATUS);
    }

    @Test
    void aBodyBeyondItsLimitIsTooLarge() {
        answer("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(5_000));
        assertThat(failure(request().withMaxBodyBytes(100)).kind()).isEqualTo(FailureKind.TOO_LARGE);
    }

    @Test
    void aServerThatNeverAnswersPassesTheDeadline() {
        assertThat(failure(request().withTimeout(Duration.ofMillis(200))).kind())
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void aSocketThatIsNotThereRefuses() {
        assertThat(failure(FetchRequest.to(Target.parse("unix:" + folder.resolve("none"))))
                        .kind())
                .isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void aRedirectIsFollowedOnceOverTheSameSocket() throws Exception {
        CompletableFuture<String> second = answer("HTTP/1.1 307 T\r\nLocation: http://localhost/metrics/\r\n\r\n")
                .thenCompose(first -> answer("HTTP/1.1 200 OK\r\n\r\na 1\n"));
        fetch(request());
        assertThat(sink.text()).isEqualTo("a 1\n");
        assertThat(second.get(10, TimeUnit.SECONDS)).startsWith("GET /metrics/ HTTP/1.1\r\n");
        answer("HTTP/1.1 307 T\r\nLocation: /a\r\n\r\n")
                .thenCompose(first -> answer("HTTP/1.1 307 T\r\nLocation: /b\r\n\r\n"));
        assertThat(failure(request())).hasMessageContaining("second redirect");
    }

    @Test
    void gzipIsUnpacked() throws Exception {
        byte[] packed = GunzipTest.packed("a 1\n".getBytes(StandardCharsets.UTF_8));
        String head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
        answer(head.getBytes(StandardCharsets.US_ASCII), packed);
        fetch(request());
        assertThat(sink.text()).isEqualTo("a 1\n");
    }

    @Test
    void cancellingClosesTheSocketAndEndsTheThread() throws Exception {
        CompletableFuture<Integer> end = CompletableFuture.supplyAsync(() -> {
            try (SocketChannel client = listener.accept()) {
                ByteBuffer head = ByteBuffer.allocate(4_096);
                client.read(head);
                return client.read(head);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        CompletableFuture<FetchSummary> fetch = transport.fetch(request(), sink);
        Thread reader = unixThread();
        assertThat(fetch.cancel(true)).isTrue();
        reader.join(20_000);
        assertThat(reader.isAlive()).isFalse();
        listener.close();
        assertThat(end.handle((read, thrown) -> thrown == null ? read : -1).get(20, TimeUnit.SECONDS))
                .isEqualTo(-1);
    }

    private static Thread unixThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("inference-metrics-unix-socket"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPathTooLongForASocketIsAFailureToConnect() {
        Path deep = folder.resolve("x".repeat(120));
        assertThat(failure(FetchRequest.to(Target.parse("unix:" + deep))).kind())
                .isEqualTo(FailureKind.CONNECT);
    }
}
