package io.inferencemetrics.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.decode.TestBodies;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaugeOverTimeTest {
    /** The value, or NaN for a body without it, every so many seconds. */
    private static Window window(double... timesAndValues) {
        ScrapeReader reader = TestBodies.reader();
        List<MetricsSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < timesAndValues.length; i += 2) {
            double value = timesAndValues[i + 1];
            String body = Double.isNaN(value) ? "eng:waiting 1\n" : "eng:running " + value + "\n";
            snapshots.add(TestBodies.read(reader, body, timesAndValues[i]));
        }
        return Window.over(snapshots);
    }

    @Test
    void theMeanIsWeightedByTime() {
        GaugeOverTime running = window(0, 2, 1, 4, 9, 8, 10, 0).gauge(LlmMetrics.REQUESTS_RUNNING);
        assertThat(running.mean()).isCloseTo((3 + 8 * 6 + 4) / 10.0, within(1e-12));
        assertThat(running.min()).isZero();
        assertThat(running.max()).isEqualTo(8);
        assertThat(running.last().optional()).hasValue(0.0);
        assertThat(running.readings()).isEqualTo(4);
        assertThat(running.covered()).isEqualTo(Duration.ofSeconds(10));
        assertThat(running.stale()).isZero();
    }

    @Test
    void quantilesAndDeviationAreWeightedByTimeToo() {
        GaugeOverTime running = window(0, 0, 8, 0, 9, 10, 10, 10).gauge(LlmMetrics.REQUESTS_RUNNING);
        assertThat(running.quantile(0)).isZero();
        assertThat(running.quantile(0.85)).isZero();
        assertThat(running.quantile(0.86)).isEqualTo(10);
        assertThat(running.quantile(1)).isEqualTo(10);
        double mean = 1.5;
        assertThat(running.mean()).isCloseTo(mean, within(1e-12));
        assertThat(running.standardDeviation())
                .isCloseTo(Math.sqrt(0.85 * mean * mean + 0.15 * 8.5 * 8.5), within(1e-12));
        assertThatIllegalArgumentException().isThrownBy(() -> running.quantile(Double.NaN));
    }

    @Test
    void aStretchWithoutReadingsIsLeftOutAndReported() {
        Window window = window(0, 1, 1, 1, 2, Double.NaN, 3, Double.NaN, 21, 100, 22, 100);
        GaugeOverTime running = window.gauge(LlmMetrics.REQUESTS_RUNNING, Duration.ofSeconds(5));
        assertThat(running.covered()).isEqualTo(Duration.ofSeconds(2));
        assertThat(running.stale()).isEqualTo(Duration.ofSeconds(20));
        assertThat(running.mean()).isEqualTo(50.5);
        assertThat(running.readings()).isEqualTo(4);
    }

    @Test
    void aGaugeThatIsNeverThereHasNoMeanAndIsNotZero() {
        GaugeOverTime waiting = window(0, 1, 1, 1).gauge(LlmMetrics.REQUESTS_WAITING);
        assertThat(waiting.mean()).isNaN();
        assertThat(waiting.min()).isNaN();
        assertThat(waiting.quantile(0.5)).isNaN();
        assertThat(waiting.standardDeviation()).isNaN();
        assertThat(waiting.last()).isInstanceOf(Reading.Absent.class);
        assertThat(waiting.stale()).isEqualTo(Duration.ofSeconds(1));
    }
}
