package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.metric.GaugeMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FrameSnapshotTest {
    private static Absence absence(String body, Metric<?> metric) {
        Reading<?> reading = snapshot(body).reading(metric);
        assertThat(reading).isInstanceOf(Reading.Absent.class);
        return ((Reading.Absent<?>) reading).reason();
    }

    @Nested
    class Combining {
        @Test
        void ranksAddUpWhereTheMetricAddsUp() {
            MetricsSnapshot s = snapshot("eng:waiting{rank=\"0\"} 3\neng:waiting{rank=\"1\"} 4\n");
            assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(7);
            assertThat(s.series(LlmMetrics.REQUESTS_WAITING)).hasSize(2);
            assertThat(s.values(Dimension.RANK)).containsExactly("0", "1");
        }

        @Test
        void aRankIsAViewOfTheSnapshot() {
            MetricsSnapshot s =
                    snapshot("eng:waiting{rank=\"0\"} 3\neng:waiting{rank=\"1\"} 4\neng:generated_total 9\n");
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
    }

    @Nested
    class Histograms {
        private static final String TWO_PARTS = """
                eng:ttft_seconds_bucket{streaming="true",le="0.5"} 1
                eng:ttft_seconds_bucket{streaming="true",le="+Inf"} 2
                eng:ttft_seconds_count{streaming="true"} 2
                eng:ttft_seconds_sum{streaming="true"} 1.5
                eng:ttft_seconds_sum{streaming="false"} 0.25
                eng:ttft_seconds_bucket{streaming="false",le="+Inf"} 1
                eng:ttft_seconds_bucket{streaming="false",le="0.5"} 1
                eng:ttft_seconds_count{streaming="false"} 1
                """;

        @Test
        void partsMergeBucketByBucket() {
            HistogramValue ttft = snapshot(TWO_PARTS)
                    .histogram(LlmMetrics.TIME_TO_FIRST_TOKEN)
                    .orElseThrow();
            assertThat(ttft)
                    .isEqualTo(new HistogramValue(
                            new double[] {0.5, Double.POSITIVE_INFINITY}, new long[] {2, 3}, 1.75, 3));
            assertThat(ttft.mean()).isCloseTo(1.75 / 3, within(1e-12));
        }

        @Test
        void ofCopiesTheLowestRankIsTaken() {
            MetricsSnapshot s = snapshot("""
                    eng:ttft_seconds_count{tp_rank="10"} 9
                    eng:ttft_seconds_count{tp_rank="2"} 3
                    """);
            assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow().count())
                    .isEqualTo(3);
        }

        @Test
        void ranksWithOtherBoundsMergeOverTheCommonOnesAndSaySo() {
            MetricsSnapshot s = snapshot("""
                    eng:ttft_seconds_bucket{rank="0",le="1"} 1
                    eng:ttft_seconds_bucket{rank="0",le="2"} 2
                    eng:ttft_seconds_bucket{rank="0",le="+Inf"} 2
                    eng:ttft_seconds_bucket{rank="1",le="2"} 5
                    eng:ttft_seconds_bucket{rank="1",le="+Inf"} 6
                    """);
            HistogramValue merged = s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN).orElseThrow();
            assertThat(merged.buckets()).isEqualTo(2);
            assertThat(merged.cumulativeCount(0)).isEqualTo(7);
            assertThat(merged.count()).isEqualTo(8);
            assertThat(s.reading(LlmMetrics.TIME_TO_FIRST_TOKEN).provenance().trust())
                    .isEqualTo(Trust.APPROXIMATE);
        }

        @Test
        void unitsAreConverted() {
            HistogramValue e2e = snapshot(
                            "eng:e2e_ms_bucket{le=\"500\"} 1\neng:e2e_ms_bucket{le=\"+Inf\"} 1\neng:e2e_ms_sum 400\n")
                    .histogram(LlmMetrics.END_TO_END_LATENCY)
                    .orElseThrow();
            assertThat(e2e.upperBound(0)).isEqualTo(0.5);
            assertThat(e2e.sum()).isEqualTo(0.4);
        }

        @Test
        void nothingObservedIsNeitherZeroNorAbsent() {
            MetricsSnapshot s = snapshot("eng:ttft_seconds_bucket{le=\"+Inf\"} 0\neng:ttft_seconds_count 0\n");
            assertThat(s.reading(LlmMetrics.TIME_TO_FIRST_TOKEN)).isInstanceOf(Reading.NoObservations.class);
            assertThat(s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN)).isEmpty();
        }

        @Test
        void theSumOfAHistogramCanBeACounter() {
            assertThat(snapshot("eng:length_sum 42\neng:length_count 2\n").value(LlmMetrics.PROMPT_TOKENS))
                    .isEqualTo(42);
        }

        @Test
        void aBareNumberUnderAHistogramsNameIsNotAHistogram() {
            String body = "eng:ttft_seconds 0.025\n";
            assertThat(absence(body, LlmMetrics.TIME_TO_FIRST_TOKEN)).isEqualTo(Absence.WRONG_KIND);
            MetricsSnapshot s = snapshot(body);
            assertThat(s.value((GaugeMetric) s.metric("eng:ttft_seconds").orElseThrow()))
                    .isEqualTo(0.025);
        }
    }

    @Nested
    class Absences {
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
        }

        @Test
        void withoutAnyFamilyOfTheEngineItsStatisticsAreOff() {
            assertThat(absence("process_cpu_seconds_total 1\n", LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(Absence.STATISTICS_OFF);
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
            assertThat(s.where(Dimension.MODEL, "b").text(LlmMetrics.MODEL_NAME))
                    .contains("b");
            assertThat(s.values(Dimension.MODEL)).containsExactly("a", "b");
        }
    }

    @Nested
    class Values {
        @Test
        void theFirstNameOnTheWireWinsAndAlternativesAreNeverAdded() {
            MetricsSnapshot s = snapshot("eng:queued 5\neng:waiting 3\n");
            assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(3);
            assertThat(snapshot("eng:queued 5\n").value(LlmMetrics.REQUESTS_WAITING))
                    .isEqualTo(5);
        }

        @Test
        void zeroIsAValue() {
            assertThat(snapshot("eng:running 0\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isZero();
        }

        @Test
        void aRatioComesFromItsCountersAndZeroByZeroIsNoObservation() {
            assertThat(snapshot("eng:hits_total 1\neng:queries_total 4\neng:hit_rate 99\n")
                            .value(LlmMetrics.PREFIX_CACHE_HIT_RATIO))
                    .isEqualTo(0.25);
            assertThat(snapshot("eng:hits_total 0\neng:queries_total 0\n").reading(LlmMetrics.PREFIX_CACHE_HIT_RATIO))
                    .isInstanceOf(Reading.NoObservations.class);
        }

        @Test
        void aGaugeKnownToMisleadIsMarked() {
            Reading<Double> ratio = snapshot("eng:hit_rate 10\n").reading(LlmMetrics.PREFIX_CACHE_HIT_RATIO);
            assertThat(ratio.optional()).contains(0.1);
            assertThat(ratio.provenance().trust()).isEqualTo(Trust.DOUBTFUL);
            assertThat(ratio.provenance().note()).isEqualTo("the last batch only");
        }

        @Test
        void anUntypedShareAboveOneIsPercentAndMarked() {
            Reading<Double> usage = snapshot("eng:kv_usage 75.5\n").reading(LlmMetrics.KV_USAGE);
            assertThat(usage.optional()).contains(0.755);
            assertThat(usage.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        }

        @Test
        void aTypedShareAboveOneCannotBeUsed() {
            assertThat(snapshot("# TYPE eng:kv_usage gauge\neng:kv_usage 75.5\n")
                            .reading(LlmMetrics.KV_USAGE))
                    .isInstanceOf(Reading.Failed.class);
        }

        @Test
        void notANumberIsAFailure() {
            assertThat(snapshot("eng:running NaN\n").reading(LlmMetrics.REQUESTS_RUNNING))
                    .isInstanceOf(Reading.Failed.class);
            assertThat(snapshot("eng:running NaN\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isNaN();
        }

        @Test
        void theNewestListOfAdaptersCounts() {
            MetricsSnapshot s = snapshot("""
                    eng:lora_info{adapters="old"} 100
                    eng:lora_info{adapters="a,b"} 200
                    """);
            assertThat(s.value(LlmMetrics.LORA_RUNNING)).isEqualTo(2);
            assertThat(s.values(Dimension.ADAPTER)).containsExactly("a", "b");
            assertThat(snapshot("eng:lora_info{adapters=\"\"} 5\n").value(LlmMetrics.LORA_RUNNING))
                    .isZero();
        }

        @Test
        void theStateIsTheOneThatIsSet() {
            assertThat(snapshot("eng:sleep{state=\"awake\"} 0\neng:sleep{state=\"offloaded\"} 1\n")
                            .text(LlmMetrics.SLEEP_STATE))
                    .contains("offloaded");
        }

        @Test
        void factsAreText() {
            MetricsSnapshot s = snapshot("eng:facts_info{b=\"2\",a=\"1\"} 1\n");
            assertThat(s.text((TextMetric) s.metric("eng:facts_info").orElseThrow()))
                    .contains("a=1, b=2");
        }

        @Test
        void aValueWithAnOldTimeOfItsOwnIsStale() {
            long now = TestBodies.NOW.toEpochMilli();
            Reading<Double> old =
                    snapshot("eng:running 1 " + (now - 600_000) + "\n").reading(LlmMetrics.REQUESTS_RUNNING);
            assertThat(old).isInstanceOf(Reading.Stale.class);
            Reading<Double> fresh =
                    snapshot("eng:running 1 " + (now - 1_000) + "\n").reading(LlmMetrics.REQUESTS_RUNNING);
            assertThat(fresh.optional()).contains(1.0);
            assertThat(fresh.provenance().ageAt(1_000)).hasMillis(1_000);
        }

        @Test
        void aNameWithoutPrefixIsTheEnginesOnlyWhereTheBodyGivesItselfAway() {
            MetricsSnapshot s = snapshot("eng:waiting 1\nrunning 2\n");
            assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isNaN();
            assertThat(s.coverage().foreign()).containsExactly("running");
        }

        @Test
        void aSampleWithoutATimeOfItsOwnIsNeverStaleHoweverManyThereAre() {
            StringBuilder body = new StringBuilder("eng:running 1 " + TestBodies.NOW.toEpochMilli() + "\n");
            for (int i = 0; i < 1_000; i++) {
                body.append("eng:waiting{rank=\"").append(i).append("\"} 1\n");
            }
            Reading<Double> waiting = snapshot(body.toString()).reading(LlmMetrics.REQUESTS_WAITING);
            assertThat(waiting.optional()).contains(1_000.0);
            assertThat(waiting.provenance().ageAt(1_000)).isZero();
        }

        @Test
        void aSeriesOfTheWholeServerIsNotPairedWithOneRank() {
            MetricsSnapshot s = snapshot("""
                    eng:kv_usage 0.5
                    eng:config_info{rank="0",tokens="1000"} 1
                    eng:config_info{rank="1",tokens="3000"} 1
                    """);
            assertThat(s.value(LlmMetrics.KV_USED)).isEqualTo(2_000);
            assertThat(s.series(LlmMetrics.KV_USED)).isEmpty();
        }

        @Test
        void otherSpellingsOfThePrefixAreTheSameMetric() {
            assertThat(snapshot("eng_running 2\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(2);
            assertThat(snapshot("ray_eng_running 2\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(2);
            assertThat(snapshot("running 2\nonly_bare 1\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(2);
            assertThat(snapshot("eng:running 3\nrunning 2\n").value(LlmMetrics.REQUESTS_RUNNING))
                    .isEqualTo(3);
        }
    }

    @Test
    void aNameWhoseKindChangedIsTheMetricThatIsOnTheWire() {
        assertThat(snapshot("eng:changed_ms 3\n").metric("eng:changed_ms"))
                .get()
                .isInstanceOf(GaugeMetric.class);
        assertThat(snapshot("eng:changed_ms_count 3\n").metric("eng:changed_ms"))
                .get()
                .isInstanceOf(io.inferencemetrics.metric.HistogramMetric.class);
    }

    @Nested
    class Coverage {
        @Test
        void namesAreFoundUnmappedOrForeign() {
            io.inferencemetrics.snapshot.Coverage coverage = snapshot("""
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
}
