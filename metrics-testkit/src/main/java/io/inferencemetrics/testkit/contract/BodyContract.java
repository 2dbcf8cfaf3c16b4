package io.inferencemetrics.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every catalogue passes, be it of an engine or of a machine: real bodies say what is known of them. */
abstract class BodyContract {
    private static final Path EXPECTED = Path.of("src/test/resources/expected");
    private static final Path WINDOWS = Path.of("src/test/resources/windows");

    /** The bodies whose file names begin so are this catalogue's, where a module has several. */
    protected String bodies() {
        return "";
    }

    /** What reads the bodies. */
    protected abstract CollectorBuilder collectors();

    /** A snapshot of a body. */
    protected final MetricsSnapshot read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4");
    }

    /** A snapshot of a body, with all its samples. */
    protected final MetricsSnapshot read(byte[] body, String contentType) {
        return collectors()
                .transport(new BodyTransport(body, contentType))
                .keepRawSamples()
                .collect("http://contract:1");
    }

    @Test
    void everyMetricOfTheVocabularyHasAnAnswer() {
        MetricsSnapshot snapshot = read("");
        for (Metric<?> metric : snapshot.metrics()) {
            Reading.Absent<?> absent = assertInstanceOf(Reading.Absent.class, snapshot.reading(metric));
            assertEquals(Absence.STATISTICS_OFF, absent.reason(), metric.name());
        }
    }

    /** Each real body decodes to what is known of it; skipped, one by one, where the bodies are not at hand. */
    @TestFactory
    Stream<DynamicTest> realBodiesSayWhatIsKnownOfThem() throws IOException {
        if (!Files.isDirectory(EXPECTED)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(EXPECTED)) {
            return files.filter(file -> file.getFileName().toString().startsWith(bodies())).sorted().toList().stream()
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
            return files.filter(file -> file.getFileName().toString().startsWith(bodies())).sorted().toList().stream()
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
                collectors().transport(transport).only(metric).at("http://contract:1")) {
            collector.collect();
            MetricsSnapshot again = collector.collect();
            assertEquals(all.series(metric).toString(), again.series(metric).toString(), metric.name());
            assertEquals(all.reading(metric).getClass(), again.reading(metric).getClass(), metric.name());
        }
    }
}
