package io.inferencemetrics.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The checks that every engine's module passes: extend it, name the engine, and put what real bodies are known to say into
 * {@code src/test/resources/expected}.
 */
public abstract class EngineContract extends BodyContract {
    /** For subclasses. */
    protected EngineContract() {}

    /** The id of the engine, as applications ask for it. */
    protected abstract String engine();

    /** Simulated versions and set-ups of the engine; none where nothing simulates it. */
    protected Stream<SimulatedEngine> simulated() {
        return Stream.empty();
    }

    @Override
    protected final CollectorBuilder collectors() {
        return Collectors.forEngine(engine());
    }

    @Test
    void theModuleIsFoundAndItsCatalogueCanBeRead() {
        EngineProvider provider = provider();
        assertEquals(engine(), provider.catalog().engine());
        assertFalse(provider.catalog().rows().isEmpty());
        assertTrue(provider.catalog().port().isPresent(), "the catalogue names the usual port");
    }

    @Test
    void theQueueAndTheTokensCanBeAsked() {
        List<NumericMetric> least = List.of(
                LlmMetrics.REQUESTS_RUNNING,
                LlmMetrics.REQUESTS_WAITING,
                LlmMetrics.PROMPT_TOKENS,
                LlmMetrics.GENERATED_TOKENS);
        assertTrue(least.stream()
                .allMatch(metric -> provider().catalog().metric(metric.name()).isPresent()));
    }

    @Test
    void anotherEnginesBodyIsRefused() {
        String body = engine().equals("trtllm") ? "tgi_queue_size 1\n" : "trtllm_num_requests_running 1\n";
        CollectException refused = assertThrows(CollectException.class, () -> read(body));
        assertEquals(FailureKind.WRONG_ENGINE, refused.kind());
    }

    @Test
    void aViewCanBeMadeOfAnything() {
        provider().view(read("")).ifPresent(view -> assertNotNull(view.toString()));
    }

    /** Every simulated version and set-up has only what the catalogue knows, and all of it can be read. */
    @TestFactory
    Stream<DynamicTest> aSimulatedBodyDecodesWithNothingLeftOver() {
        List<SimulatedEngine> engines = simulated().toList();
        return IntStream.range(0, engines.size())
                .mapToObj(i -> DynamicTest.dynamicTest("simulated " + i, () -> decode(engines.get(i))));
    }

    private void decode(SimulatedEngine engine) {
        MetricsSnapshot snapshot = read(engine.metricsText());
        Coverage coverage = snapshot.coverage();
        assertEquals(List.of(), coverage.unmapped(), "unmapped");
        assertEquals(List.of(), coverage.firstSkipped(), "skipped lines");
        assertEquals(0, coverage.duplicateSeries(), "duplicate series");
        assertFalse(coverage.found().isEmpty(), "families were found");
        assertInstanceOf(Reading.Value.class, snapshot.reading(LlmMetrics.REQUESTS_RUNNING));
        assertInstanceOf(Reading.Value.class, snapshot.reading(LlmMetrics.GENERATED_TOKENS));
    }

    private EngineProvider provider() {
        return Collectors.engines().stream()
                .filter(provider -> provider.id().equals(engine()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("ServiceLoader finds no provider of " + engine()));
    }
}
