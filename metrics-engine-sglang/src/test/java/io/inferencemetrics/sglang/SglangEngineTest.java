package io.inferencemetrics.sglang;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.contract.EngineContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SglangEngineTest extends EngineContract {
    @Override
    protected String engine() {
        return "sglang";
    }

    private static Stream<SimulatedEngine> simulated() {
        return Stream.of(
                SimulatedEngine.sglang("0.3.5"),
                SimulatedEngine.sglang("0.4"),
                SimulatedEngine.sglang("0.5"),
                SimulatedEngine.sglang("0.5").dataParallel(2),
                SimulatedEngine.sglang("0.5").tensorParallel(2),
                SimulatedEngine.sglang("0.5").tensorParallel(2).allSchedulers(),
                SimulatedEngine.sglang("0.5").attentionParallel(2),
                SimulatedEngine.sglang("0.5").rustFrontEnd());
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
