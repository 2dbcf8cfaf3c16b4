package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VllmEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "vllm";
    }

    private static Stream<SimulatedEngine> simulated() {
        return Stream.of(
                SimulatedEngine.vllm("0.6"),
                SimulatedEngine.vllm("0.8"),
                SimulatedEngine.vllm("0.11"),
                SimulatedEngine.vllm("0.11").multiProcess(),
                SimulatedEngine.vllm("0.16"),
                SimulatedEngine.vllm("0.32").hangUps(0.3),
                SimulatedEngine.vllm("0.32").dataParallel(2),
                SimulatedEngine.vllm("0.32").multiProcess(),
                SimulatedEngine.vllm("0.32").loras("a", "b"));
    }

    /** Every simulated version and set-up has only what the catalogue knows, and all of it can be read. */
    @ParameterizedTest
    @MethodSource("simulated")
    void aSimulatedBodyDecodesWithNothingLeftOver(SimulatedEngine simulated) {
        MetricsSnapshot snapshot = read(simulated.metricsText());

        assertThat(snapshot.coverage().unmapped()).isEmpty();
        assertThat(snapshot.coverage().skippedLines()).isZero();
        assertThat(snapshot.coverage().duplicateSeries()).isZero();
        assertThat(snapshot.coverage().found()).isNotEmpty();
        assertThat(snapshot.reading(LlmMetrics.REQUESTS_RUNNING)).isInstanceOf(Reading.Value.class);
        assertThat(snapshot.reading(LlmMetrics.GENERATED_TOKENS)).isInstanceOf(Reading.Value.class);
    }
}
