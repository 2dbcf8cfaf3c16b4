package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Detection;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Dimension;
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
import java.util.stream.IntStream;
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
    private static final int SLOTS_PER_RANK = 8;

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

    /** Histograms with one observation for each request that was answered to its end. */
    abstract List<HistogramMetric> oncePerRequest();

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

    private String installedVersion() throws IOException {
        Properties versions = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("versions"))) {
            versions.load(reader);
        }
        return versions.getProperty(engine);
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
        assertThat(patient.during()).allSatisfy(sample -> {
            assertThat(sample.snapshot().value(LlmMetrics.REQUESTS_RUNNING)).isBetween(0.0, (double) slots);
            assertThat(LiveServer.inFlight(sample.snapshot())).isBetween(0.0, (double) sample.peakInFlight());
        });
    }

    @Test
    void moreClientsThanSlotsMakeAQueue() {
        assertThat(patient.during().stream().mapToDouble(sample -> LiveServer.inFlight(sample.snapshot())))
                .anyMatch(inFlight -> inFlight > slots);
    }

    @Test
    void requestsAreCountedAsTheClientsCountThem() {
        assertThat(patient.rise(LlmMetrics.REQUESTS_SUCCESS))
                .isEqualTo(patient.clients().finished());
        assertThat(patient.rise(LlmMetrics.REQUESTS_RECEIVED))
                .isEqualTo(patient.clients().started());
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
    void histogramsHaveOneObservationForEachRequest() {
        assertThat(oncePerRequest())
                .allSatisfy(metric -> assertThat(patient.observations(metric))
                        .as(metric.name())
                        .isEqualTo(patient.clients().finished()));
    }

    @Test
    void lengthsAddUpToTheTokens() {
        assertThat(patient.sum(LlmMetrics.PROMPT_TOKENS_PER_REQUEST))
                .isEqualTo(patient.clients().promptTokens());
        assertThat(patient.sum(LlmMetrics.GENERATED_TOKENS_PER_REQUEST))
                .isEqualTo(patient.clients().generatedTokens());
    }

    @Test
    void everyTokenIsTheFirstOrComesAfterAnother() {
        assertThat(patient.observations(LlmMetrics.TIME_TO_FIRST_TOKEN)
                        + patient.observations(LlmMetrics.INTER_TOKEN_LATENCY))
                .isEqualTo(patient.clients().generatedTokens());
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

    @Test
    void theCacheIsInUseUnderLoad() {
        assertThat(patient.during().stream().mapToDouble(s -> s.snapshot().value(LlmMetrics.KV_USAGE)))
                .allMatch(usage -> usage >= 0 && usage <= 1)
                .anyMatch(usage -> usage > 0);
        assertThat(patient.after().value(LlmMetrics.PREFIX_CACHE_HIT_RATIO)).isBetween(0.0, 1.0);
    }

    @Test
    void whoHangsUpIsAmongTheFinishedOrIsLost() {
        Load.Counts clients = impatient.clients();
        assertThat(impatient.rise(LlmMetrics.REQUESTS_SUCCESS))
                .isBetween((double) clients.finished(), (double) clients.started());
        assertThat(impatient.rise(LlmMetrics.GENERATED_TOKENS)).isGreaterThanOrEqualTo(clients.generatedTokens());
        assertThat(impatient.observations(LlmMetrics.TIME_TO_FIRST_TOKEN))
                .isBetween(clients.finished(), clients.started());
    }

    @Test
    void everyRankWorksAndTheRanksAddUp() {
        assumeTrue(ranks > 1, "one rank; start the server with more and say so with -Dlive.ranks=");
        List<String> all = IntStream.range(0, ranks).mapToObj(String::valueOf).toList();
        assertThat(patient.snapshots()).allSatisfy(snapshot -> {
            assertThat(snapshot.values(Dimension.RANK)).containsExactlyElementsOf(all);
            assertThat(sumOverRanks(snapshot, LlmMetrics.REQUESTS_RUNNING, all))
                    .isEqualTo(snapshot.value(LlmMetrics.REQUESTS_RUNNING));
        });
        assertThat(all)
                .allSatisfy(rank -> assertThat(patient.during())
                        .extracting(sample ->
                                sample.snapshot().where(Dimension.RANK, rank).value(LlmMetrics.REQUESTS_RUNNING))
                        .allMatch(running -> running <= SLOTS_PER_RANK)
                        .anyMatch(running -> running > 0));
    }

    private static double sumOverRanks(MetricsSnapshot snapshot, NumericMetric metric, List<String> ranks) {
        return ranks.stream()
                .mapToDouble(rank -> snapshot.where(Dimension.RANK, rank).value(metric))
                .sum();
    }
}
