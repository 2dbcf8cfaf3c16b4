package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.inferencemetrics.snapshot.EngineVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SimulatedEngineTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static List<Supplier<SimulatedEngine>> engines() {
        return List.of(
                SimulatedEngine::vllm,
                SimulatedEngine::sglang,
                SimulatedEngine::tgi,
                SimulatedEngine::originVllm,
                SimulatedEngine::originSglang);
    }

    private static HttpResponse<String> send(String url, String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theSameSeedAndTimesGiveTheSameBytes(Supplier<SimulatedEngine> engine) {
        ManualClock clock = new ManualClock();
        SimulatedEngine one = engine.get().seed(42).clock(clock).busy();
        SimulatedEngine other = engine.get().seed(42).clock(clock).busy();
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMillis(1_337));
            assertThat(one.metricsText()).isEqualTo(other.metricsText());
        }
    }

    @Test
    void anotherSeedIsOtherTraffic() {
        ManualClock clock = new ManualClock();

        assertThat(SimulatedEngine.vllm().seed(1).clock(clock).metricsText())
                .isNotEqualTo(SimulatedEngine.vllm().seed(2).clock(clock).metricsText());
    }

    @Test
    void aClockThatGoesBackChangesNothing() {
        ManualClock clock = new ManualClock();
        SimulatedEngine engine = SimulatedEngine.vllm().busy().clock(clock);
        String before = engine.metricsText();
        clock.advance(Duration.ofMinutes(-3));

        assertThat(engine.metricsText()).isEqualTo(before);
    }

    @Test
    void tgiForgetsTheOrderOfFamiliesAtEveryScrapeButNotTheirKinds() {
        SimulatedEngine engine = SimulatedEngine.tgi().clock(new ManualClock());
        List<String> first = types(engine.metricsText());
        List<String> second = types(engine.metricsText());

        assertThat(second).isNotEqualTo(first).containsExactlyInAnyOrderElementsOf(first);
        assertThat(kinds(first)).isEqualTo(kinds(second)).isSorted();
    }

    private static List<String> types(String body) {
        return body.lines().filter(line -> line.startsWith("# TYPE")).toList();
    }

    private static List<String> kinds(List<String> types) {
        return types.stream()
                .map(type -> type.substring(type.lastIndexOf(' ') + 1))
                .map(kind -> kind.equals("summary") ? "histogram" : kind)
                .toList();
    }

    @Test
    void anIdleTgiKnowsOnlyItsCapacity() {
        String body = SimulatedEngine.tgi().idle().metricsText();

        assertThat(body).isEqualTo("# TYPE tgi_batch_max_total_tokens gauge\ntgi_batch_max_total_tokens 40960\n\n");
    }

    @Test
    void anIdleSglangHasItsOwnRequestBehindIt() {
        Body body = Body.of(SimulatedEngine.sglang().idle().metricsText());

        assertThat(body.sum("sglang:num_requests_total", "is_streaming", "false"))
                .isEqualTo(1);
        assertThat(body.sum("sglang:prompt_tokens_total")).isEqualTo(29);
        assertThat(body.sum("sglang:http_requests_total", "endpoint", "/metrics"))
                .isEqualTo(1);
    }

    @Test
    void anIdleVllmHasItsHistogramsAtZero() {
        Body body = Body.of(SimulatedEngine.vllm().idle().metricsText());

        assertThat(body.has("vllm:e2e_request_latency_seconds_count")).isTrue();
        assertThat(body.sum("vllm:e2e_request_latency_seconds_count")).isZero();
        assertThat(body.sum("vllm:num_requests_running")).isZero();
        assertThat(body.has("http_requests_total")).isFalse();
    }

    @Test
    void theModelsNameIsEscaped() {
        String body = SimulatedEngine.vllm().modelName("a \"quoted\\\" name").metricsText();

        assertThat(body).contains("vllm:num_requests_running{engine=\"0\",model_name=\"a \\\"quoted\\\\\\\" name\"}");
        assertThat(body).contains("_bucket{engine=\"0\",le=\"1.0\",model_name=\"a \\\"quoted");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        SimulatedEngine engine = SimulatedEngine.vllm();

        assertThatIllegalArgumentException().isThrownBy(() -> engine.modelName("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.requestsPerSecond(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.requestsPerSecond(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.uptime(Duration.ofNanos(-1)));
    }

    @Test
    void settingsAreMadeBeforeTheFirstBody() {
        SimulatedEngine engine = SimulatedEngine.sglang();
        engine.metricsText();

        assertThatIllegalStateException()
                .isThrownBy(() -> engine.seed(2))
                .withMessageContaining("before the first body");
    }

    @Test
    void theOriginBodiesArePlainOrOneJsonString() {
        String plain = SimulatedEngine.originVllm().metricsText();
        String json = SimulatedEngine.originVllm().asJsonString().metricsText();

        assertThat(plain).startsWith("vllm:request_success_total 150\n").hasLineCount(11);
        assertThat(SimulatedEngine.originSglang().metricsText()).hasLineCount(15);
        assertThat(json)
                .startsWith("\"\\nvllm:request_success_total 150\\n")
                .endsWith("30000\\n\"")
                .hasLineCount(1);
        assertThat(SimulatedEngine.originVllm().asJsonString().contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anEngineAnswersOverHttpAsItsOriginalDoes(Supplier<SimulatedEngine> kind) throws Exception {
        ManualClock clock = new ManualClock();
        String expected = kind.get().clock(clock).metricsText();
        try (SimulatedEngine engine = kind.get().clock(clock).start()) {
            HttpResponse<String> response = send(engine.url() + "/metrics", "GET");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(expected);
            assertThat(response.headers().firstValue("Content-Type")).contains(engine.contentType());
        }
    }

    @Test
    void eachEngineHasItsContentType() {
        assertThat(SimulatedEngine.vllm().contentType()).isEqualTo("text/plain; version=1.0.0; charset=utf-8");
        assertThat(SimulatedEngine.sglang().contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(SimulatedEngine.tgi().contentType()).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void onlyMetricsIsServedAndOnlyForReading() throws Exception {
        try (SimulatedEngine engine = SimulatedEngine.tgi().start()) {
            HttpResponse<String> head = send(engine.url() + "/metrics", "HEAD");

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
                    .isPositive();
            assertThat(send(engine.url() + "/metrics/more", "GET").statusCode()).isEqualTo(404);
            assertThat(send(engine.url() + "/metrics", "POST").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void afterCloseNothingListensAndNoThreadIsLeftWaiting() throws Exception {
        SimulatedEngine engine = SimulatedEngine.vllm().start();
        String url = engine.url();
        send(url + "/metrics", "GET");
        assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        engine.close();
        engine.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(url + "/metrics", "GET"));
        assertThatIllegalStateException().isThrownBy(engine::url);
        for (Thread thread : threads()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("simulated-engine")
                        || thread.getName().equals("HTTP-Dispatcher"))
                .toList();
    }

    @Test
    void aClosedEngineCanBeServedAgainAndGoesOn() throws Exception {
        ManualClock clock = new ManualClock();
        SimulatedEngine engine = SimulatedEngine.vllm().busy().clock(clock).start();
        Body before = Body.of(send(engine.url() + "/metrics", "GET").body());
        engine.close();
        clock.advance(Duration.ofMinutes(1));
        try (SimulatedEngine again = engine.start()) {
            Body after = Body.of(send(again.url() + "/metrics", "GET").body());
            assertThat(after.sum("vllm:request_success_total")).isGreaterThan(before.sum("vllm:request_success_total"));
        }
    }

    @Test
    void aPortCanBeNamedAndATakenOneIsSaid() {
        try (SimulatedEngine second = SimulatedEngine.vllm()) {
            int port;
            try (SimulatedEngine first = SimulatedEngine.vllm().start()) {
                port = URI.create(first.url()).getPort();
                assertThatIllegalStateException().isThrownBy(first::start).withMessageContaining(first.url());
                assertThatExceptionOfType(UncheckedIOException.class)
                        .isThrownBy(() -> second.start(port))
                        .withMessageContaining(Integer.toString(port));
            }
            assertThat(second.start(port).url()).isEqualTo("http://127.0.0.1:" + port);
        }
    }

    @Test
    void onlyTheExtensionNeedsJunit() throws Exception {
        URL[] classes = {location(SimulatedEngine.class), location(EngineVersion.class)};
        try (URLClassLoader alone = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass(SimulatedEngine.class.getName());
            Object engine = type.getMethod("vllm").invoke(null);

            assertThat(type.getMethod("metricsText").invoke(engine)).asString().contains("vllm:");
            assertThatExceptionOfType(NoClassDefFoundError.class)
                    .isThrownBy(() -> alone.loadClass(SimulatedEngineExtension.class.getName()));
        }
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
