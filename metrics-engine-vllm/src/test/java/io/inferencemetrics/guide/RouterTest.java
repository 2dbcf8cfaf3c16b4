package io.inferencemetrics.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.Fault;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RouterTest {
    @AutoClose
    final SimulatedEngine busy = SimulatedEngine.vllm().requestsPerSecond(20).start();

    @AutoClose
    final SimulatedEngine quiet = SimulatedEngine.vllm().idle().start();

    /** What is tested: of the servers that can be read, the one with the least to do. */
    static Optional<String> route(List<String> servers) {
        return servers.stream()
                .map(server -> Collectors.forEngine("vllm").tryCollect(server))
                .flatMap(result -> result.optional().stream())
                .min(Comparator.comparingDouble(RouterTest::load))
                .map(snapshot -> snapshot.info().target());
    }

    private static double load(MetricsSnapshot snapshot) {
        return snapshot.value(LlmMetrics.REQUESTS_RUNNING) + snapshot.value(LlmMetrics.REQUESTS_WAITING);
    }

    @Test
    void theQuietServerIsChosen() {
        assertThat(route(List.of(busy.url(), quiet.url()))).contains(quiet.url() + "/metrics");
    }

    @Test
    void aServerThatLoadsItsModelIsPassedOver() {
        quiet.breakWith(Fault.LOADING);

        assertThat(route(List.of(busy.url(), quiet.url()))).contains(busy.url() + "/metrics");
    }

    @Test
    void aServerThatComesBackIsUsedAgain() {
        quiet.breakWith(Fault.CONNECTION_REFUSED);
        assertThat(route(List.of(busy.url(), quiet.url()))).contains(busy.url() + "/metrics");
        quiet.restart();
        assertThat(route(List.of(busy.url(), quiet.url()))).contains(quiet.url() + "/metrics");
    }
}
