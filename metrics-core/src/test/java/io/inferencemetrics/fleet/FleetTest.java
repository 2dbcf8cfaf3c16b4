package io.inferencemetrics.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.internal.decode.TestBodies;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static CollectResult read(String body) {
        return new CollectResult.Success(TestBodies.snapshot(body));
    }

    private static CollectResult failed(String message) {
        CollectException cause = new CollectException(FailureKind.CONNECT, message, "Start it.", null);
        return new CollectResult.Failure(FailureKind.CONNECT, message, "Start it.", cause);
    }

    @Test
    void queuesAddUpAndWhoIsMissingIsPartOfTheAnswer() {
        Fleet fleet = Fleet.of(Map.of(
                "a", read("eng:running 3\n"),
                "b", read("eng:running 4\n"),
                "c", read("eng:waiting 1\n"),
                "d", failed("d refused the connection")));
        FleetReading<Double> running = fleet.reading(LlmMetrics.REQUESTS_RUNNING);
        assertThat(running.reading().optional()).hasValue(7.0);
        assertThat(running.counted()).containsExactly("a", "b");
        assertThat(running.isComplete()).isFalse();
        assertThat(running.missing()).containsOnlyKeys("c", "d");
        assertThat(running.missing().get("c")).isInstanceOf(Reading.Absent.class);
        assertThat(running.missing().get("d"))
                .isInstanceOfSatisfying(
                        Reading.Failed.class, read -> assertThat(read.message()).contains("refused"));
        assertThat(fleet.servers()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void usageIsWeightedByCapacityAndTheFullestIsTheFullest() {
        Fleet fleet = Fleet.of(Map.of(
                "small", read("eng:kv_usage 0.9\neng:config_info{tokens=\"100\"} 1\n"),
                "large", read("eng:kv_usage 0.1\neng:config_info{tokens=\"300\"} 1\n")));
        assertThat(fleet.reading(LlmMetrics.KV_USAGE).reading().optional().orElseThrow())
                .isCloseTo(0.3, within(1e-12));
        assertThat(fleet.reading(LlmMetrics.KV_USAGE_MAX).reading().optional()).hasValue(0.9);
        assertThat(fleet.reading(LlmMetrics.KV_CAPACITY).reading().optional()).hasValue(400.0);
    }

    @Test
    void aShareOfCountersIsTheShareOfTheirSumsAndNotAMeanOfShares() {
        Fleet fleet = Fleet.of(Map.of(
                "a", read("eng:queries_total 1000\neng:hits_total 100\n"),
                "b", read("eng:queries_total 10\neng:hits_total 10\n"),
                "c", read("eng:hit_rate 50\n")));
        FleetReading<Double> hits = fleet.reading(LlmMetrics.PREFIX_CACHE_HIT_RATIO);
        assertThat(hits.reading().optional()).hasValue(110.0 / 1010);
        assertThat(hits.missing()).containsOnlyKeys("c");
    }

    @Test
    void histogramsAreMerged() {
        String body = "eng:running 1\neng:ttft_seconds_bucket{le=\"1\"} 2\neng:ttft_seconds_bucket{le=\"+Inf\"} 3\n"
                + "eng:ttft_seconds_sum 4\neng:ttft_seconds_count 3\n";
        FleetReading<HistogramValue> ttft =
                Fleet.of(Map.of("a", read(body), "b", read(body))).reading(LlmMetrics.TIME_TO_FIRST_TOKEN);
        assertThat(ttft.reading().optional().orElseThrow().count()).isEqualTo(6);
        assertThat(ttft.reading().optional().orElseThrow().cumulativeCount(0)).isEqualTo(4);
    }

    @Test
    void textsThatDifferAreAmbiguous() {
        CollectResult one = read("eng:running{model_name=\"x\"} 1\n");
        CollectResult other = read("eng:running{model_name=\"y\"} 1\n");
        assertThat(Fleet.of(Map.of("a", one, "b", one))
                        .reading(LlmMetrics.MODEL_NAME)
                        .reading()
                        .optional())
                .hasValue("x");
        assertThat(Fleet.of(Map.of("a", one, "b", other))
                        .reading(LlmMetrics.MODEL_NAME)
                        .reading())
                .isInstanceOfSatisfying(
                        Reading.Absent.class, read -> assertThat(read.reason()).isEqualTo(Absence.AMBIGUOUS));
    }

    @Test
    void aFleetOfWhichNobodyCanBeReadIsNotIdle() {
        Reading<Double> running = Fleet.of(Map.of("a", failed("a timed out")))
                .reading(LlmMetrics.REQUESTS_RUNNING)
                .reading();
        assertThat(running).isInstanceOf(Reading.Failed.class);
        assertThat(Fleet.of(Map.of()).reading(LlmMetrics.REQUESTS_RUNNING).reading())
                .isInstanceOf(Reading.Absent.class);
    }
}
