package io.inferencemetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.decode.TestBodies;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final ScrapeReader reader = TestBodies.reader();
    private final History history = History.of(Duration.ofSeconds(60), 60);

    private void add(double seconds, String body) {
        history.add(TestBodies.read(reader, body, seconds));
    }

    private static String generated(double tokens) {
        return "eng:running 1\neng:generated_total " + tokens + "\n";
    }

    private static double increase(Window window) {
        return window.increase(LlmMetrics.GENERATED_TOKENS).optional().orElse(Double.NaN);
    }

    @Test
    void beforeTheSecondSnapshotThereIsNoWindow() {
        assertThat(history.last(Duration.ofSeconds(10))).isEmpty();
        assertThat(history.newest()).isEmpty();
        assertThat(history.bytes()).isZero();
        add(0, generated(1));
        assertThat(history.last(Duration.ofSeconds(10))).isEmpty();
        assertThat(history.newest()).isPresent();
    }

    @Test
    void aWindowStartsAtTheSnapshotClosestToWhatIsAsked() {
        for (int second = 0; second < 30; second++) {
            add(second * 1.01, generated(second * 10));
        }
        Window window = history.last(Duration.ofSeconds(10)).orElseThrow();
        assertThat(window.length()).contains(Duration.ofMillis(10_100));
        assertThat(increase(window)).isEqualTo(100);
        assertThat(window.rate(LlmMetrics.GENERATED_TOKENS).value()).isEqualTo(100 / 10.1);
        assertThat(history.last(Duration.ofNanos(1)).orElseThrow().length()).contains(Duration.ofMillis(1_010));
        assertThat(history.last(Duration.ofDays(1)).orElseThrow().length()).contains(Duration.ofMillis(29_290));
    }

    @Test
    void whatIsOlderThanTheSpanOrHasNoRoomIsForgotten() {
        add(0, generated(0));
        add(61, generated(7));
        assertThat(history.whole()).isEmpty();
        for (int i = 1; i <= 100; i++) {
            add(61 + i * 0.5, generated(7 + i));
        }
        Window window = history.whole().orElseThrow();
        assertThat(window.length()).contains(Duration.ofMillis(29_500));
        assertThat(increase(window)).isEqualTo(59);
    }

    @Test
    void aRestartThatTheEndsDoNotShowIsNoticedWithItsTime() {
        add(0, generated(100));
        add(1, generated(110));
        add(2, generated(5));
        add(3, generated(150));
        Window window = history.whole().orElseThrow();
        assertThat(increase(window)).isEqualTo(10 + 5 + 145);
        assertThat(window.resets())
                .containsExactly(new Reset("eng:generated_total", Map.of(), TestBodies.NOW.plusSeconds(2)));
    }

    @Test
    void aSeriesThatWentAwayAndCameBackIsAResetThatCountsAtLeastWhatItShows() {
        add(0, generated(100));
        add(1, "eng:running 1\n");
        add(2, generated(130));
        Window window = history.whole().orElseThrow();
        assertThat(increase(window)).isEqualTo(30);
        assertThat(window.resets()).hasSize(1);
    }

    @Test
    void aSeriesThatIsGoneAtTheEndStillCountsForWhatItGrew() {
        add(0, generated(100));
        add(1, generated(140));
        add(2, "eng:running 1\n");
        assertThat(increase(history.whole().orElseThrow())).isEqualTo(40);
    }

    @Test
    void aCreationTimeThatMovedIsAResetEvenIfTheCounterIsHigherThanBefore() {
        add(0, generated(100) + "eng:generated_created 1000\n");
        add(1, generated(150) + "eng:generated_created 2000\n");
        Window window = history.whole().orElseThrow();
        assertThat(increase(window)).isEqualTo(150);
        assertThat(window.resets()).hasSize(1);
    }

    @Test
    void aProcessThatStartedAgainResetsAllOfItsCounters() {
        add(0, generated(100) + "process_start_time_seconds 1000\neng:queries_total 3\n");
        add(1, generated(150) + "process_start_time_seconds 1000.9\neng:queries_total 4\n");
        Window window = history.whole().orElseThrow();
        assertThat(increase(window)).isEqualTo(150);
        assertThat(window.increase(LlmMetrics.PREFIX_CACHE_QUERIES).optional()).hasValue(4.0);
        assertThat(window.resets()).hasSize(2);
    }

    @Test
    void seriesThatComeLaterWidenTheHistoryAndLoseNothing() {
        add(0, generated(1));
        add(1, generated(2));
        add(2, generated(4) + "eng:queries_total 30\n");
        add(3, generated(8) + "eng:queries_total 50\neng:running{rank=\"7\"} 3\n");
        Window window = history.whole().orElseThrow();
        assertThat(increase(window)).isEqualTo(7);
        assertThat(window.increase(LlmMetrics.PREFIX_CACHE_QUERIES).optional()).hasValue(50.0);
        assertThat(window.increase(LlmMetrics.PREFIX_CACHE_QUERIES).provenance().note())
                .contains("born within the window");
    }

    @Test
    void samplesWithATimeOfTheirOwnKeepIt() {
        add(0, "eng:running 1\n");
        add(1, "eng:running 2 " + TestBodies.NOW.minusSeconds(3600).toEpochMilli() + "\n");
        add(2, "eng:running 3 " + TestBodies.NOW.plusSeconds(2).toEpochMilli() + "\n");
        GaugeOverTime running = history.whole().orElseThrow().gauge(LlmMetrics.REQUESTS_RUNNING);
        assertThat(running.max()).isEqualTo(3);
        assertThat(running.readings()).isEqualTo(2);
    }

    @Test
    void aHistorySaysTheSameAsTheSnapshotsThatWentIntoIt() {
        Random random = new Random(20261124);
        for (int run = 0; run < 50; run++) {
            ScrapeReader fresh = TestBodies.reader();
            History kept = History.of(Duration.ofSeconds(100), 100);
            List<MetricsSnapshot> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                MetricsSnapshot snapshot = TestBodies.read(fresh, randomBody(random, i), i);
                all.add(snapshot);
                kept.add(snapshot);
            }
            assertSame(kept.whole().orElseThrow(), Window.over(all));
        }
    }

    private static void assertSame(Window kept, Window direct) {
        for (CounterMetric counter :
                List.of(LlmMetrics.GENERATED_TOKENS, LlmMetrics.PREFIX_CACHE_QUERIES, LlmMetrics.REQUESTS_SUCCESS)) {
            assertThat(kept.increase(counter).optional())
                    .isEqualTo(direct.increase(counter).optional());
        }
        HistogramMetric ttft = LlmMetrics.TIME_TO_FIRST_TOKEN;
        assertThat(kept.histogram(ttft).optional())
                .isEqualTo(direct.histogram(ttft).optional());
        assertThat(kept.gauge(LlmMetrics.REQUESTS_RUNNING))
                .usingRecursiveComparison()
                .isEqualTo(direct.gauge(LlmMetrics.REQUESTS_RUNNING));
        assertThat(kept.resets()).containsExactlyInAnyOrderElementsOf(direct.resets());
    }

    /** Series come, go, and start again. */
    private static String randomBody(Random random, int i) {
        StringBuilder body = new StringBuilder("eng:running " + random.nextInt(9) + "\n");
        for (int rank = 0; rank < 3; rank++) {
            String labels = "{rank=\"" + rank + "\"} ";
            double total = random.nextInt(20) == 0 ? random.nextInt(5) : 10 * i + random.nextInt(9);
            if (random.nextInt(8) > 0) {
                body.append("eng:generated_total").append(labels).append(total).append('\n');
            }
            if (i > 5 * rank) {
                body.append("eng:queries_total").append(labels).append(total).append('\n');
                body.append("eng:ttft_seconds_bucket{le=\"1\",rank=\"" + rank + "\"} ")
                        .append(total)
                        .append("\neng:ttft_seconds_bucket{le=\"+Inf\",rank=\"" + rank + "\"} ")
                        .append(total + 1)
                        .append("\neng:ttft_seconds_sum")
                        .append(labels)
                        .append(total)
                        .append("\neng:ttft_seconds_count")
                        .append(labels)
                        .append(total + 1)
                        .append('\n');
            }
        }
        return body.toString();
    }

    @Test
    void snapshotsOfAnotherServerOrInTheWrongOrderAreRefused() {
        add(5, generated(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> add(4, generated(1)))
                .withMessageContaining("older");
        MetricsSnapshot other = TestBodies.of("elsewhere", generated(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> history.add(other))
                .withMessageContaining("elsewhere");
    }

    @Test
    void aHistoryWithoutRoomOrSpanIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> History.of(Duration.ZERO, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> History.of(Duration.ofSeconds(1), 1));
    }
}
