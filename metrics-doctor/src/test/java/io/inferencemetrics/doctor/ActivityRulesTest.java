package io.inferencemetrics.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.testkit.SimulatedEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ActivityRulesTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));

    /** What is found at a simulated engine whose clock goes on while the doctor waits. */
    private Diagnosis of(SimulatedEngine engine) {
        try (SimulatedEngine running = engine.clock(now::get)) {
            return new Doctor()
                    .interval(Duration.ofSeconds(20))
                    .transport(ScriptedTransport.of(running::metricsText))
                    .with((target, timeout) -> Optional.empty(), time -> now.updateAndGet(t -> t.plus(time)))
                    .examine("http://engine:8000");
        }
    }

    /** What is found where two reads say this. */
    private static Diagnosis of(String first, String second) {
        Queue<String> bodies = new ArrayDeque<>(List.of(first, second));
        return new Doctor()
                .transport(ScriptedTransport.of(bodies::remove))
                .with((target, timeout) -> Optional.empty(), time -> {})
                .examine("http://engine:8000");
    }

    private static String vllm(int running, int waiting, int generated) {
        return """
                vllm:num_requests_running{engine="0"} %d
                vllm:num_requests_waiting{engine="0"} %d
                vllm:generation_tokens_total{engine="0"} %d
                """.formatted(running, waiting, generated);
    }

    @Test
    void aBusyEngineIsWellAndItsCountersMove() {
        Diagnosis diagnosis = of(SimulatedEngine.vllm().busy());
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.HEALTHY);
        assertThat(diagnosis.severity()).isEqualTo(Severity.FINE);
        assertThat(diagnosis.sentence())
                .startsWith("vLLM (")
                .contains(" at http://engine:8000/metrics is well: ", " samples in 3 ms, and its counters move.");
        assertThat(diagnosis.asked()).containsExactly("/metrics", "/metrics");
    }

    @Test
    void anEngineWithoutARequestSinceItsStartWasNeverUsed() {
        assertThat(of(SimulatedEngine.vllm().idle()).finding().cause()).isEqualTo(Cause.NEVER_USED);
    }

    @Test
    void anEngineWhoseCountersWaitForTheirFirstEventWasNeverUsed() {
        assertThat(of("tgi_queue_size 0\ntgi_batch_current_size 0\n", "tgi_queue_size 0\ntgi_batch_current_size 0\n")
                        .findings())
                .extracting(Finding::cause)
                .contains(Cause.NEVER_USED);
    }

    @Test
    void anEngineThatHasOnlyWarmedUpIsIdle() {
        Diagnosis diagnosis = of(SimulatedEngine.sglang().idle());
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.IDLE);
        assertThat(diagnosis.severity()).isEqualTo(Severity.NOTICE);
        assertThat(diagnosis.sentence()).contains("SGLang", "no counter moved within 20.0 s");
    }

    @Test
    void anEngineThatSleepsIsAsleep() {
        String body = vllm(0, 0, 7) + """
                vllm:engine_sleep_state{engine="0",sleep_state="awake"} 0
                vllm:engine_sleep_state{engine="0",sleep_state="weights_offloaded"} 1
                vllm:engine_sleep_state{engine="0",sleep_state="discard_all"} 0
                """;
        Diagnosis diagnosis = of(body, body);
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.ASLEEP);
        assertThat(diagnosis.sentence()).contains("(weights_offloaded)", "POST /wake_up");
    }

    @Test
    void requestsThatWaitWhileNoneRunsAreStuck() {
        assertThat(of(vllm(0, 3, 7), vllm(0, 4, 7)).finding().cause()).isEqualTo(Cause.STUCK);
        assertThat(of(vllm(0, 3, 7), vllm(2, 0, 9)).findings())
                .extracting(Finding::cause)
                .doesNotContain(Cause.STUCK);
    }

    private static String kv(String body, double usage) {
        return body + "vllm:kv_cache_usage_perc{engine=\"0\"} " + usage + "\n";
    }

    @Test
    void aQueueAsLongAsWhatRunsIsSaturation() {
        Diagnosis diagnosis = of(vllm(8, 20, 7), vllm(8, 21, 9));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SATURATED);
        assertThat(diagnosis.severity()).isEqualTo(Severity.WARNING);
        assertThat(diagnosis.sentence()).contains("is saturated: 21 requests wait while 8 run: send it less");
    }

    @Test
    void requestsThatWaitForAFullKvCacheAreSaturation() {
        Diagnosis diagnosis = of(kv(vllm(40, 3, 7), 0.97), kv(vllm(40, 2, 9), 0.99));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.SATURATED);
        assertThat(diagnosis.sentence()).contains("2 requests wait while 40 run, and its KV cache is 99 % full");
    }

    @Test
    void aQueueThatIsShortOrGoesAwayAndAFullCacheWithoutAQueueAreNoSaturation() {
        List<Diagnosis> well = List.of(
                of(vllm(8, 7, 7), vllm(8, 7, 9)),
                of(vllm(8, 20, 7), vllm(8, 0, 9)),
                of(kv(vllm(40, 0, 7), 0.99), kv(vllm(40, 0, 9), 0.99)));
        assertThat(well)
                .allSatisfy(diagnosis -> assertThat(diagnosis.findings())
                        .extracting(Finding::cause)
                        .doesNotContain(Cause.SATURATED));
    }

    @Test
    void countersThatFallAreThoseOfAnotherServerOrOfANewProcess() {
        Diagnosis diagnosis = of(vllm(1, 0, 700), vllm(1, 0, 30));
        assertThat(diagnosis.finding().cause()).isEqualTo(Cause.COUNTERS_FELL);
        assertThat(diagnosis.finding().remedy()).contains("load balancer");
    }

    @Test
    void countersThatStandStillWhileRequestsRunAreTold() {
        assertThat(of(vllm(3, 0, 7), vllm(3, 0, 7)).findings())
                .extracting(Finding::cause)
                .contains(Cause.COUNTERS_STILL)
                .doesNotContain(Cause.IDLE, Cause.NEVER_USED, Cause.STUCK, Cause.HEALTHY);
    }

    @Test
    void aSecondReadThatFailsIsTold() {
        try (ScriptedServer server = ScriptedServer.serving(vllm(1, 0, 7)).at("/metrics", 503, "text/plain", "no")) {
            Diagnosis diagnosis = server.examine();
            assertThat(diagnosis.findings()).extracting(Finding::cause).contains(Cause.UNSTEADY);
            assertThat(diagnosis.findings())
                    .anyMatch(finding -> finding.sentence().contains("when it answered 503"));
            assertThat(server.pauses).containsExactly(Duration.ofSeconds(1));
        }
    }
}
