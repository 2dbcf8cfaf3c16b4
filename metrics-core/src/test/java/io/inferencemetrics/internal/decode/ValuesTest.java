package io.inferencemetrics.internal.decode;

import static io.inferencemetrics.internal.decode.TestBodies.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a number or a text on the wire is taken for. */
class ValuesTest {
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
    void aNumberLongerThanTheEngineWritesIsApproximateAndSoIsWhatIsMadeOfIt() {
        Catalog rounding = Catalog.parse(
                "test",
                "engine e\nprefixes e:\ndigits 6\ntokens.prompt | e:p | counter\ntokens.generated | e:g | counter\n"
                        + "prefix.queries | = tokens.prompt + tokens.generated | | | | | | | | | both",
                List.of());
        MetricsSnapshot s = TestBodies.read(TestBodies.reader(rounding), "e:p 1.00001e+06\ne:g 999999\n");
        assertThat(s.reading(LlmMetrics.PROMPT_TOKENS).provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(s.reading(LlmMetrics.GENERATED_TOKENS).provenance().trust()).isEqualTo(Trust.EXACT);
        assertThat(s.reading(LlmMetrics.PREFIX_CACHE_QUERIES).provenance().trust())
                .isEqualTo(Trust.APPROXIMATE);
        assertThat(s.reading(LlmMetrics.PREFIX_CACHE_QUERIES).provenance().note())
                .isEqualTo("rounded to 6 digits; both");
    }

    @Test
    void anUntypedShareAboveOneIsPercentAndMarked() {
        Reading<Double> usage = snapshot("eng:kv_usage 75.5\n").reading(LlmMetrics.KV_USAGE);
        assertThat(usage.optional()).contains(0.755);
        assertThat(usage.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
    }

    @Test
    void aTypedShareAboveOneCannotBeUsed() {
        assertThat(snapshot("# TYPE eng:kv_usage gauge\neng:kv_usage 75.5\n").reading(LlmMetrics.KV_USAGE))
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
    void whatCannotBeUsedCannotBeUsedUnderAnotherNameEither() {
        MetricsSnapshot s = snapshot("eng:kv_usage NaN\n");
        assertThat(s.reading(LlmMetrics.KV_USAGE_MAX)).isInstanceOf(Reading.Failed.class);
        assertThat(snapshot("eng:kv_usage -1\n").reading(LlmMetrics.KV_USAGE_MAX))
                .isInstanceOfSatisfying(
                        Reading.Absent.class,
                        absent -> assertThat(absent.reason()).isEqualTo(Absence.SWITCHED_OFF));
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

    @Test
    void aFormulaMayBeOfFamiliesAndNumbers() {
        assertThat(snapshot("eng:evicted_blocks_total 3\n").value(LlmMetrics.KV_EVICTED))
                .isEqualTo(48);
    }

    @Test
    void aFamilyOfAWantedFormulaIsDecoded() {
        MetricsSnapshot s = TestBodies.read(TestBodies.reader(LlmMetrics.KV_EVICTED), "eng:evicted_blocks_total 3\n");
        assertThat(s.value(LlmMetrics.KV_EVICTED)).isEqualTo(48);
    }
}
