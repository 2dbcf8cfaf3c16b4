package io.inferencemetrics.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeReaderTest {
    private final ScrapeReader reader = TestBodies.reader();

    private FailureKind failure(String body, String contentType) {
        try {
            TestBodies.read(reader, body, Optional.of(contentType));
        } catch (CollectException e) {
            assertThat(e).hasMessageContaining("http://test/metrics");
            assertThat(e.hint()).isNotEmpty();
            return e.kind();
        }
        throw new AssertionError("no failure");
    }

    @Test
    void seriesThatComeAndGoBetweenBodiesAreNotMixedUp() {
        assertThat(TestBodies.read(reader, "eng:waiting{rank=\"0\"} 3\neng:waiting{rank=\"1\"} 4\n")
                        .value(LlmMetrics.REQUESTS_WAITING))
                .isEqualTo(7);
        MetricsSnapshot second = TestBodies.read(reader, "eng:waiting{rank=\"1\"} 5\n");
        assertThat(second.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(5);
        assertThat(second.series(LlmMetrics.REQUESTS_WAITING)).hasSize(1);
    }

    @Test
    void whatIsReadByItsChangesSaysWhatAFirstSightOfItSays() {
        Random random = new Random(20261123);
        List<String> lines = new ArrayList<>(List.of(
                "# TYPE eng:waiting gauge",
                "eng:waiting{rank=\"0\"} 3",
                "eng:waiting{rank=\"1\"} 4 1790000000000",
                "# TYPE eng:ttft_seconds histogram",
                "eng:ttft_seconds_bucket{le=\"1\"} 2",
                "eng:ttft_seconds_bucket{le=\"+Inf\"} 5",
                "eng:ttft_seconds_sum 7",
                "eng:ttft_seconds_count 5",
                "eng:running 1"));
        for (int i = 0; i < 300; i++) {
            int line = random.nextInt(lines.size());
            String text = lines.get(line);
            switch (random.nextInt(12)) {
                case 0 -> lines.add(random.nextInt(lines.size()), lines.remove(line));
                case 1 -> lines.add(line, "eng:waiting{rank=\"" + random.nextInt(4) + "\"} " + random.nextInt(9));
                case 2 -> lines.remove(lines.size() > 6 ? line : 0);
                case 3 -> lines.set(line, text.replaceFirst("([0-9])( 17.*)?$", "$1 1790000000000"));
                case 4 -> lines.set(line, text.replaceFirst("([0-9])( 17.*)$", "$1"));
                default -> lines.set(line, text.replaceFirst(" [0-9]+( 17.*)?$", " " + random.nextInt(200) + "$1"));
            }
            String body = String.join("\n", lines) + "\n";
            assertSame(TestBodies.read(reader, body), TestBodies.snapshot(body), body);
        }
    }

    private static void assertSame(MetricsSnapshot found, MetricsSnapshot expected, String body) {
        for (Metric<?> metric : expected.metrics()) {
            assertThat(found.reading(metric)).as(body).isEqualTo(expected.reading(metric));
        }
        assertThat(found.coverage()).as(body).isEqualTo(expected.coverage());
    }

    @Test
    void aSnapshotKeepsItsValuesWhenTheReaderGoesOn() {
        MetricsSnapshot first = TestBodies.read(reader, "eng:running 1\n");
        TestBodies.read(reader, "eng:running 2\neng:kv_usage 0.5\n");
        assertThat(first.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(1);
        assertThat(first.value(LlmMetrics.KV_USAGE)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eng:waiting{x=\"%d\"} 1",
                "foreign_name_%d 1",
                "eng:unmapped_%d 1",
                "# TYPE some_name_%d gauge",
                "eng:waiting{a%1$d=\"1\",b=\"2\"} 1"
            })
    void whatAServerKeepsChangingIsForgottenAgain(String line) {
        int most = 0;
        for (int body = 0; body < 30; body++) {
            StringBuilder text = new StringBuilder("eng:running 3\n");
            for (int i = 0; i < 1_000; i++) {
                text.append(String.format(line, 1_000 * body + i)).append('\n');
            }
            assertThat(TestBodies.read(reader, text.toString()).value(LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(3);
            most = Math.max(most, reader.remembered());
        }
        assertThat(most).isLessThan(10_000);
    }

    @Test
    void aBodyInOneJsonStringIsTakenOutAndNoted() {
        MetricsSnapshot s = TestBodies.read(
                reader,
                "\"\\neng:running 3\\neng:facts_info{a=\\\"\\u00e9\\ud83d\\ude00\\\"} 1\\n\"",
                Optional.of("application/json"));
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(3);
        assertThat(s.coverage().notes()).hasSize(1);
        assertThat(s.rawSamples()).hasSize(2);
        assertThat(s.rawSamples().get(1).labels()).containsEntry("a", "é😀");
        assertThat(s.body().orElseThrow()).asString().startsWith("\"");
    }

    @Test
    void blankChunksBeforeTheFirstLineChangeNothing() {
        Optional<String> type = Optional.of("application/json");
        reader.begin(type);
        reader.feed(ByteBuffer.wrap("\n \n".getBytes(StandardCharsets.UTF_8)));
        reader.feed(ByteBuffer.wrap("\"eng:running 3\"".getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.finish(TestBodies.info(18, type)).value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(3);
    }

    @Test
    void whatStandsBehindAJsonStringIsNotLostSilently() {
        assertThat(failure("\"zk_version\"\t3.6\n", "text/plain")).isEqualTo(FailureKind.NOT_PROMETHEUS);
        assertThat(TestBodies.read(reader, "\"eng:running 3\\n\" eng:waiting 1\n")
                        .coverage()
                        .notes())
                .singleElement()
                .asString()
                .contains("12 bytes behind it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html><body>no</body></html>", "{\"error\":\"no\"}", "nothing here to see"})
    void whatIsNoExpositionIsSaidToBeNone(String body) {
        assertThat(failure(body, "text/html")).isEqualTo(FailureKind.NOT_PROMETHEUS);
    }

    @Test
    void anotherEnginesMetricsAreNamed() {
        assertThat(failure("vllm:num_requests_running 1\n", "text/plain")).isEqualTo(FailureKind.WRONG_ENGINE);
        assertThatThrownBy(() -> TestBodies.read(reader, "tgi_queue_size 1\n"))
                .hasMessageContaining("TGI")
                .isInstanceOf(CollectException.class);
    }

    @Test
    void anEmptyBodyIsASnapshotWithEverythingAbsent() {
        assertThat(TestBodies.read(reader, "").coverage().found()).isEmpty();
    }

    @Test
    void openMetricsIsReadByItsContentType() {
        MetricsSnapshot s = TestBodies.read(
                reader,
                "# TYPE eng:success counter\neng_success_total 4 1.5 # {a=\"b\"} 1\n# EOF\n",
                Optional.of("application/openmetrics-text; version=1.0.0"));
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isNaN();
        assertThat(s.rawSamples().get(0).timestampMillis()).hasValue(1_500);
    }

    @Test
    void aKnownBodyIsDecodedWithoutAllocating() {
        ScrapeReader plain =
                TestBodies.reader(new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS));
        assertThat(leastAllocated(plain)).isZero();
    }

    @Test
    void readingSomeMetricsOnlyAllocatesNothingEither() {
        ReadOptions options = new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS);
        assertThat(leastAllocated(TestBodies.reader(options, LlmMetrics.REQUESTS_WAITING)))
                .isZero();
    }

    private static long leastAllocated(ScrapeReader reader) {
        ByteBuffer body = ByteBuffer.wrap(body().getBytes(StandardCharsets.UTF_8));
        ByteBuffer next = ByteBuffer.wrap(body().replace("17.0", "8.0").getBytes(StandardCharsets.UTF_8));
        Optional<String> type = Optional.of("text/plain");
        for (int i = 0; i < 200; i++) {
            scrape(reader, i % 2 == 0 ? body : next, type);
        }
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int i = 0; i < 70; i++) { // one of them looks at all names
                scrape(reader, i % 2 == 0 ? body : next, type);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        return least;
    }

    @Test
    void whoWantsSomeMetricsStillKnowsWhatTheServerIs() {
        ScrapeReader some = TestBodies.reader(LlmMetrics.REQUESTS_WAITING);
        String body = "eng:waiting 3\neng:block_size 16\neng:nobody_knows 1\npython_info 1\n";
        MetricsSnapshot all = TestBodies.snapshot(body);
        for (int read = 0; read < 3; read++) {
            MetricsSnapshot snapshot = TestBodies.read(some, body);
            assertThat(snapshot.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(3);
            assertThat(snapshot.coverage().inferredVersion())
                    .isEqualTo(all.coverage().inferredVersion());
            assertThat(snapshot.coverage().unmapped()).isEqualTo(all.coverage().unmapped());
            assertThat(snapshot.coverage().foreign()).isEqualTo(all.coverage().foreign());
            assertThat(snapshot.coverage().samples()).isEqualTo(1);
        }
    }

    @Test
    void namesAreLookedAtAgainWhenThoseOfInterestChange() {
        ScrapeReader some = TestBodies.reader(LlmMetrics.REQUESTS_WAITING);
        TestBodies.read(some, "eng:waiting 3\neng:old 1\n");
        MetricsSnapshot snapshot = TestBodies.read(some, "eng:queued 2\neng:new 1\n");
        assertThat(snapshot.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(2);
        assertThat(snapshot.coverage().unmapped()).containsExactly("eng:new");
    }

    @Test
    void aServerThatBecameAnotherOneIsNoticedAlsoByWhoWantsSomeMetrics() {
        ScrapeReader some = TestBodies.reader(LlmMetrics.REQUESTS_WAITING);
        TestBodies.read(some, "eng:waiting 3\n");
        assertThatThrownBy(() -> TestBodies.read(some, "<html>gone</html>\n"))
                .isInstanceOfSatisfying(
                        CollectException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_PROMETHEUS));
    }

    @Test
    void aBodyThatEndsWithinALineSaysSo() {
        assertThat(TestBodies.snapshot("eng:waiting 3\neng:running 12")
                        .coverage()
                        .notes())
                .singleElement()
                .asString()
                .contains("cut off");
        assertThat(TestBodies.snapshot("eng:waiting 3\n").coverage().notes()).isEmpty();
    }

    private static void scrape(ScrapeReader reader, ByteBuffer body, Optional<String> type) {
        reader.begin(type);
        body.position(0);
        while (body.position() < body.capacity()) {
            body.limit(Math.min(body.capacity(), body.position() + 1_000));
            reader.feed(body);
        }
        reader.readBody();
    }

    private static String body() {
        StringBuilder body = new StringBuilder("# HELP eng:waiting Some help\n# TYPE eng:waiting gauge\n");
        for (int rank = 0; rank < 8; rank++) {
            body.append("eng:waiting{rank=\"").append(rank).append("\"} 17.0\n");
            for (double le = 0.001; le < 100; le *= 2) {
                body.append("eng:ttft_seconds_bucket{rank=\"")
                        .append(rank)
                        .append("\",le=\"")
                        .append(le)
                        .append("\"} 1.7069978639483452e-05\n");
            }
        }
        return body.append("python_info{version=\"3\"} 1.0\n").toString();
    }
}
