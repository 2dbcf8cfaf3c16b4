package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedOverHttpTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ManualClock clock = new ManualClock();
    private final SimulatedEngine engine =
            SimulatedEngine.vllm().clock(clock).busy().start();

    @AfterEach
    void close() {
        engine.close();
    }

    private HttpRequest.Builder metrics() {
        return HttpRequest.newBuilder(URI.create(engine.url() + "/metrics"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(engine.url() + path)).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> asked() {
        return CLIENT.sendAsync(metrics().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> resumed(CompletableFuture<HttpResponse<String>> waiting) throws Exception {
        awaitRequest();
        engine.resume();
        return waiting.get(10, TimeUnit.SECONDS);
    }

    private void awaitRequest() {
        while (engine.requestsTo("/metrics") == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aHungEngineAcceptsAndDoesNotAnswerUntilItResumes() throws Exception {
        engine.hang();
        assertThatExceptionOfType(HttpTimeoutException.class)
                .isThrownBy(() -> CLIENT.send(metrics().timeout(SHORT).build(), BodyHandlers.ofString()));
        awaitRequest();
        engine.resume();

        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    /** As prometheus_client answers Prometheus: a capture of a real server is the model. */
    @Test
    void sglangAnswersWhoAsksForOpenMetricsWithNamesWithoutColons() throws Exception {
        try (SimulatedEngine sglang =
                SimulatedEngine.sglang().clock(clock).busy().start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(sglang.url() + "/metrics"))
                    .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                    .build();
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            assertThat(response.headers().firstValue("Content-Type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(response.body())
                    .contains("\n# TYPE sglang:num_requests counter\nsglang_num_requests_total{")
                    .endsWith("\n# EOF\n")
                    .doesNotContain("\nsglang:");
        }
        assertThat(get("/metrics").body()).contains("\nvllm:num_requests_running");
    }

    @Test
    void whoWaitsWhenAHungEngineResumesIsAnswered() throws Exception {
        engine.hang();

        assertThat(resumed(asked()).body()).contains("vllm:num_requests_running");
    }

    @Test
    void aSlowEngineIsLateAndResumesAtOnce() throws Exception {
        engine.slow(Duration.ofHours(1));
        CompletableFuture<HttpResponse<String>> late = asked();

        assertThat(resumed(late).statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void aBodyThatDripsHasItsHeadersFirst() throws Exception {
        engine.drip(Duration.ofHours(1));
        HttpResponse<InputStream> response = CLIENT.send(metrics().build(), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        engine.resume();
        try (InputStream body = response.body()) {
            assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).contains("vllm:num_requests_running");
        }
    }

    @Test
    void aBodyThatDripsIsTheSameBody() throws Exception {
        engine.keepBodies(1).drip(Duration.ofMillis(20));

        assertThat(get("/metrics").body())
                .isEqualTo(engine.servedBodies().get(0).text());
    }

    /** By hand, because the JDK's client asks a second time when a connection ends without an answer. */
    @Test
    void whoWaitsWhenAnEngineRestartsIsHungUpOn() throws Exception {
        engine.keepBodies(10).hang();
        URI url = URI.create(engine.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitRequest();
            engine.restart();
            assertThat(answered(socket)).isFalse();
        }
        assertThat(engine.servedBodies()).isEmpty();
    }

    private static boolean answered(Socket socket) {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (IOException reset) {
            return false;
        }
    }

    @Test
    void aRestartedEngineIsAtTheSameAddress() throws Exception {
        String url = engine.url();
        String before = get("/metrics").body();
        engine.restart();

        assertThat(engine.url()).isEqualTo(url);
        assertThat(get("/metrics").body()).isNotEqualTo(before);
    }

    @Test
    void refusedConnectionsComeBackAtTheSamePort() throws Exception {
        engine.breakWith(Fault.CONNECTION_REFUSED);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get("/metrics"));
        engine.resume();
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
        engine.breakWith(Fault.CONNECTION_REFUSED).breakWith(Fault.SERVER_ERROR);
        assertThat(get("/metrics").statusCode()).isEqualTo(500);
    }

    @Test
    void anEngineCanStartRefusing() {
        try (SimulatedEngine down =
                SimulatedEngine.tgi().breakWith(Fault.CONNECTION_REFUSED).start()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(down.url())).build();
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> CLIENT.send(request, BodyHandlers.ofString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LOADING, 503, 503",
        "SERVER_ERROR, 500, 200",
        "NOT_FOUND, 404, 200",
        "UNAUTHORIZED, 401, 200",
        "LOGIN_PAGE, 200, 200",
        "EMPTY_BODY, 200, 200",
        "JSON_LIST, 200, 200"
    })
    void eachStatusIsSentForTheMetricsOrForAll(Fault fault, int metrics, int version) throws Exception {
        engine.breakWith(fault);

        assertThat(get("/metrics").statusCode()).isEqualTo(metrics);
        HttpResponse<String> other = get("/version");
        assertThat(other.statusCode()).isEqualTo(version);
        assertThat(other.body().startsWith("{\"version\"")).isEqualTo(!fault.isOfAllPaths());
    }

    @Test
    void aTruncatedBodyEndsWithTheConnection() {
        engine.breakWith(Fault.TRUNCATED_BODY);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/metrics"));
    }

    @Test
    void aWrongLengthCutsTheBodyInTheMiddleOfALine() throws Exception {
        engine.keepBodies(1).breakWith(Fault.WRONG_CONTENT_LENGTH);
        String body = get("/metrics").body();

        assertThat(body).doesNotEndWith("\n");
        assertThat(engine.servedBodies().get(0).text()).isEqualTo(body);
        assertThat(engine.servedBodies().get(0).bytes()).hasSize(body.length());
    }

    @Test
    void anEndlessBodyEndsWhenTheClientHasEnough() throws Exception {
        engine.breakWith(Fault.ENDLESS_BODY);
        HttpResponse<InputStream> response = CLIENT.send(metrics().build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(10_000_000)).hasSize(10_000_000);
        }
        engine.resume();
        assertThat(get("/metrics").body()).doesNotContain("requests_by_user_total");
    }

    @Test
    void anEndlessBodyEndsWholeWhenItResumes() throws Exception {
        engine.breakWith(Fault.ENDLESS_BODY);
        HttpResponse<InputStream> response = CLIENT.send(metrics().build(), BodyHandlers.ofInputStream());
        engine.resume();
        try (InputStream body = response.body()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void theLastBodiesAreKeptWithTheirTimes() throws Exception {
        get("/metrics");
        engine.keepBodies(2);
        get("/metrics");
        clock.advance(Duration.ofSeconds(1));
        String second = get("/metrics").body();
        clock.advance(Duration.ofSeconds(1));
        String third = get("/metrics").body();
        get("/version");

        assertThat(engine.servedBodies())
                .containsExactly(
                        new ServedBody(clock.instant().minusSeconds(1), "/metrics", 200, second),
                        new ServedBody(clock.instant(), "/metrics", 200, third));
        assertThat(engine.requestsTo("/metrics")).isEqualTo(4);
        assertThat(engine.requestsTo("/version")).isEqualTo(1);
        assertThat(engine.requestsTo("/nothing")).isZero();
    }

    @Test
    void theHeadersOfTheLastRequestCanBeAskedFor() throws Exception {
        CLIENT.send(metrics().header("Authorization", "Bearer t").build(), BodyHandlers.discarding());

        assertThat(engine.lastRequestHeaders().get("Authorization")).containsExactly("Bearer t");
    }
}
