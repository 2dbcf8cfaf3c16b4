package io.inferencemetrics.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The checks that every engine's module passes: extend it, name the engine, and put what real bodies are known to say into
 * {@code src/test/resources/expected}.
 */
public abstract class EngineContract {
    private static final Path EXPECTED = Path.of("src/test/resources/expected");
    private static final Path WINDOWS = Path.of("src/test/resources/windows");

    /** For subclasses. */
    protected EngineContract() {}

    /** The id of the engine, as applications ask for it. */
    protected abstract String engine();

    /** Simulated versions and set-ups of the engine; none where nothing simulates it. */
    protected Stream<SimulatedEngine> simulated() {
        return Stream.empty();
    }

    /** A snapshot of a body, read as this engine. */
    protected final MetricsSnapshot read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4");
    }

    /** A snapshot of a body, read as this engine, with all its samples. */
    protected final MetricsSnapshot read(byte[] body, String contentType) {
        return Collectors.forEngine(engine())
                .transport(new BodyTransport(body, contentType))
                .keepRawSamples()
                .collect("http://contract:1");
    }

    @Test
    void theModuleIsFoundAndItsCatalogueCanBeRead() {
        EngineProvider provider = provider();
        assertEquals(engine(), provider.catalog().engine());
        assertFalse(provider.catalog().rows().isEmpty());
        assertTrue(provider.catalog().port().isPresent(), "the catalogue names the usual port");
    }

    @Test
    void everyMetricOfTheVocabularyHasAnAnswer() {
        MetricsSnapshot snapshot = read("");
        for (Metric<?> metric : snapshot.metrics()) {
            Reading.Absent<?> absent = assertInstanceOf(Reading.Absent.class, snapshot.reading(metric));
            assertEquals(Absence.STATISTICS_OFF, absent.reason(), metric.name());
        }
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

    /** Each real body decodes to what is known of it; skipped, one by one, where the bodies are not at hand. */
    @TestFactory
    Stream<DynamicTest> realBodiesSayWhatIsKnownOfThem() throws IOException {
        if (!Files.isDirectory(EXPECTED)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(EXPECTED)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
        }
    }

    private void compare(Path expected) throws IOException {
        String name = expected.getFileName().toString().replace(".expected", "");
        Optional<Path> body = Captures.body(name);
        assumeTrue(body.isPresent(), () -> "the body " + name + " is not at hand");
        byte[] bytes = Files.readAllBytes(body.orElseThrow());
        boolean openMetrics = ExpositionFormat.ofBody(bytes, 0, bytes.length) == ExpositionFormat.OPENMETRICS;
        MetricsSnapshot snapshot = read(bytes, openMetrics ? "application/openmetrics-text" : "text/plain");
        List<String> differences = ExpectedValues.read(expected).differences(snapshot);
        assertTrue(differences.isEmpty(), () -> name + ":\n" + String.join("\n", differences));
        for (Metric<?> metric : snapshot.metrics()) {
            compareAsked(
                    metric,
                    snapshot,
                    new BodyTransport(bytes, snapshot.info().contentType().orElseThrow()));
        }
    }

    /** What happened between two real bodies is what was worked out by hand; skipped where they are not at hand. */
    @TestFactory
    Stream<DynamicTest> realWindowsSayWhatIsWorkedOutOfThem() throws IOException {
        if (!Files.isDirectory(WINDOWS)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(WINDOWS)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compareWindow(file)));
        }
    }

    private void compareWindow(Path file) throws IOException {
        ExpectedWindow expected = ExpectedWindow.read(file);
        Optional<Path> earlier = Captures.body(expected.earlier());
        Optional<Path> later = Captures.body(expected.later());
        assumeTrue(earlier.isPresent() && later.isPresent(), () -> "the bodies of " + file + " are not at hand");
        Window window = expected.window(saved(earlier.orElseThrow()), saved(later.orElseThrow()));
        List<String> differences = expected.differences(window);
        assertTrue(differences.isEmpty(), () -> file.getFileName() + ":\n" + String.join("\n", differences));
    }

    private MetricsSnapshot saved(Path body) throws IOException {
        return read(Files.readAllBytes(body), "text/plain");
    }

    /** Who asks for one metric only, so that only its families are read, gets the same, also when read again. */
    private void compareAsked(Metric<?> metric, MetricsSnapshot all, BodyTransport transport) {
        try (Collector collector =
                Collectors.forEngine(engine()).transport(transport).only(metric).at("http://contract:1")) {
            collector.collect();
            MetricsSnapshot again = collector.collect();
            assertEquals(all.series(metric).toString(), again.series(metric).toString(), metric.name());
            assertEquals(all.reading(metric).getClass(), again.reading(metric).getClass(), metric.name());
        }
    }

    private EngineProvider provider() {
        return Collectors.engines().stream()
                .filter(provider -> provider.id().equals(engine()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("ServiceLoader finds no provider of " + engine()));
    }
}
