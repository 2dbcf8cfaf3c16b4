package examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.SimulatedEngineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests a decision against an engine that behaves as the real one does, without one. */
class TestWithASimulatedEngineTest {
    @RegisterExtension
    static final SimulatedEngineExtension busy =
            new SimulatedEngineExtension(SimulatedEngine.vllm().busy());

    @RegisterExtension
    static final SimulatedEngineExtension idle =
            new SimulatedEngineExtension(SimulatedEngine.vllm().idle());

    /** What is tested: a router that picks the server with the least to do. */
    private static String leastBusy(String... addresses) {
        String best = addresses[0];
        double least = Double.POSITIVE_INFINITY;
        for (String address : addresses) {
            try (Collector collector = Collectors.forEngine("vllm").at(address)) {
                MetricsSnapshot s = collector.collect();
                double inFlight = s.value(LlmMetrics.REQUESTS_RUNNING) + s.value(LlmMetrics.REQUESTS_WAITING);
                if (inFlight < least) {
                    least = inFlight;
                    best = address;
                }
            }
        }
        return best;
    }

    @Test
    void theRouterPicksTheIdleServer() {
        assertEquals(idle.url(), leastBusy(busy.url(), idle.url()));
    }

    @Test
    void aBusyServerHasGeneratedTokens() {
        MetricsSnapshot s = Collectors.forEngine("vllm").collect(busy.url());
        assertTrue(s.value(LlmMetrics.GENERATED_TOKENS) > 0);
    }
}
