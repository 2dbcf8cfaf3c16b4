package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.live.PrometheusServer.Sample;
import io.inferencemetrics.live.PrometheusServer.Series;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our windows beside a real Prometheus server, over the samples that it stored itself.
 *
 * <p>What Prometheus adds is an extrapolation: the samples of a range seldom reach its ends, and {@code rate} and
 * {@code increase} stretch what lies between the first and the last sample to the whole range, by a factor that depends on
 * nothing but times and the first value. A window is exactly from its first snapshot to its last and stretches nothing. So
 * our increase times that factor must be theirs, and quantiles, in which the factor cancels out, must be the same.
 */
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrometheusComparisonTest {
    private static final double ROUNDING = 1e-9;
    private static final int RANGE_SECONDS = 12;
    /** So long ago a scrape has ended, one way or the other, and is stored: what is asked twice is the same both times. */
    private static final long STORED_MILLIS = 2_300;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SimulatedEngine vllm = SimulatedEngine.vllm();
    private final SimulatedEngine sglang = SimulatedEngine.sglang();
    private final SimulatedEngine tgi = SimulatedEngine.tgi();
    private final SimulatedEngine restarted = SimulatedEngine.vllm();
    private PrometheusServer prometheus;
    /** In milliseconds, as all times of Prometheus. */
    private long time;

    @BeforeAll
    void letItScrapeForAWhile(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<Path> program = PrometheusServer.program();
        assumeTrue(program.isPresent(), "no prometheus is installed here; .ci/prometheus installs it");
        Map<String, SimulatedEngine> engines =
                new TreeMap<>(Map.of("vllm", vllm, "sglang", sglang, "tgi", tgi, "restarted", restarted));
        engines.values().forEach(engine -> engine.busy().start());
        prometheus = PrometheusServer.start(program.orElseThrow(), folder, engines);
        waitForSamples(RANGE_SECONDS / 2);
        restarted.restart();
        waitForSamples(RANGE_SECONDS + 4);
        time = newest("vllm:generation_tokens_total{job='vllm'}") - STORED_MILLIS;
    }

    @AfterAll
    void stop() {
        List.of(vllm, sglang, tgi, restarted).forEach(SimulatedEngine::close);
        if (prometheus != null) {
            prometheus.close();
        }
    }

    private void waitForSamples(int samples) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String query = "count_over_time(vllm:generation_tokens_total{job='vllm'}[5m])";
        while (prometheus
                        .query(query, OptionalLong.empty())
                        .filter(result -> !result.isEmpty()
                                && result.get(0).at("/value/1").asDouble() >= samples)
                        .isEmpty()
                && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
    }

    private long newest(String selector) throws InterruptedException {
        List<Sample> samples = prometheus
                .series(selector + "[5m]", System.currentTimeMillis())
                .get(0)
                .samples();
        return samples.get(samples.size() - 1).millis();
    }

    /** A window over the samples that the server has of some families, as if they had been read by us. */
    private Window window(String engine, List<String> selectors) throws InterruptedException {
        List<Series> series = new ArrayList<>();
        for (String selector : selectors) {
            series.addAll(prometheus.series(selector + "[" + RANGE_SECONDS + "s]", time));
        }
        TreeSet<Long> times = new TreeSet<>();
        series.forEach(one -> one.samples().forEach(sample -> times.add(sample.millis())));
        List<MetricsSnapshot> snapshots = new ArrayList<>();
        StoredScrapes stored = new StoredScrapes(series);
        try (Collector collector =
                Collectors.forEngine(engine).transport(stored).at("http://stored:1")) {
            for (long one : times) {
                stored.millis = one;
                snapshots.add(collector.collect());
            }
        }
        return Window.over(snapshots);
    }

    /** Brings what the server stored at one moment as a body. */
    private static final class StoredScrapes implements Transport {
        private final List<Series> series;
        private long millis;

        StoredScrapes(List<Series> series) {
            this.series = series;
        }

        @Override
        public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
            StringBuilder body = new StringBuilder();
            series.forEach(one -> one.samples().stream()
                    .filter(sample -> sample.millis() == millis)
                    .forEach(sample ->
                            body.append(name(one)).append(sample.value()).append('\n')));
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            sink.begin(new ResponseHead(Optional.of("text/plain; version=0.0.4")));
            sink.chunk(ByteBuffer.wrap(bytes));
            long nanos = millis * 1_000_000;
            Instant instant = Instant.ofEpochMilli(millis);
            return CompletableFuture.completedFuture(
                    new FetchSummary(instant, nanos, nanos, nanos, nanos, bytes.length, Optional.empty()));
        }

        private static String name(Series series) {
            StringBuilder text =
                    new StringBuilder(String.valueOf(series.labels().get("__name__"))).append('{');
            series.labels().forEach((label, value) -> {
                if (!List.of("__name__", "job", "instance").contains(label)) {
                    text.append(label).append("=\"").append(value).append("\",");
                }
            });
            return text.append("} ").toString();
        }
    }

    /** By how much Prometheus 2.42 stretches the increase of a series: {@code extrapolatedRate} in {@code promql/functions.go}. */
    private double factor(List<Sample> samples, double increase) {
        long first = samples.get(0).millis();
        long last = samples.get(samples.size() - 1).millis();
        double sampled = (last - first) / 1e3;
        double average = sampled / (samples.size() - 1);
        double start = (first - (time - 1_000 * RANGE_SECONDS)) / 1e3;
        double value = Double.parseDouble(samples.get(0).value());
        if (increase > 0 && value >= 0) {
            start = Math.min(start, sampled * value / increase);
        }
        double end = (time - last) / 1e3;
        double threshold = average * 1.1;
        return (sampled + (start < threshold ? start : average / 2) + (end < threshold ? end : average / 2)) / sampled;
    }

    private void compare(String engine, String selector, CounterMetric metric) throws InterruptedException {
        Window window = window(engine, List.of(selector));
        List<Series> series = prometheus.series(selector + "[" + RANGE_SECONDS + "s]", time);
        assertThat(series).hasSize(1);
        double increase = window.increase(metric).optional().orElseThrow();
        double factor = factor(series.get(0).samples(), increase);
        assertThat(increase).isPositive();
        assertThat(increase * factor)
                .isCloseTo(
                        prometheus.number("increase(" + selector + "[" + RANGE_SECONDS + "s])", time),
                        within(ROUNDING * increase));
        assertThat(increase * factor / RANGE_SECONDS)
                .isCloseTo(
                        prometheus.number("rate(" + selector + "[" + RANGE_SECONDS + "s])", time),
                        within(ROUNDING * increase));
        List<Sample> samples = series.get(0).samples();
        double between =
                (samples.get(samples.size() - 1).millis() - samples.get(0).millis()) / 1e3;
        assertThat(window.rate(metric).value()).isCloseTo(increase / between, within(ROUNDING * increase));
    }

    @Test
    void countersOfVllmGrowAsPrometheusSaysWithoutItsExtrapolation() throws InterruptedException {
        compare("vllm", "vllm:generation_tokens_total{job='vllm'}", LlmMetrics.GENERATED_TOKENS);
        compare("vllm", "vllm:prompt_tokens_total{job='vllm'}", LlmMetrics.PROMPT_TOKENS);
    }

    @Test
    void countersOfTgiGrowAsPrometheusSaysWithoutItsExtrapolation() throws InterruptedException {
        compare("tgi", "tgi_request_count{job='tgi'}", LlmMetrics.REQUESTS_RECEIVED);
    }

    /** Asked in OpenMetrics, SGLang's colons become underscores; the names are the same to us. */
    @Test
    void countersOfSglangUnderTheNamesThatPrometheusGetsGrowAsItSays() throws InterruptedException {
        compare("sglang", "sglang_num_requests_total{job='sglang',is_streaming='true'}", LlmMetrics.REQUESTS_SUCCESS);
    }

    @Test
    void aRestartIsCountedAsPrometheusCountsItAndIsSaid() throws InterruptedException {
        compare("vllm", "vllm:generation_tokens_total{job='restarted'}", LlmMetrics.GENERATED_TOKENS);
        assertThat(window("vllm", List.of("vllm:generation_tokens_total{job='restarted'}"))
                        .resets())
                .hasSize(1);
    }

    @Test
    void quantilesAreThoseOfHistogramQuantile() throws InterruptedException {
        String bucket = "vllm:time_to_first_token_seconds_bucket{job='vllm'}";
        Window window = window(
                "vllm",
                List.of(
                        bucket,
                        "vllm:time_to_first_token_seconds_sum{job='vllm'}",
                        "vllm:time_to_first_token_seconds_count{job='vllm'}"));
        for (double q : new double[] {0.1, 0.5, 0.9, 0.99}) {
            Quantile ours = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q);
            double theirs = prometheus.number(
                    "histogram_quantile(" + q + ", sum by (le) (increase(" + bucket + "[" + RANGE_SECONDS + "s])))",
                    time);
            assertThat(ours.count()).isPositive();
            assertThat(ours.value()).isCloseTo(theirs, within(ROUNDING));
        }
    }
}
