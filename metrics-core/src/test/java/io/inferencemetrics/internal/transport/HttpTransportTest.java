package io.inferencemetrics.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {
    private static final String BODY = "vllm:num_requests_running 3\n";

    @StartStop
    final MockWebServer server = new MockWebServer();

    private final StandardTransport transport = new StandardTransport();
    private final CollectedBody sink = new CollectedBody();

    private FetchRequest request() {
        return FetchRequest.to(Target.parse(server.url("/metrics").toString())).withTimeout(Duration.ofSeconds(10));
    }

    private FetchSummary fetch(FetchRequest request) throws Exception {
        return transport.fetch(request, sink).get(20, TimeUnit.SECONDS);
    }

    private CollectException failure(FetchRequest request) throws Exception {
        try {
            fetch(request);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof CollectException failure)) {
                throw e;
            }
            assertThat(failure.hint()).endsWith(".").isNotEmpty();
            return failure;
        }
        return fail("no failure");
    }

    private static MockResponse.Builder ok(String body) {
        return new MockResponse.Builder()
                .code(200)
                .addHeader("Content-Type", "text/plain")
                .body(body);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static MockResponse gzipped(byte[] packed) {
        return new MockResponse.Builder()
                .addHeader("Content-Encoding", "gzip")
                .body(new Buffer().write(packed))
                .build();
    }

    @Test
    void aBodyComesWithItsTypeAndWhatItTook() throws Exception {
        server.enqueue(ok(BODY).build());
        FetchSummary summary = fetch(request().withBearerToken("t").withHeader("X-A", "b"));
        assertThat(sink.text()).isEqualTo(BODY);
        assertThat(sink.contentType).contains("text/plain");
        assertThat(summary.bodyBytes()).isEqualTo(BODY.length());
        assertThat(summary.firstByteNanos()).isBetween(summary.startNanos(), summary.endNanos());
        RecordedRequest sent = server.takeRequest();
        assertThat(sent.getHeaders().get("Accept")).isEqualTo("text/plain;version=0.0.4");
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer t");
        assertThat(sent.getHeaders().get("X-A")).isEqualTo("b");
    }

    @Test
    void aChunkedBodyIsReadToItsEnd() throws Exception {
        server.enqueue(
                new MockResponse.Builder().chunkedBody(BODY.repeat(1_000), 100).build());
        fetch(request());
        assertThat(sink.text()).hasSize(1_000 * BODY.length());
    }

    @Test
    void gzipIsUnpacked() throws Exception {
        server.enqueue(gzipped(gzip(BODY.repeat(5_000).getBytes(StandardCharsets.UTF_8))));
        assertThat(fetch(request()).bodyBytes()).isEqualTo(5_000L * BODY.length());
    }

    @Test
    void aGzipBombIsTooLarge() throws Exception {
        server.enqueue(gzipped(gzip(new byte[1 << 20])));
        assertThat(failure(request().withMaxBodyBytes(100_000)).kind()).isEqualTo(FailureKind.TOO_LARGE);
    }

    @Test
    void aGzipStreamThatEndsEarlyOrIsDamagedBreaks() throws Exception {
        byte[] packed = gzip(BODY.getBytes(StandardCharsets.UTF_8));
        server.enqueue(gzipped(Arrays.copyOf(packed, packed.length - 4)));
        assertThat(failure(request())).hasMessageContaining("ended early");
        packed[packed.length - 1]++;
        server.enqueue(gzipped(packed));
        assertThat(failure(request())).hasMessageContaining("damaged");
        server.enqueue(gzipped("no gzip at all".getBytes(StandardCharsets.UTF_8)));
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void anUnknownEncodingIsRefused() throws Exception {
        server.enqueue(ok(BODY).addHeader("Content-Encoding", "br").build());
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.NOT_PROMETHEUS);
    }

    @Test
    void aBodyBeyondItsLimitIsTooLarge() throws Exception {
        server.enqueue(ok("x".repeat(200_000)).build());
        CollectException failure = failure(request().withMaxBodyBytes(1_000));
        assertThat(failure.kind()).isEqualTo(FailureKind.TOO_LARGE);
        assertThat(failure).hasMessageContaining("1000 bytes");
    }

    @Test
    void aServerThatDripsPassesTheDeadline() throws Exception {
        server.enqueue(
                ok(BODY.repeat(100)).throttleBody(1, 50, TimeUnit.MILLISECONDS).build());
        CollectException failure = failure(request().withTimeout(Duration.ofMillis(300)));
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure).hasMessageContaining("300 ms");
    }

    @Test
    void aServerThatNeverAnswersPassesTheDeadline() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());
        assertThat(failure(request().withTimeout(Duration.ofMillis(200))).kind())
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 401, 404, 500, 503})
    void anotherStatusIsAFailureThatNamesIt(int status) throws Exception {
        server.enqueue(new MockResponse.Builder().code(status).build());
        CollectException failure = failure(request());
        assertThat(failure.kind()).isEqualTo(FailureKind.STATUS);
        assertThat(failure).hasMessageContaining("answered " + status);
    }

    @Test
    void aSinkMayTakeTheBodyOfAnyStatus() throws Exception {
        sink.anyStatus = true;
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .addHeader("Content-Type", "application/json")
                .body("{}")
                .build());
        assertThat(fetch(request()).bodyBytes()).isEqualTo(2);
        assertThat(sink.head).contains(new ResponseHead(503, Optional.of("application/json"), Optional.empty()));
        assertThat(sink.text()).isEqualTo("{}");
    }

    @Test
    void aSinkThatTakesAnyStatusIsStillSentOnByARedirectToTheSameServer() throws Exception {
        sink.anyStatus = true;
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "/metrics/")
                .build());
        server.enqueue(ok(BODY).build());
        fetch(request());
        assertThat(sink.text()).isEqualTo(BODY);
    }

    @Test
    void aRedirectElsewhereIsAnAnswerForASinkThatTakesAnyStatus() throws Exception {
        sink.anyStatus = true;
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "https://login.example/")
                .build());
        fetch(request());
        assertThat(sink.head).contains(new ResponseHead(302, Optional.empty(), Optional.of("https://login.example/")));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void oneRedirectOnTheSameHostIsFollowed() throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(307)
                .addHeader("Location", "/metrics/")
                .build());
        server.enqueue(ok(BODY).build());
        fetch(request());
        assertThat(sink.text()).isEqualTo(BODY);
    }

    @Test
    void aRedirectLoopEndsAtTheSecond() throws Exception {
        server.enqueue(
                new MockResponse.Builder().code(302).addHeader("Location", "/a").build());
        server.enqueue(
                new MockResponse.Builder().code(302).addHeader("Location", "/b").build());
        assertThat(failure(request())).hasMessageContaining("second redirect");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://other.example/metrics", "http://[broken"})
    void aRedirectElsewhereIsNotFollowed(String location) throws Exception {
        server.enqueue(new MockResponse.Builder()
                .code(301)
                .addHeader("Location", location)
                .build());
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.STATUS);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksIsNoShortBody() throws Exception {
        server.enqueue(ok(BODY.repeat(1_000))
                .onResponseBody(new SocketEffect.CloseSocket(true, false, false))
                .build());
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void aBodyShorterThanItsLengthBreaks() throws Exception {
        server.enqueue(ok(BODY).setHeader("Content-Length", "1000")
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.CONNECT);
    }

    @Test
    void aChunkedBodyWithoutItsLastChunkBreaks() throws Exception {
        server.enqueue(ok("").body("4\r\na 1\n\r\n")
                .setHeader("Transfer-Encoding", "chunked")
                .removeHeader("Content-Length")
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                .build());
        assertThat(failure(request()).kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(sink.text()).isEqualTo("a 1\n");
    }

    @Test
    void aPortWhereNobodyListensRefuses() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        CollectException failure = failure(FetchRequest.to(Target.parse("http://me:secret@127.0.0.1:" + port)));
        assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port).hasMessageNotContaining("secret");
    }

    @Test
    void whatTheSinkThrowsEndsTheFetch() throws Exception {
        server.enqueue(ok(BODY).build());
        CollectException own = new CollectException(FailureKind.PARSE, "no", "Do.", null);
        CompletableFuture<FetchSummary> fetch =
                transport.fetch(request(), new io.inferencemetrics.transport.BodySink() {
                    @Override
                    public void begin(io.inferencemetrics.transport.ResponseHead head) {}

                    @Override
                    public void chunk(java.nio.ByteBuffer chunk) {
                        throw own;
                    }
                });
        assertThat(fetch.handle((summary, thrown) -> thrown).get(10, TimeUnit.SECONDS))
                .satisfies(thrown -> assertThat(thrown instanceof CollectException ? thrown : thrown.getCause())
                        .isSameAs(own));
    }

    @Test
    void cancellingTheFutureClosesTheConnection() throws Exception {
        server.enqueue(ok(BODY.repeat(1_000))
                .throttleBody(1, 20, TimeUnit.MILLISECONDS)
                .build());
        CompletableFuture<FetchSummary> fetch = transport.fetch(request(), sink);
        server.takeRequest();
        assertThat(fetch.cancel(true)).isTrue();
        assertThat(fetch).isCancelled();
    }
}
