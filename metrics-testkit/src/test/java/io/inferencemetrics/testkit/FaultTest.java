package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {
    private final ManualClock clock = new ManualClock();

    private String right(String engine) {
        return SimulatedEngine.of(engine).clock(clock).metricsText();
    }

    private String broken(String engine, Fault fault) {
        return SimulatedEngine.of(engine).clock(clock).breakWith(fault).metricsText();
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultEndsWithResume(Fault fault) {
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).breakWith(fault);
        engine.metricsText();
        SimulatedEngine whole = SimulatedEngine.vllm().clock(clock);
        whole.metricsText();

        assertThat(engine.resume().metricsText()).isEqualTo(whole.metricsText());
    }

    @Test
    void aGarbageLineStandsInTheMiddle() {
        List<String> lines = broken("vllm", Fault.GARBAGE_LINE).lines().toList();

        assertThat(lines.get((lines.size() - 1) / 2)).isEqualTo("Traceback (most recent call last):");
        assertThat(lines).hasSize((int) right("vllm").lines().count() + 1);
    }

    @Test
    void duplicatedSeriesStandTwiceAndCommentsOnce() {
        String body = broken("sglang", Fault.DUPLICATED_SERIES);
        List<String> samples =
                body.lines().filter(line -> !line.startsWith("#")).toList();

        assertThat(samples).hasSize(2 * Set.copyOf(samples).size());
        assertThat(body.lines().filter(line -> line.startsWith("#"))).doesNotHaveDuplicates();
    }

    @Test
    void onlyGaugesAreNaN() {
        Body body = Body.of(broken("vllm", Fault.NAN_VALUES));

        assertThat(body.sum("vllm:num_requests_running")).isNaN();
        assertThat(body.sum("vllm:request_success_total")).isPositive();
        assertThat(body.sum("vllm:e2e_request_latency_seconds_count")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void countersGoBackByHalfAndBucketsStillAddUp(String engine) {
        Body right = Body.of(right(engine));
        Body body = Body.of(broken(engine, Fault.COUNTER_GOES_BACK));
        String latency = engine.equals("tgi") ? "tgi_request_duration" : engine + ":e2e_request_latency_seconds";

        assertThat(body.sum(latency + "_count")).isEqualTo(Math.floor(right.sum(latency + "_count") / 2));
        assertThat(body.sum(latency + "_bucket", "le", "[+]Inf")).isEqualTo(body.sum(latency + "_count"));
        assertThat(body.sum("process_start_time_seconds")).isEqualTo(right.sum("process_start_time_seconds"));
        assertThat(body.series().keySet()).isEqualTo(right.series().keySet());
    }

    @Test
    void aCounterThatWentBackGrowsAgain() {
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).busy().breakWith(Fault.COUNTER_GOES_BACK);
        double before = Body.of(engine.metricsText()).sum("vllm:generation_tokens_total");
        clock.advance(Duration.ofSeconds(10));

        assertThat(Body.of(engine.metricsText()).sum("vllm:generation_tokens_total"))
                .isGreaterThan(before);
    }

    @Test
    void countersWithoutTypesAreKnownByTheirNames() {
        assertThat(broken("origin-vllm", Fault.COUNTER_GOES_BACK))
                .contains("vllm:request_success_total 75\n", "vllm:num_requests_running 3\n");
    }

    @Test
    void withoutStatisticsVllmHasItsProcessAndItsHttpServerOnly() {
        assertThat(broken("vllm", Fault.NO_ENGINE_FAMILIES))
                .doesNotContain("vllm:")
                .contains("process_start_time_seconds", "http_requests_total");
        assertThat(broken("tgi", Fault.NO_ENGINE_FAMILIES)).isEmpty();
    }

    @Test
    void namesAreEscapedInSamplesAndNotInComments() {
        assertThat(broken("sglang", Fault.ESCAPED_NAMES))
                .contains("# TYPE sglang:num_running_reqs gauge\nsglang_num_running_reqs{")
                .contains("model_name=\"simulated-8b\"");
    }

    @Test
    void faultsOfTheWholeAnswerShowInTheText() {
        assertThat(broken("vllm", Fault.LOGIN_PAGE)).startsWith("<!DOCTYPE html>");
        assertThat(broken("vllm", Fault.JSON_LIST)).startsWith("[{");
        assertThat(broken("vllm", Fault.EMPTY_BODY)).isEmpty();
        assertThat(broken("vllm", Fault.SERVER_ERROR)).isEqualTo("Internal Server Error");
        assertThat(broken("vllm", Fault.NOT_FOUND)).isEqualTo("{\"detail\":\"Not Found\"}");
        assertThat(broken("vllm", Fault.TRUNCATED_BODY)).as("as meant").isEqualTo(right("vllm"));
    }
}
