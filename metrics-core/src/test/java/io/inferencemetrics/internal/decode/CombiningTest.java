package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the series of one metric become one value. */
class CombiningTest {
    @Test
    void ranksAddUpWhereTheMetricAddsUp() {
        MetricsSnapshot s = snapshot("eng:waiting{rank=\"0\"} 3\neng:waiting{rank=\"1\"} 4\n");
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(7);
        assertThat(s.series(LlmMetrics.REQUESTS_WAITING)).hasSize(2);
        assertThat(s.values(Dimension.RANK)).containsExactly("0", "1");
    }

    @Test
    void aRankIsAViewOfTheSnapshot() {
        MetricsSnapshot s = snapshot("eng:waiting{rank=\"0\"} 3\neng:waiting{rank=\"1\"} 4\neng:generated_total 9\n");
        MetricsSnapshot rank = s.where(Dimension.RANK, "1");
        assertThat(rank.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(4);
        assertThat(rank.value(LlmMetrics.GENERATED_TOKENS)).isNaN();
    }

    @Test
    void copiesOverTensorRanksAreOneValue() {
        MetricsSnapshot s = snapshot("eng:waiting{tp_rank=\"0\"} 5\neng:waiting{tp_rank=\"1\"} 4\n");
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(5);
        assertThat(s.series(LlmMetrics.REQUESTS_WAITING)).hasSize(1);
    }

    @Test
    void copiesWithinEachDataRankCombineBeforeTheRanksDo() {
        MetricsSnapshot s = snapshot("""
                eng:waiting{rank="0",tp_rank="0"} 5
                eng:waiting{rank="0",tp_rank="1"} 4
                eng:waiting{rank="1",tp_rank="1"} 2
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(7);
    }

    @Test
    void partsAreNotAddedToTheirWholeAndWhatIsRepeatedForThemCountsOnce() {
        Catalog catalog = Catalog.parse("test", """
                engine e
                prefixes e_
                vocabulary gpu
                label device dimension gpu
                label slice part gpu_instance
                gpu.memory.used | e_memory | gauge
                gpu.power | e_power | gauge | | | | slice=repeated
                gpu.temp | e_temp | gauge | | | | slice=repeated blank=0
                gpu.clock.reason | e_mask | gauge | | bits:idle,,hot
                """, List.of());
        MetricsSnapshot s = TestBodies.read(
                new ScrapeReader(
                        new CompiledCatalog(catalog, Set.of()),
                        OtherEngines::none,
                        new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS)),
                """
                e_memory{device="a"} 10
                e_memory{device="b"} 8
                e_memory{device="b",slice="1"} 3
                e_memory{device="b",slice="2"} 4
                e_memory{device="c",slice="1"} 1
                e_power{device="a"} 100
                e_power{device="b",slice="1"} 50
                e_power{device="b",slice="2"} 51
                e_temp{device="a"} 0
                e_mask{device="a"} 4
                """);
        assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(19);
        assertThat(s.series(GpuMetrics.MEMORY_USED)).hasSize(5);
        assertThat(s.where(Dimension.GPU, "b").value(GpuMetrics.MEMORY_USED)).isEqualTo(8);
        assertThat(s.value(GpuMetrics.POWER)).isEqualTo(151);
        assertThat(s.reading(GpuMetrics.TEMPERATURE))
                .isInstanceOfSatisfying(
                        Reading.Absent.class, a -> assertThat(a.reason()).isEqualTo(Absence.NOT_SUPPORTED));
        assertThat(s.where(Dimension.REASON, "hot").value(GpuMetrics.CLOCK_REASON))
                .isEqualTo(1);
        assertThat(s.values(Dimension.REASON)).containsExactly("hot", "idle");
    }

    @Test
    void theEmptyPriorityIsTheTotalOfTheOthers() {
        MetricsSnapshot s = snapshot("""
                eng:running{priority="1"} 2
                eng:running{priority=""} 5
                eng:running{priority="2"} 3
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(5);
    }

    @Test
    void prioritiesWithoutTotalAddUp() {
        assertThat(snapshot("eng:running{priority=\"1\"} 2\neng:running{priority=\"2\"} 3\n")
                        .value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(5);
    }

    @Test
    void kvUsageIsTheMeanWeightedByCapacityAndTheMaximumIsAMetricOfItsOwn() {
        MetricsSnapshot s = snapshot("""
                eng:kv_usage{rank="0"} 0.9
                eng:kv_usage{rank="1"} 0.1
                eng:config_info{rank="0",tokens="1000"} 1
                eng:config_info{rank="1",tokens="3000"} 1
                """);
        assertThat(s.value(LlmMetrics.KV_USAGE)).isCloseTo(0.3, within(1e-12));
        assertThat(s.value(LlmMetrics.KV_USAGE_MAX)).isEqualTo(0.9);
        assertThat(s.value(LlmMetrics.KV_CAPACITY)).isEqualTo(4000);
        assertThat(s.value(LlmMetrics.KV_USED)).isEqualTo(1200);
    }

    @Test
    void kvUsageIsThePlainMeanWhereCapacitiesAreUnknown() {
        assertThat(snapshot("eng:kv_usage{rank=\"0\"} 0.9\neng:kv_usage{rank=\"1\"} 0.1\n")
                        .value(LlmMetrics.KV_USAGE))
                .isEqualTo(0.5);
    }

    @Test
    void aCapacityRepeatedUnderEveryRankCountsOnce() {
        MetricsSnapshot s = snapshot("""
                eng:config_info{rank="0",blocks="10",block_size="16"} 1
                eng:config_info{rank="1",blocks="10",block_size="16"} 1
                """);
        assertThat(s.value(LlmMetrics.KV_CAPACITY)).isEqualTo(160);
    }

    @Test
    void selectedReasonsAddUpAndStayReachableOneByOne() {
        MetricsSnapshot s = snapshot("""
                eng:success_total{reason="stop"} 4
                eng:success_total{reason="length"} 2
                eng:success_total{reason="abort"} 1
                """);
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(6);
        assertThat(s.value(LlmMetrics.REQUESTS_BY_FINISH_REASON)).isEqualTo(7);
        assertThat(s.where(Dimension.FINISH_REASON, "abort").value(LlmMetrics.REQUESTS_BY_FINISH_REASON))
                .isEqualTo(1);
    }

    @Test
    void anOwnMetricCombinesAsItsRowSays() {
        MetricsSnapshot s = snapshot("eng:own_seconds{x=\"a\"} 1\neng:own_seconds{x=\"b\"} 3\n");
        NumericMetric own = (NumericMetric) s.metric("eng:own_seconds").orElseThrow();
        assertThat(s.value(own)).isEqualTo(3);
        assertThat(own.meaning()).isEqualTo("A metric of the engine's own.");
    }

    @Test
    void whatEverySeriesShouldSayIsOneValueOnlyWhereTheyDo() {
        MetricsSnapshot agreed = snapshot("eng:agreed{x=\"a\"} 4\neng:agreed{x=\"b\"} 4\n");
        assertThat(agreed.value((NumericMetric) agreed.metric("eng:agreed").orElseThrow()))
                .isEqualTo(4);
        MetricsSnapshot differing = snapshot("eng:agreed{x=\"a\"} 4\neng:agreed{x=\"b\"} 5\n");
        Reading<?> reading = differing.reading(differing.metric("eng:agreed").orElseThrow());
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.reason()).isEqualTo(Absence.AMBIGUOUS));
    }

    @Test
    void theLeastOfSeriesIsTakenWhereTheRowSaysSo() {
        MetricsSnapshot s = snapshot("eng:least{x=\"a\"} 4\neng:least{x=\"b\"} 5\n");
        assertThat(s.value((NumericMetric) s.metric("eng:least").orElseThrow())).isEqualTo(4);
    }
}
