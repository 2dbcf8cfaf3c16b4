package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Detection;
import io.inferencemetrics.doctor.Cause;
import io.inferencemetrics.doctor.Diagnosis;
import io.inferencemetrics.doctor.Severity;
import io.inferencemetrics.identity.Health;
import io.inferencemetrics.identity.Model;
import io.inferencemetrics.identity.ServerIdentity;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.VersionRange;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What must hold of a real server, whatever the values: read at rest, under load, and at rest again.
 *
 * <p>Servers started with {@code --data-parallel-size 2} or {@code --dp-size 2} are tested with {@code -Dlive.ranks=2}.
 */
@Tag("live")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveContract {
    /** What the recipes give each rank. */
    static final int SLOTS_PER_RANK = 8;

    private static final int REQUESTS = 200;

    private final String engine;
    private final int ranks = Integer.getInteger("live.ranks", 1);
    private final int slots = SLOTS_PER_RANK * ranks;
    private LiveServer server;
    private Detection detection;
    private Session patient;
    private Session impatient;

    LiveContract(String engine) {
        this.engine = engine;
    }

    /** What a server that has answered requests says in every version that the recipes install. */
    abstract List<Metric<?>> promised();

    @BeforeAll
    void putTheServerUnderLoad() throws InterruptedException {
        server = LiveServer.of(engine);
        detection = server.detect();
        patient = Session.of(server, slots + 4, 0, REQUESTS);
        impatient = Session.of(server, slots + 4, 0.5, REQUESTS);
    }

    @AfterAll
    void letGo() {
        if (server != null) {
            server.close();
        }
    }

    Session patient() {
        return patient;
    }

    Session impatient() {
        return impatient;
    }

    int ranks() {
        return ranks;
    }

    int slots() {
        return slots;
    }

    private Stream<MetricsSnapshot> snapshots() {
        return Stream.of(patient, impatient).flatMap(session -> session.snapshots().stream());
    }

    @Test
    void allClientsGotWhatTheyAskedFor() {
        assertThat(patient.failures()).isEmpty();
        assertThat(impatient.failures()).isEmpty();
        assertThat(patient.clients().finished()).isGreaterThanOrEqualTo(REQUESTS);
        assertThat(impatient.clients().hungUp()).isPositive();
    }

    @Test
    void theEngineIsFound() {
        assertThat(detection.engine()).contains(engine);
    }

    @Test
    void theVersionsThatTheNamesAllowHoldTheInstalledOne() throws IOException {
        EngineVersion installed = EngineVersion.of(installedVersion());
        VersionRange exactly = new VersionRange(Optional.of(installed), Optional.of(installed));
        assertThat(Stream.concat(
                        Stream.of(detection.version()),
                        snapshots().map(snapshot -> snapshot.coverage().inferredVersion())))
                .allSatisfy(range -> assertThat(range.contains(exactly))
                        .as("%s holds %s", range, installed)
                        .isTrue());
    }

    @Test
    void theServerSaysWhoItIs() throws IOException {
        ServerIdentity id = server.identity();
        assertThat(id.version().optional()).hasValue(EngineVersion.of(exactVersion()));
        assertThat(id.models().optional().orElseThrow()).extracting(Model::id).containsExactly("tiny");
        assertThat(id.maxLength().optional()).hasValue(2048L);
        assertThat(id.health().optional()).hasValue(Health.READY);
    }

    /** What the server calls its version. */
    String exactVersion() throws IOException {
        return installedVersion();
    }

    private String installedVersion() throws IOException {
        Properties versions = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("versions"))) {
            versions.load(reader);
        }
        return versions.getProperty(engine);
    }

    /** But that the machine may be slow, which is not the engine's fault. */
    @Test
    void theDoctorFindsNothingWrong() {
        Diagnosis diagnosis = server.examined();
        assertThat(diagnosis.engine()).contains(engine);
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.severity().compareTo(Severity.NOTICE) > 0)
                .allSatisfy(finding ->
                        assertThat(finding.cause()).as(finding.sentence()).isEqualTo(Cause.SLOW));
    }

    @Test
    void everyFamilyOfTheEngineIsInItsCatalogue() {
        assertThat(snapshots().map(MetricsSnapshot::coverage)).allSatisfy(coverage -> {
            assertThat(coverage.unmapped()).isEmpty();
            assertThat(coverage.firstSkipped()).isEmpty();
            assertThat(coverage.duplicateSeries()).isZero();
        });
    }

    @Test
    void nothingCouldNotBeUsed() {
        List<String> known = List.of("sglang:fwd_occupancy"); // NaN where no device is timed
        assertThat(snapshots()
                        .flatMap(snapshot -> snapshot.metrics().stream()
                                .filter(metric -> !known.contains(metric.name()))
                                .map(snapshot::reading)
                                .filter(Reading.Failed.class::isInstance)))
                .isEmpty();
    }

    @Test
    void whatTheRecipePromisesIsThere() {
        MetricsSnapshot after = patient.after();
        assertThat(promised())
                .allSatisfy(metric ->
                        assertThat(after.reading(metric)).as(metric.name()).isInstanceOf(Reading.Value.class));
    }

    @Test
    void whatRunsAndWaitsIsNeverMoreThanTheClientsHaveInFlight() {
        assertThat(patient.busy()).allSatisfy(sample -> {
            assertThat(sample.snapshot().value(LlmMetrics.REQUESTS_RUNNING)).isBetween(0.0, (double) slots);
            assertThat(LiveServer.inFlight(sample.snapshot())).isBetween(0.0, (double) sample.peakInFlight());
        });
    }

    @Test
    void tokensAreCountedAsTheClientsReceivedThem() {
        assertThat(patient.rise(LlmMetrics.PROMPT_TOKENS))
                .isEqualTo(patient.clients().promptTokens());
        assertThat(patient.rise(LlmMetrics.GENERATED_TOKENS))
                .isEqualTo(patient.clients().generatedTokens());
    }

    @Test
    void promptTokensAreEitherCachedOrComputed() {
        assertThat(patient.rise(LlmMetrics.CACHED_TOKENS)).isPositive();
        assertThat(patient.rise(LlmMetrics.CACHED_TOKENS) + patient.rise(LlmMetrics.COMPUTED_PROMPT_TOKENS))
                .isEqualTo(patient.rise(LlmMetrics.PROMPT_TOKENS));
    }

    @Test
    void countersNeverFall() {
        List<MetricsSnapshot> all = snapshots().toList();
        for (Metric<?> metric : LlmMetrics.all()) {
            if (metric instanceof CounterMetric counter) {
                assertThat(all.stream().map(s -> s.reading(counter).optional()).flatMap(Optional::stream))
                        .as(metric.name())
                        .isSorted();
            }
        }
    }
}
