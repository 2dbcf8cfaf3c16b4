package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveControlTest {
    private final ManualClock clock = new ManualClock();

    private Body after(SimulatedEngine engine, Duration time) {
        clock.advance(time);
        return Body.of(engine.metricsText());
    }

    @Test
    void anEngineThatBecomesIdleAnswersWhatItHasAndThenNothing() {
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).busy();
        assertThat(Body.of(engine.metricsText()).sum("vllm:num_requests_running"))
                .isPositive();
        engine.idle();
        Body quiet = after(engine, Duration.ofMinutes(5));
        Body later = after(engine, Duration.ofMinutes(5));

        assertThat(quiet.sum("vllm:num_requests_running")).isZero();
        assertThat(later.sum("vllm:request_success_total"))
                .isPositive()
                .isEqualTo(quiet.sum("vllm:request_success_total"));
    }

    @Test
    void anIdleEngineThatBecomesBusyHasAsManyRequestsAsWasAsked() {
        SimulatedEngine engine = SimulatedEngine.tgi().clock(clock).idle();
        assertThat(Body.of(engine.metricsText()).sum("tgi_request_count")).isZero();
        engine.requestsPerSecond(3);

        assertThat(after(engine, Duration.ofMinutes(15)).sum("tgi_request_count"))
                .isBetween(2_500.0, 2_900.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "tgi"})
    void theSameCallsAtTheSameTimesGiveTheSameBytes(String name) {
        SimulatedEngine one = SimulatedEngine.of(name).clock(clock).seed(7);
        SimulatedEngine other = SimulatedEngine.of(name).clock(clock).seed(7);
        for (Runnable call : List.<Runnable>of(
                () -> List.of(one, other).forEach(SimulatedEngine::idle),
                () -> List.of(one, other).forEach(SimulatedEngine::busy),
                () -> List.of(one, other).forEach(SimulatedEngine::restart),
                () -> List.of(one, other).forEach(engine -> engine.breakWith(Fault.COUNTER_GOES_BACK)),
                () -> List.of(one, other).forEach(engine -> engine.requestsPerSecond(20)))) {
            call.run();
            clock.advance(Duration.ofSeconds(17));
            assertThat(one.metricsText()).isEqualTo(other.metricsText());
        }
    }

    @Test
    void aRestartBeginsAtZeroWithANewStartTimeAndNewCreationTimes() {
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).busy();
        Body before = Body.of(engine.metricsText());
        clock.advance(Duration.ofSeconds(30));
        engine.restart();
        Body fresh = Body.of(engine.metricsText());

        assertThat(before.sum("vllm:request_success_total")).isPositive();
        assertThat(fresh.sum("vllm:request_success_total")).isZero();
        assertThat(fresh.sum("vllm:e2e_request_latency_seconds_count")).isZero();
        assertThat(fresh.sum("process_start_time_seconds"))
                .isEqualTo(clock.instant().getEpochSecond());
        assertThat(fresh.sum("vllm:prompt_tokens_created")).isGreaterThan(before.sum("vllm:prompt_tokens_created"));
        assertThat(after(engine, Duration.ofMinutes(1)).sum("vllm:request_success_total"))
                .as("the traffic goes on")
                .isPositive();
    }

    @Test
    void whatAppearsAfterFirstUseVanishesWithARestart() {
        SimulatedEngine engine = SimulatedEngine.tgi().clock(clock).busy();
        assertThat(Body.of(engine.metricsText()).has("tgi_request_duration_count"))
                .isTrue();
        engine.restart();

        assertThat(Body.of(engine.metricsText()).has("tgi_request_duration_count"))
                .isFalse();
    }

    @Test
    void aVersionBetweenTwoKnownOnesSpeaksTheOlderOnesNames() {
        SimulatedEngine engine = SimulatedEngine.of("vllm", "99.9").clock(clock);
        assertThat(Body.of(engine.metricsText()).has("vllm:num_requests_running"))
                .isTrue();
        assertThat(engine.upgradeTo("100").metricsText()).contains("vllm:num_requests_running");
    }

    @Test
    void anUpgradeIsARestart() {
        SimulatedEngine engine = SimulatedEngine.sglang().clock(clock).busy();
        double before = Body.of(engine.metricsText()).sum("sglang:prompt_tokens_total");
        engine.upgradeTo("0.6");

        assertThat(Body.of(engine.metricsText()).sum("sglang:prompt_tokens_total"))
                .isLessThan(before);
    }

    @Test
    void whatCannotBeSimulatedIsSaidAndChangesNothing() {
        SimulatedEngine engine = SimulatedEngine.vllm().clock(clock).busy();
        String before = engine.metricsText();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.upgradeTo("0.0.1"))
                .withMessageContaining("older than");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedEngine.of("ollama"))
                .withMessageContaining("known are")
                .withMessageContaining("sglang");
        assertThatIllegalArgumentException().isThrownBy(() -> engine.slow(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.drip(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> engine.keepBodies(-1));
        assertThat(engine.metricsText()).isEqualTo(before);
    }

    @Test
    void severalThreadsMayReadAndControlAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (SimulatedEngine engine = SimulatedEngine.vllm()
                .clock(clock)
                .uptime(Duration.ofSeconds(20))
                .start()) {
            Future<?> restarts = threads.submit(() -> times(20, engine::restart));
            Future<?> traffic =
                    threads.submit(() -> times(20, () -> engine.idle().busy().submit(SimulatedRequest.of(10, 10))));
            Future<?> conduct = threads.submit(() -> times(
                    20,
                    () -> engine.breakWith(Fault.CONNECTION_REFUSED)
                            .slow(Duration.ofMillis(1))
                            .resume()));
            times(
                    100,
                    () -> assertThat(Body.of(engine.metricsText()).has("vllm:num_requests_running"))
                            .isTrue());
            for (Future<?> control : List.of(restarts, traffic, conduct)) {
                control.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void times(int count, Runnable call) {
        for (int i = 0; i < count; i++) {
            call.run();
        }
    }
}
