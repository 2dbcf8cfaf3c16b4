package io.inferencemetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.decode.TestBodies;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    /** Read by one collector, as a target is that is read again and again. */
    private static Window window(String earlier, String later) {
        ScrapeReader reader = TestBodies.reader();
        return Window.between(TestBodies.read(reader, earlier), TestBodies.read(reader, later), TEN_SECONDS);
    }

    /** Read by two, as two saved scrapes are. */
    private static Window apart(String earlier, String later) {
        return Window.between(TestBodies.snapshot(earlier), TestBodies.snapshot(later), TEN_SECONDS);
    }

    @Test
    void aCounterGrowsBySoMuchASecond() {
        String earlier = "eng:generated_total{rank=\"0\"} 100\neng:generated_total{rank=\"1\"} 10\n";
        String later = "eng:generated_total{rank=\"1\"} 30\neng:generated_total{rank=\"0\"} 400\n";
        for (Window window : List.of(window(earlier, later), apart(earlier, later))) {
            Rate rate = window.rate(LlmMetrics.GENERATED_TOKENS);
            assertThat(rate.increase()).isEqualTo(320);
            assertThat(rate.value()).isEqualTo(32);
            assertThat(rate.reading().metric().name()).isEqualTo("tokens.generated.rate");
            assertThat(rate.reading().metric().unit().symbol()).isEqualTo("tokens/s");
            assertThat(rate.low()).isEqualTo(rate.high()).isEqualTo(32);
            assertThat(window.where(Dimension.RANK, "1")
                            .rate(LlmMetrics.GENERATED_TOKENS)
                            .value())
                    .isEqualTo(2);
            assertThat(window.resets()).isEmpty();
        }
    }

    @Test
    void aRankThatStartedAgainCountsFromZeroWhileTheOthersGoOn() {
        Window window = window(
                "eng:generated_total{rank=\"0\"} 100\neng:generated_total{rank=\"1\"} 1000\n",
                "eng:generated_total{rank=\"0\"} 150\neng:generated_total{rank=\"1\"} 7\n");
        assertThat(window.increase(LlmMetrics.GENERATED_TOKENS).optional()).hasValue(57.0);
        assertThat(window.resets())
                .containsExactly(new Reset("eng:generated_total", Map.of("rank", "1"), TestBodies.NOW));
        assertThat(window.increase(LlmMetrics.GENERATED_TOKENS).provenance().note())
                .contains("started again within the window: 1 series");
    }

    @Test
    void whatIsComputedFromACounterThatStartedAgainSaysSoToo() {
        Window window =
                window("eng:queries_total 1000\neng:hits_total 900\n", "eng:queries_total 10\neng:hits_total 5\n");
        Reading<Double> ratio = window.ratio(LlmMetrics.PREFIX_CACHE_HIT_RATIO);
        assertThat(ratio.optional()).hasValue(0.5);
        assertThat(ratio.provenance().note()).contains("started again within the window: 2 series");
    }

    @Test
    void aSeriesThatIsBornWithinTheWindowGrewFromZeroAndSaysSo() {
        Window window = window("eng:running 1\n", "eng:running 1\neng:generated_total{rank=\"0\"} 40\n");
        assertThat(window.increase(LlmMetrics.GENERATED_TOKENS).optional()).hasValue(40.0);
        assertThat(window.increase(LlmMetrics.GENERATED_TOKENS).provenance().note())
                .contains("born within the window");
        assertThat(window.resets()).isEmpty();
    }

    @Test
    void withoutATimeThereIsAnIncreaseAndNoRate() {
        Window window = Window.untimed(
                TestBodies.snapshot("eng:generated_total 1\n"), TestBodies.snapshot("eng:generated_total 5\n"));
        Rate rate = window.rate(LlmMetrics.GENERATED_TOKENS);
        assertThat(window.length()).isEmpty();
        assertThat(rate.increase()).isEqualTo(4);
        assertThat(rate.value()).isNaN();
        assertThat(rate.reading())
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.reason()).isEqualTo(Absence.NO_TIME_BETWEEN));
    }

    @Test
    void whatTheEngineDoesNotSayIsAbsentForItsReason() {
        Rate rate = window("eng:running 1\n", "eng:running 1\n").rate(LlmMetrics.GENERATED_TOKENS);
        assertThat(rate.reading()).isInstanceOf(Reading.Absent.class);
        assertThat(rate.increase()).isNaN();
        assertThat(rate.low()).isNaN();
    }

    @Test
    void aRatioIsThatOfTheWindowAndNotOfAllTime() {
        String earlier = "eng:queries_total 1000\neng:hits_total 900\n";
        assertThat(window(earlier, "eng:queries_total 1100\neng:hits_total 910\n")
                        .ratio(LlmMetrics.PREFIX_CACHE_HIT_RATIO)
                        .optional())
                .hasValue(0.1);
        assertThat(window(earlier, earlier).ratio(LlmMetrics.PREFIX_CACHE_HIT_RATIO))
                .isInstanceOf(Reading.NoObservations.class);
    }

    @Test
    void aGaugeThatTheEngineAveragesOverItsOwnTimeIsNoRatioOfAWindow() {
        Window window = window("eng:hit_rate 50\neng:kv_usage 0.2\n", "eng:hit_rate 60\neng:kv_usage 0.4\n");
        assertThat(window.ratio(LlmMetrics.PREFIX_CACHE_HIT_RATIO)).isInstanceOf(Reading.Absent.class);
        assertThat(window.ratio(LlmMetrics.KV_USAGE)).isInstanceOf(Reading.Absent.class);
    }

    private static String ttft(double sum, long... cumulative) {
        return "eng:running 1\neng:ttft_seconds_bucket{le=\"0.1\"} " + cumulative[0]
                + "\neng:ttft_seconds_bucket{le=\"0.5\"} " + cumulative[1] + "\neng:ttft_seconds_bucket{le=\"1\"} "
                + cumulative[2] + "\neng:ttft_seconds_bucket{le=\"+Inf\"} " + cumulative[3] + "\neng:ttft_seconds_sum "
                + sum
                + "\neng:ttft_seconds_count " + cumulative[3] + "\n";
    }

    @Test
    void aQuantileIsThatOfTheWindowInterpolatedAsPrometheusDoesWithinItsBracket() {
        Window window = window(ttft(50, 100, 100, 100, 100), ttft(52, 100, 104, 110, 110));
        Quantile median = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.5);
        assertThat(median.count()).isEqualTo(10);
        assertThat(median.value()).isCloseTo(0.5 + 0.5 * 1 / 6, within(1e-12));
        assertThat(median.low()).isEqualTo(0.5);
        assertThat(median.high()).isEqualTo(1);
        assertThat(median.inOverflowBucket()).isFalse();
        assertThat(median.reading().metric().name()).isEqualTo("latency.ttft.p50");
        assertThat(window.mean(LlmMetrics.TIME_TO_FIRST_TOKEN).optional()).hasValue(0.2);
    }

    @Test
    void aQuantileAboveTheLastBoundIsALowerLimitAndSaysSo() {
        Quantile p99 = window(ttft(0, 0, 0, 0, 0), ttft(90, 1, 1, 1, 9)).quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.99);
        assertThat(p99.inOverflowBucket()).isTrue();
        assertThat(p99.value()).isEqualTo(1);
        assertThat(p99.low()).isEqualTo(1);
        assertThat(p99.high()).isInfinite();
    }

    @Test
    void whereNothingWasObservedThereIsNoQuantileAndNoMean() {
        Window window = window(ttft(3, 1, 2, 3, 3), ttft(3, 1, 2, 3, 3));
        Quantile p99 = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.99);
        assertThat(p99.reading()).isInstanceOf(Reading.NoObservations.class);
        assertThat(p99.value()).isNaN();
        assertThat(p99.count()).isZero();
        assertThat(window.mean(LlmMetrics.TIME_TO_FIRST_TOKEN)).isInstanceOf(Reading.NoObservations.class);
    }

    @Test
    void aHistogramThatStartedAgainCountsWhatItSaysSince() {
        Window window = window(ttft(50, 100, 100, 100, 100), ttft(0.4, 0, 2, 2, 2));
        assertThat(window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.5).count()).isEqualTo(2);
        assertThat(window.resets()).containsExactly(new Reset("eng:ttft_seconds", Map.of(), TestBodies.NOW));
    }

    @Test
    void boundsThatChangedAreNotMixed() {
        String other = ttft(60, 100, 110, 120, 130).replace("le=\"0.5\"", "le=\"0.7\"");
        Window window = window(ttft(50, 100, 100, 100, 100), other);
        Reading<?> histogram = window.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN);
        assertThat(histogram.provenance().note()).contains("bounds changed");
        Quantile median = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.5);
        assertThat(median.low()).isEqualTo(0.1);
        assertThat(median.high()).isEqualTo(1);
    }

    @Test
    void aTextThatIsTornByARequestIsNeverNegative() {
        Quantile p99 = window(ttft(50, 100, 101, 102, 102), ttft(51, 103, 103, 103, 104))
                .quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.99);
        assertThat(p99.count()).isEqualTo(3);
        assertThat(p99.high()).isEqualTo(0.1);
    }

    @Test
    void theBracketAlwaysHoldsTheTrueQuantile() {
        Random random = new Random(20261123);
        double[] bounds = {0.01, 0.05, 0.1, 0.5, 1, 5};
        for (int run = 0; run < 300; run++) {
            double[] before = observations(random, run);
            double[] within = observations(random, run + 1);
            double[] all = Arrays.copyOf(before, before.length + within.length);
            System.arraycopy(within, 0, all, before.length, within.length);
            Window window = window(histogram(bounds, before), histogram(bounds, all));
            Arrays.sort(within);
            for (double q : new double[] {0, 0.01, 0.25, 0.5, 0.9, 0.99, 1}) {
                double truth = within[Math.max(1, (int) Math.ceil(q * within.length - 1e-9)) - 1];
                Quantile found = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q);
                assertThat(truth).isGreaterThan(found.low()).isLessThanOrEqualTo(found.high());
                assertThat(found.value()).isBetween(found.low(), found.high());
                assertThat(found.count()).isEqualTo(within.length);
            }
        }
    }

    /** Of one of four shapes: log-normal, two humps, a heavy tail, all in one bucket. */
    private static double[] observations(Random random, int shape) {
        return random.doubles(1 + random.nextInt(200))
                .map(u -> switch (shape % 4) {
                    case 0 -> Math.exp(random.nextGaussian() - 2);
                    case 1 -> u < 0.5 ? 0.02 + u / 100 : 2 + u;
                    case 2 -> 0.01 / Math.pow(1 - u, 1.2);
                    default -> 0.2;
                })
                .toArray();
    }

    private static String histogram(double[] bounds, double[] observed) {
        StringBuilder text = new StringBuilder("eng:running 1\n");
        for (double bound : bounds) {
            long count = Arrays.stream(observed).filter(x -> x <= bound).count();
            text.append("eng:ttft_seconds_bucket{le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        return text.append("eng:ttft_seconds_bucket{le=\"+Inf\"} ")
                .append(observed.length)
                .append("\neng:ttft_seconds_sum ")
                .append(Arrays.stream(observed).sum())
                .append("\neng:ttft_seconds_count ")
                .append(observed.length)
                .append('\n')
                .toString();
    }

    @Test
    void aQuantileOutsideOfZeroToOneIsRefused() {
        Window window = window("eng:running 1\n", "eng:running 1\n");
        for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q));
        }
    }

    @Test
    void aNegativeTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.between(
                        TestBodies.snapshot("eng:running 1\n"),
                        TestBodies.snapshot("eng:running 1\n"),
                        Duration.ofSeconds(-1)))
                .withMessageContaining("0 or more");
    }
}
