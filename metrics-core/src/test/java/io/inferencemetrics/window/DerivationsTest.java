package io.inferencemetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.decode.TestBodies;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivationsTest {
    private static final Catalog CATALOG = Catalog.parse("derivations", """
            engine    engine
            prefixes  eng:
            at_end    eng:generated_total

            metric | family | kind | unit | take | where | over | versions | appears | trust | note
            requests.running | eng:running | gauge
            requests.waiting | eng:waiting | gauge
            requests.success | eng:success_total | counter
            requests.ended | = requests.success
            requests.first_token | eng:first_total | counter
            requests.abandoned | = requests.first_token - requests.ended - requests.running atleast 0
            window requests.abandoned | = requests.first_token - requests.ended - change:requests.running atleast 0
            tokens.generated | eng:generated_total | counter
            window tokens.generated | eng:live_total | counter
            tokens.prompt | eng:prompt_total | counter
            kv.usage_ratio.max | eng:kv | gauge
            latency.e2e | eng:e2e | histogram
            latency.itl | eng:itl | histogram
            latency.queue | eng:queue | histogram
            """, List.of());

    private final ScrapeReader reader = TestBodies.reader(CATALOG);

    private Window window(String earlier, String later) {
        return Window.over(List.of(at(0, earlier), at(10, later)));
    }

    private MetricsSnapshot at(double seconds, String body) {
        return TestBodies.read(reader, "eng:kv 0\n" + body, seconds);
    }

    private static String times(String name, double sum, long count) {
        return "eng:" + name + "_sum " + sum + "\neng:" + name + "_count " + count + "\n";
    }

    private static double value(Window window, NumericMetric metric) {
        return window.reading(metric).optional().orElse(Double.NaN);
    }

    @Test
    void asManyAreUnderWayAsTimesAddedUpGoByInASecond() {
        Window window = window(
                times("e2e", 5, 5) + times("itl", 1, 10) + times("queue", 1, 5),
                times("e2e", 25, 25) + times("itl", 16, 110) + times("queue", 6, 25));
        assertThat(value(window, WindowMetrics.REQUESTS_IN_SYSTEM)).isEqualTo(2);
        assertThat(value(window, WindowMetrics.REQUESTS_DECODING)).isEqualTo(1.5);
        assertThat(value(window, WindowMetrics.QUEUE_SHARE)).isEqualTo(0.25);
    }

    @Test
    void withoutATimeNobodyKnowsHowManyWereUnderWay() {
        Window window = Window.untimed(at(0, times("e2e", 5, 5)), at(0, times("e2e", 25, 25)));
        assertThat(window.reading(WindowMetrics.REQUESTS_IN_SYSTEM))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.reason()).isEqualTo(Absence.NO_TIME_BETWEEN));
    }

    @Test
    void gaugesThatDisagreeWithTheLatenciesAreSaidToDoSo() {
        String note = window(
                        "eng:running 9\neng:waiting 3\n" + times("e2e", 0, 0),
                        "eng:running 9\neng:waiting 3\n" + times("e2e", 20, 20))
                .reading(WindowMetrics.REQUESTS_IN_SYSTEM)
                .provenance()
                .note();
        assertThat(note).contains("the engine's own gauges say 12.0 on the mean");
        String agreed = window(
                        "eng:running 2\neng:waiting 0\n" + times("e2e", 0, 0),
                        "eng:running 2\neng:waiting 0\n" + times("e2e", 20, 20))
                .reading(WindowMetrics.REQUESTS_IN_SYSTEM)
                .provenance()
                .note();
        assertThat(agreed).isEmpty();
    }

    @Test
    void aWindowTooShortForTheLatenciesIsNotComparedWithTheGauges() {
        String note = window(
                        "eng:running 9\neng:waiting 3\n" + times("e2e", 0, 0),
                        "eng:running 9\neng:waiting 3\n" + times("e2e", 20, 5))
                .reading(WindowMetrics.REQUESTS_IN_SYSTEM)
                .provenance()
                .note();
        assertThat(note).isEmpty();
    }

    @Test
    void tokensPerRequestAreThoseOfAllOverThoseThatEnded() {
        Window window = window(
                "eng:live_total 0\neng:success_total 1\neng:prompt_total 5\n",
                "eng:live_total 100\neng:success_total 5\neng:prompt_total 5\n");
        assertThat(value(window, WindowMetrics.GENERATED_TOKENS_PER_REQUEST)).isEqualTo(25);
        assertThat(value(window, WindowMetrics.PROMPT_TOKENS_PER_REQUEST)).isZero();
        Window idle = window("eng:live_total 9\neng:success_total 1\n", "eng:live_total 9\neng:success_total 1\n");
        assertThat(idle.reading(WindowMetrics.GENERATED_TOKENS_PER_REQUEST)).isInstanceOf(Reading.NoObservations.class);
    }

    @Test
    void saturationIsTheFullestCacheAndTheShareThatWaits() {
        Window window = Window.over(List.of(
                TestBodies.read(reader, "eng:kv 0.2\neng:running 3\neng:waiting 1\n", 0),
                TestBodies.read(reader, "eng:kv 0.9\neng:running 3\neng:waiting 1\n", 5),
                TestBodies.read(reader, "eng:kv 0.4\neng:running 3\neng:waiting 1\n", 10)));
        assertThat(value(window, WindowMetrics.KV_SATURATION)).isEqualTo(0.9);
        assertThat(value(window, WindowMetrics.QUEUE_SATURATION)).isCloseTo(0.25, within(1e-12));
        Window idle = window("eng:running 0\neng:waiting 0\n", "eng:running 0\neng:waiting 0\n");
        assertThat(idle.reading(WindowMetrics.QUEUE_SATURATION)).isInstanceOf(Reading.NoObservations.class);
    }

    @Test
    void abandonedRequestsAreThoseThatNeitherEndedNorRun() {
        Window window = window(
                "eng:first_total 10\neng:success_total 6\neng:running 4\n",
                "eng:first_total 40\neng:success_total 20\neng:running 8\n");
        assertThat(value(window, LlmMetrics.REQUESTS_ABANDONED)).isEqualTo(30 - 14 - 4);
        MetricsSnapshot since = at(20, "eng:first_total 40\neng:success_total 20\neng:running 8\n");
        assertThat(since.value(LlmMetrics.REQUESTS_ABANDONED)).isEqualTo(12);
        assertThat(at(21, "eng:first_total 4\neng:success_total 3\neng:running 8\n")
                        .value(LlmMetrics.REQUESTS_ABANDONED))
                .isZero();
    }

    @Test
    void aWindowGoesByTheCounterThatMovesWhileRequestsRun() {
        Window live =
                window("eng:live_total 0\neng:generated_total 0\n", "eng:live_total 90\neng:generated_total 30\n");
        assertThat(value(live, LlmMetrics.GENERATED_TOKENS)).isEqualTo(90);
        assertThat(live.increase(LlmMetrics.GENERATED_TOKENS).provenance().note())
                .isEmpty();
        assertThat(at(20, "eng:live_total 90\neng:generated_total 30\n").value(LlmMetrics.GENERATED_TOKENS))
                .isEqualTo(30);
    }

    @Test
    void aCounterThatMovesOnlyAtTheEndOfRequestsSaysSoAndHowLongTheyAre() {
        Window window = window(
                "eng:generated_total 0\n" + times("e2e", 0, 0), "eng:generated_total 30\n" + times("e2e", 23, 10));
        assertThat(window.rate(LlmMetrics.GENERATED_TOKENS)
                        .reading()
                        .provenance()
                        .note())
                .contains("counted when a request ends")
                .contains("2.30 s on the mean");
    }

    @Test
    void allDerivedMetricsHaveAnAnswerOfAnyServer() {
        Window window = window("", "");
        assertThat(WindowMetrics.all()).allSatisfy(metric -> {
            Reading<Double> reading = window.reading(metric);
            assertThat(reading.metric()).isEqualTo(metric);
            assertThat(reading).isNotNull();
        });
    }
}
