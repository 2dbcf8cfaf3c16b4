package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import org.junit.jupiter.api.Test;

/** What a snapshot says about what it found. */
class CoverageTest {
    @Test
    void namesAreFoundUnmappedOrForeign() {
        Coverage coverage = snapshot("""
                        eng:success_total 1
                        eng:success_created 1.7e9
                        eng:brand_new 1
                        python_info 1
                        this line is broken
                        eng:success_total 2
                        """).coverage();
        assertThat(coverage.found()).containsExactly("eng:success_total");
        assertThat(coverage.unmapped()).containsExactly("eng:brand_new");
        assertThat(coverage.foreign()).containsExactly("python_info");
        assertThat(coverage.samples()).isEqualTo(5);
        assertThat(coverage.duplicateSeries()).isEqualTo(1);
        assertThat(coverage.skippedLines()).isEqualTo(1);
        assertThat(coverage.firstSkipped()).hasSize(1);
    }

    @Test
    void aDuplicateSeriesDoesNotCountTwiceHoweverItsLabelsAreOrdered() {
        MetricsSnapshot s = snapshot("eng:waiting{rank=\"0\",x=\"1\"} 3\neng:waiting{x=\"1\",rank=\"0\"} 3\n");
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(3);
        assertThat(s.coverage().duplicateSeries()).isEqualTo(1);
    }

    @Test
    void theVersionIsTheRangeThatAllNamesAllow() {
        assertThat(snapshot("eng:running 1\neng:queued 1\n")
                        .coverage()
                        .inferredVersion()
                        .toString())
                .isEqualTo("1.0..1.9");
    }

    @Test
    void everythingAbsentIsListedWithItsReason() {
        assertThat(snapshot("eng:running 1\n").coverage().absent())
                .extracting(missing -> missing.metric().name())
                .contains("requests.swapped", "preemptions")
                .doesNotContain("requests.running");
    }
}
