package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.VersionRange;
import org.junit.jupiter.api.Test;

/** Which reason is given where there is no value. */
class AbsencesTest {
    private static Absence absence(String body, Metric<?> metric) {
        Reading<?> reading = snapshot(body).reading(metric);
        assertThat(reading).isInstanceOf(Reading.Absent.class);
        return ((Reading.Absent<?>) reading).reason();
    }

    @Test
    void aMetricOfNoRowIsNotExposed() {
        assertThat(absence("eng:waiting 1\n", LlmMetrics.PREEMPTIONS)).isEqualTo(Absence.NOT_EXPOSED);
    }

    @Test
    void aMetricOfOtherVersionsIsNotInThisOne() {
        assertThat(absence("eng:running 1\n", LlmMetrics.REQUESTS_SWAPPED)).isEqualTo(Absence.NOT_IN_VERSION);
    }

    @Test
    void aMetricThatAppearsWithItsFirstEventIsNotThereYet() {
        assertThat(absence("eng:running 1\n", LlmMetrics.REQUESTS_FAILED)).isEqualTo(Absence.NOTHING_YET);
    }

    @Test
    void aMetricThatNeedsAnOptionNamesIt() {
        Reading<Double> reading = snapshot("eng:running 1\n").reading(LlmMetrics.REQUESTS_ABORTED);
        assertThat(((Reading.Absent<Double>) reading).reason()).isEqualTo(Absence.OPTION_OFF);
        assertThat(((Reading.Absent<Double>) reading).detail()).contains("--count-aborts");
        assertThat(((Reading.Absent<Double>) reading).option()).contains("--count-aborts");
        assertThat(((Reading.Absent<Double>) reading).versions()).isEmpty();
    }

    @Test
    void withoutAnyFamilyOfTheEngineItsStatisticsAreOff() {
        assertThat(absence("process_cpu_seconds_total 1\n", LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(Absence.STATISTICS_OFF);
    }

    @Test
    void aLineThatCannotBeReadIsNamedAsTheReason() {
        Reading<Double> reading =
                snapshot("eng:running 1\neng:failed_total -nan(ind)\n").reading(LlmMetrics.REQUESTS_FAILED);
        assertThat(((Reading.Absent<Double>) reading).reason()).isEqualTo(Absence.UNKNOWN);
        assertThat(((Reading.Absent<Double>) reading).detail()).contains("eng:failed_total", "-nan(ind)");
    }

    @Test
    void aFormulaIsAbsentForTheReasonOfItsTerm() {
        assertThat(absence("eng:running 1\n", LlmMetrics.KV_USED)).isEqualTo(Absence.UNKNOWN);
    }

    @Test
    void minusOneMeansSwitchedOff() {
        assertThat(absence("eng:hit_rate -1\n", LlmMetrics.PREFIX_CACHE_HIT_RATIO))
                .isEqualTo(Absence.SWITCHED_OFF);
    }

    @Test
    void noStateSetMeansSwitchedOff() {
        assertThat(absence("eng:sleep{state=\"awake\"} 0\n", LlmMetrics.SLEEP_STATE))
                .isEqualTo(Absence.SWITCHED_OFF);
    }

    @Test
    void whatWasNotWantedSaysSo() {
        MetricsSnapshot s = TestBodies.read(
                TestBodies.reader(LlmMetrics.REQUESTS_RUNNING, LlmMetrics.KV_USAGE),
                "eng:running 1\neng:waiting 2\neng:kv_usage 0.5\n");
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(1);
        assertThat(s.value(LlmMetrics.KV_USAGE)).isEqualTo(0.5);
        Reading<Double> waiting = s.reading(LlmMetrics.REQUESTS_WAITING);
        assertThat(((Reading.Absent<Double>) waiting).reason()).isEqualTo(Absence.NOT_WANTED);
        assertThat(s.coverage().found()).contains("eng:waiting");
    }

    @Test
    void twoModelsHaveNoOneName() {
        MetricsSnapshot s = snapshot("eng:running{model_name=\"a\"} 1\neng:running{model_name=\"b\"} 1\n");
        Reading<String> name = s.reading(LlmMetrics.MODEL_NAME);
        assertThat(((Reading.Absent<String>) name).reason()).isEqualTo(Absence.AMBIGUOUS);
        assertThat(s.where(Dimension.MODEL, "b").text(LlmMetrics.MODEL_NAME)).contains("b");
        assertThat(s.values(Dimension.MODEL)).containsExactly("a", "b");
    }

    @Test
    void aMetricThatAppearsUnderLoadIsNotThereYet() {
        assertThat(absence("eng:running 1\n", LlmMetrics.REQUESTS_RETRACTED)).isEqualTo(Absence.NOTHING_YET);
    }

    @Test
    void aMetricOfOnlySomeOfTheVersionsThatTheNamesAllowIsLikelyOfAnother() {
        Reading<Double> reading = snapshot("eng:running 1\neng:queued 1\n").reading(LlmMetrics.KV_BLOCK_SIZE);
        assertThat(((Reading.Absent<Double>) reading).reason()).isEqualTo(Absence.NOT_IN_VERSION);
        assertThat(((Reading.Absent<Double>) reading).detail())
                .endsWith(" is in versions 1.5 or newer, this one is 1.0 to 1.9");
        assertThat(((Reading.Absent<Double>) reading).versions()).contains(VersionRange.parse("1.5.."));
        assertThat(((Reading.Absent<Double>) reading).option()).isEmpty();
    }

    @Test
    void aFormulaOfFamiliesIsAbsentForTheReasonOfTheFirstThatIsMissing() {
        assertThat(absence("eng:running 1\n", LlmMetrics.KV_HOST_USAGE)).isEqualTo(Absence.NOTHING_YET);
        assertThat(absence("eng:running 1\neng:host_used 1\n", LlmMetrics.KV_HOST_USAGE))
                .isEqualTo(Absence.UNKNOWN);
    }

    @Test
    void formulasThatNameEachOtherEnd() {
        assertThat(absence("eng:running 1\n", LlmMetrics.KV_CACHED)).isEqualTo(Absence.UNKNOWN);
    }
}
