package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameSnapshotTest {
    @Test
    void aNameWhoseKindChangedIsTheMetricThatIsOnTheWire() {
        assertThat(snapshot("eng:changed_ms 3\n").metric("eng:changed_ms"))
                .get()
                .isInstanceOf(GaugeMetric.class);
        assertThat(snapshot("eng:changed_ms_count 3\n").metric("eng:changed_ms"))
                .get()
                .isInstanceOf(HistogramMetric.class);
    }

    @Test
    void theBodyAndAllItsSamplesCanBeKept() {
        String body = "# HELP eng:running Some help\n# TYPE eng:running gauge\neng:running{a=\"b\"} 1 1000\nx 2\n";
        MetricsSnapshot s = snapshot(body);
        assertThat(s.body().orElseThrow()).asString().isEqualTo(body);
        assertThat(s.rawSamples()).hasSize(2);
        assertThat(s.rawSamples().get(0).help()).contains("Some help");
        assertThat(s.rawSamples().get(0).type()).isEqualTo("gauge");
        assertThat(s.rawSamples().get(0).labels()).isEqualTo(Map.of("a", "b"));
        assertThat(s.rawSamples().get(0).timestampMillis()).hasValue(1000);
        assertThat(s.rawSamples().get(1).type()).isEqualTo("unknown");
    }

    @Test
    void everyMetricOfTheVocabularyAndOfTheEngineCanBeAskedFor() {
        MetricsSnapshot s = snapshot("eng:running 1\n");
        assertThat(s.metrics())
                .containsAll(LlmMetrics.all())
                .extracting(Metric::name)
                .contains("eng:own_seconds");
        assertThat(s.metric("tokens.cached")).contains(LlmMetrics.CACHED_TOKENS);
        assertThat(s.metric("nothing")).isEmpty();
    }

    @Test
    void aValueThatIsOlderThanTheCallerWantsIsStale() {
        Reading<Double> old = snapshot("eng:running 1\n").reading(LlmMetrics.REQUESTS_RUNNING);
        assertThat(old.within(Duration.ofNanos(1))).isInstanceOf(Reading.Stale.class);
        assertThat(old.within(old.age().plusDays(1))).isSameAs(old);
        Reading<Double> absent = snapshot("eng:waiting 1\n").reading(LlmMetrics.REQUESTS_RUNNING);
        assertThat(absent.within(Duration.ZERO)).isSameAs(absent);
    }
}
