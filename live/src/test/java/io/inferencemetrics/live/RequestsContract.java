package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What must hold of a real server that counts and times its requests, beside what must hold of all. */
abstract class RequestsContract extends LiveContract {
    private static final List<Metric<?>> PROMISED_BY_ALL = List.of(
            LlmMetrics.REQUESTS_RUNNING,
            LlmMetrics.REQUESTS_WAITING,
            LlmMetrics.REQUESTS_RECEIVED,
            LlmMetrics.REQUESTS_SUCCESS,
            LlmMetrics.PROMPT_TOKENS,
            LlmMetrics.GENERATED_TOKENS,
            LlmMetrics.CACHED_TOKENS,
            LlmMetrics.COMPUTED_PROMPT_TOKENS,
            LlmMetrics.INTER_TOKEN_LATENCY,
            LlmMetrics.KV_USAGE,
            LlmMetrics.KV_USAGE_MAX,
            LlmMetrics.KV_CAPACITY,
            LlmMetrics.KV_USED,
            LlmMetrics.KV_BLOCK_SIZE,
            LlmMetrics.KV_MEMORY,
            LlmMetrics.PREFIX_CACHE_QUERIES,
            LlmMetrics.PREFIX_CACHE_HITS,
            LlmMetrics.PREFIX_CACHE_HIT_RATIO,
            LlmMetrics.BATCH_SIZE,
            LlmMetrics.MODEL_NAME);

    private static final List<HistogramMetric> ONCE_PER_REQUEST_IN_ALL = List.of(
            LlmMetrics.PROMPT_TOKENS_PER_REQUEST,
            LlmMetrics.GENERATED_TOKENS_PER_REQUEST,
            LlmMetrics.TIME_TO_FIRST_TOKEN,
            LlmMetrics.END_TO_END_LATENCY,
            LlmMetrics.QUEUE_TIME,
            LlmMetrics.PREFILL_TIME);

    RequestsContract(String engine) {
        super(engine);
    }

    /** What this engine says beside what all of them do. */
    abstract List<Metric<?>> alsoPromised();

    /** This engine's histograms with one observation for each request, beside those of all. */
    List<HistogramMetric> alsoOncePerRequest() {
        return List.of();
    }

    @Override
    final List<Metric<?>> promised() {
        return Stream.of(PROMISED_BY_ALL, oncePerRequest(), alsoPromised())
                .<Metric<?>>flatMap(List::stream)
                .toList();
    }

    /** Histograms with one observation for each request that was answered to its end. */
    private List<HistogramMetric> oncePerRequest() {
        return Stream.of(ONCE_PER_REQUEST_IN_ALL, alsoOncePerRequest())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void moreClientsThanSlotsMakeAQueue() {
        assertThat(patient().prompt().stream().mapToDouble(sample -> LiveServer.inFlight(sample.snapshot())))
                .anyMatch(inFlight -> inFlight > slots());
    }

    @Test
    void requestsAreCountedAsTheClientsCountThem() {
        assertThat(patient().rise(LlmMetrics.REQUESTS_SUCCESS))
                .isEqualTo(patient().clients().finished());
        assertThat(patient().rise(LlmMetrics.REQUESTS_RECEIVED))
                .isEqualTo(patient().clients().started());
    }

    @Test
    void histogramsHaveOneObservationForEachRequest() {
        assertThat(oncePerRequest())
                .allSatisfy(metric -> assertThat(patient().observations(metric))
                        .as(metric.name())
                        .isEqualTo(patient().clients().finished()));
    }

    /** What a server measures of a request is part of what its client waits, so that no quantile of the clients is less. */
    @Test
    void clientsWaitLongerThanTheLowerEndOfEachBracket() {
        Window window = patient().window();
        for (double q : new double[] {0.5, 0.9, 0.99}) {
            Quantile firstToken = window.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, q);
            assertThat(firstToken.count()).isEqualTo(patient().clients().finished());
            assertThat(patient().firstTokens().quantile(q)).isGreaterThan(firstToken.low());
            Quantile whole = window.quantile(LlmMetrics.END_TO_END_LATENCY, q);
            assertThat(patient().wholes().quantile(q)).isGreaterThan(whole.low());
        }
        assertThat(window.mean(LlmMetrics.END_TO_END_LATENCY).optional().orElseThrow())
                .isLessThanOrEqualTo(patient().wholes().mean());
        assertThat(window.resets()).isEmpty();
    }

    @Test
    void windowsCountAsTheClientsDo() {
        Window window = patient().window();
        assertThat(window.increase(LlmMetrics.REQUESTS_SUCCESS).optional())
                .hasValue((double) patient().clients().finished());
        assertThat(window.increase(LlmMetrics.GENERATED_TOKENS).optional())
                .hasValue((double) patient().clients().generatedTokens());
    }

    @Test
    void lengthsAddUpToTheTokens() {
        assertThat(patient().sum(LlmMetrics.PROMPT_TOKENS_PER_REQUEST))
                .isEqualTo(patient().clients().promptTokens());
        assertThat(patient().sum(LlmMetrics.GENERATED_TOKENS_PER_REQUEST))
                .isEqualTo(patient().clients().generatedTokens());
    }

    @Test
    void everyTokenIsTheFirstOrComesAfterAnother() {
        assertThat(patient().observations(LlmMetrics.TIME_TO_FIRST_TOKEN)
                        + patient().observations(LlmMetrics.INTER_TOKEN_LATENCY))
                .isEqualTo(patient().clients().generatedTokens());
    }

    @Test
    void theCacheIsInUseUnderLoad() {
        assertThat(patient().after().value(LlmMetrics.PREFIX_CACHE_HIT_RATIO)).isBetween(0.0, 1.0);
        assertThat(patient().busy().stream().mapToDouble(s -> s.snapshot().value(LlmMetrics.KV_USAGE)))
                .allMatch(usage -> usage >= 0 && usage <= 1);
        assertThat(patient().prompt().stream().mapToDouble(s -> s.snapshot().value(LlmMetrics.KV_USAGE)))
                .anyMatch(usage -> usage > 0);
    }

    @Test
    void whoHangsUpIsAmongTheFinishedOrIsLost() {
        Load.Counts clients = impatient().clients();
        assertThat(impatient().rise(LlmMetrics.REQUESTS_SUCCESS))
                .isBetween((double) clients.finished(), (double) clients.started());
        assertThat(impatient().rise(LlmMetrics.GENERATED_TOKENS)).isGreaterThanOrEqualTo(clients.generatedTokens());
        assertThat(impatient().observations(LlmMetrics.TIME_TO_FIRST_TOKEN))
                .isBetween(clients.finished(), clients.started());
    }

    @Test
    void everyRankWorksAndTheRanksAddUp() {
        assumeTrue(ranks() > 1, "one rank; start the server with more and say so with -Dlive.ranks=");
        List<String> all = IntStream.range(0, ranks()).mapToObj(String::valueOf).toList();
        assertThat(patient().snapshots()).allSatisfy(snapshot -> {
            assertThat(snapshot.values(Dimension.RANK)).containsExactlyElementsOf(all);
            assertThat(sumOverRanks(snapshot, LlmMetrics.REQUESTS_RUNNING, all))
                    .isEqualTo(snapshot.value(LlmMetrics.REQUESTS_RUNNING));
        });
        assertThat(all)
                .allSatisfy(rank -> assertThat(patient().busy())
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
