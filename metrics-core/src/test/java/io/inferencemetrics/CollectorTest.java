package io.inferencemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.internal.transport.StandardTransport;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.spi.ViewSource;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectorTest {
    private static final Catalog CATALOG = Catalog.parse(
            "test",
            "engine e\nport 7\nprefixes e:\nrequests.running | e:running | gauge\nrequests.waiting | e:waiting | gauge\n",
            List.of());

    /** A provider of the test's own. */
    private record Provider(String id, int priority) implements EngineProvider {
        @Override
        public Catalog catalog() {
            return CATALOG;
        }
    }

    /** Serves a body without a network, or leaves the fetch open. */
    private static final class FixedBody implements Transport {
        private final Optional<String> body;
        private final CompletableFuture<FetchSummary> open = new CompletableFuture<>();
        private Optional<FetchRequest> asked = Optional.empty();

        FixedBody(Optional<String> body) {
            this.body = body;
        }

        @Override
        public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
            asked = Optional.of(request);
            if (body.isEmpty()) {
                return open;
            }
            sink.begin(new ResponseHead(Optional.of("text/plain")));
            sink.chunk(ByteBuffer.wrap(body.get().getBytes(StandardCharsets.UTF_8)));
            return CompletableFuture.completedFuture(
                    new FetchSummary(Instant.EPOCH, 9, 1, 2, 3, body.get().length(), Optional.of("text/plain")));
        }
    }

    private static CollectorBuilder builder(Transport transport) {
        InstalledEngines installed = InstalledEngines.of(List.of(new Provider("e", 0)));
        return CollectorBuilder.of(installed.named("e"), installed).transport(transport);
    }

    private static CollectorBuilder serving(String body) {
        return builder(new FixedBody(Optional.of(body)));
    }

    @Test
    void oneLineReadsAServer() {
        MetricsSnapshot s = serving("e:running 3\n").collect("host:1");
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(3);
        assertThat(s.info().target()).isEqualTo("http://host:1/metrics");
        assertThat(s.info().instanceId()).isEqualTo("http://host:1/metrics");
        assertThat(s.info().engine()).isEqualTo("e");
        assertThat(s.info().duration()).isEqualTo(Duration.ofNanos(2));
        assertThat(s.info().timeToFirstByte()).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void withoutAnAddressTheUsualOneIsTried() {
        assertThat(serving("e:running 3\n").collect().info().target()).isEqualTo("http://localhost:7/metrics");
        try (Collector collector = serving("e:running 3\n").atUsualAddress()) {
            assertThat(collector.target()).isEqualTo("http://localhost:7/metrics");
        }
    }

    @Test
    void settingsReachTheRequestAndTheSnapshot() throws Exception {
        FixedBody transport = new FixedBody(Optional.of("e:running 3\ne:waiting 1\n"));
        MetricsSnapshot s = builder(transport)
                .timeout(Duration.ofSeconds(1))
                .maxBodyBytes(100)
                .header("A", "b")
                .bearerToken("t")
                .basicAuth("u", "p")
                .sslContext(javax.net.ssl.SSLContext.getDefault())
                .instanceId("mine")
                .only(LlmMetrics.REQUESTS_RUNNING)
                .staleAfter(Duration.ofSeconds(3))
                .limits(ParserLimits.DEFAULTS)
                .keepBody()
                .keepRawSamples()
                .collect("host");
        FetchRequest asked = transport.asked.orElseThrow();
        assertThat(asked.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(asked.maxBodyBytes()).isEqualTo(100);
        assertThat(asked.headers()).containsEntry("A", "b").containsKey("Authorization");
        assertThat(asked.sslContext()).isPresent();
        assertThat(s.info().instanceId()).isEqualTo("mine");
        assertThat(s.value(LlmMetrics.REQUESTS_WAITING)).isNaN();
        assertThat(s.rawSamples()).hasSize(2);
        assertThat(s.body()).isPresent();
    }

    @Test
    void rowsOfTheApplicationOverrideTheCatalogue() {
        MetricsSnapshot s = serving("e:running 3\ne:mine 9\n")
                .catalogRows("mine", "requests.running | e:mine | gauge")
                .collect("host");
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(9);
    }

    @Test
    void aBoundCollectorReadsAgainAndAgainUntilItIsClosed() {
        Collector collector = serving("e:running 3\n").at("host");
        assertThat(collector.collect().value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(3);
        assertThat(collector.tryCollect()).isInstanceOf(CollectResult.Success.class);
        assertThat(collector.tryCollect().optional()).isPresent();
        collector.close();
        collector.close();
        assertThatThrownBy(collector::collect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("http://host/metrics is closed");
    }

    @Test
    void whatGoesWrongIsThrownOrPartOfTheResult() {
        CollectorBuilder wrong = serving("vllm:num_requests_running 1\n");
        CollectException thrown = catchThrowableOfType(CollectException.class, () -> wrong.collect("host"));
        assertThat(thrown.kind()).isEqualTo(FailureKind.WRONG_ENGINE);
        CollectResult result = wrong.tryCollect("host");
        assertThat(result.optional()).isEmpty();
        assertThat(result).isInstanceOfSatisfying(CollectResult.Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.WRONG_ENGINE);
            assertThat(failure.message()).contains("vLLM");
            assertThat(failure.hint()).contains("metrics-engine-vllm");
        });
    }

    @Test
    void aBodyBeyondALimitOfTheParserIsTooLarge() {
        CollectorBuilder cramped =
                serving("e:running 3\ne:waiting 1\n").limits(ParserLimits.DEFAULTS.withMaxSamples(1));
        CollectException thrown = catchThrowableOfType(CollectException.class, () -> cramped.collect("host"));
        assertThat(thrown.kind()).isEqualTo(FailureKind.TOO_LARGE);
        assertThat(thrown).hasMessageContaining("http://host/metrics");
        CollectorBuilder shortLines =
                serving("e:running{a=\"xxxxxxxxxxxxxxxxxxxx\"} 3").limits(ParserLimits.DEFAULTS.withMaxLineBytes(10));
        assertThat(catchThrowableOfType(CollectException.class, () -> shortLines.collect("host"))
                        .kind())
                .isEqualTo(FailureKind.TOO_LARGE);
    }

    @Test
    void anEngineIsInstalledAlsoWhereItsCatalogueHasNoneOfTheNames() {
        InstalledEngines installed = InstalledEngines.of(List.of(new Provider("vllm", 0)));
        Detection detection = new EngineDetector(installed, new FixedBody(Optional.of("vllm:brand_new 1\n")))
                .detect(FetchRequest.to(Target.parse("nowhere:1")));
        assertThat(detection.engine()).contains("vllm");
        assertThat(detection.installed()).isTrue();
        assertThat(detection.families()).isEmpty();
    }

    @Test
    void detectionReadsThroughTheTransportItIsGiven() {
        Detection detection = Collectors.detect(
                FetchRequest.to(Target.parse("nowhere:1")),
                new FixedBody(Optional.of("llamacpp:requests_processing 1\n")));
        assertThat(detection.engine()).contains("llamacpp");
    }

    @Test
    void detectionLetsEveryCatalogueClaimWhatItKnows(@TempDir Path folder) throws IOException {
        InstalledEngines installed = InstalledEngines.of(List.of(new Provider("e", 0)));
        EngineDetector detector = new EngineDetector(installed, new StandardTransport());
        Path body = Files.writeString(folder.resolve("body"), "e:running 3\npython_info 1\n");
        Detection detection = detector.detect(FetchRequest.to(Target.parse("file:" + body)));
        assertThat(detection.engine()).contains("e");
        assertThat(detection.installed()).isTrue();
        assertThat(detection.families()).containsExactly("e:running");
        assertThat(detection.others()).containsExactly("python_info");
        Files.writeString(body, "sglang:num_running_reqs 3\n");
        assertThat(detector.detect(FetchRequest.to(Target.parse("file:" + body)))
                        .title())
                .contains("SGLang");
        assertThat(detector.detect(FetchRequest.to(Target.parse("file:" + body)))
                        .installed())
                .isFalse();
        Files.writeString(body, "node_load1 3\n");
        assertThat(detector.detect(FetchRequest.to(Target.parse("file:" + body)))
                        .engine())
                .isEmpty();
        assertThatThrownBy(() -> Collectors.detect("file:" + folder)).isInstanceOf(CollectException.class);
    }

    @Test
    void aViewsNumbersAreNaNWhereTheSnapshotHasNone() {
        ViewSource from = new ViewSource(serving("e:running 3\n").collect("host"));
        assertThat(from.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(3);
        assertThat(from.own("e:nothing")).isNaN();
        assertThat(from.mean(LlmMetrics.TIME_TO_FIRST_TOKEN)).isNaN();
        assertThat(from.percent(LlmMetrics.KV_USAGE)).isNaN();
        assertThat(ViewSource.first(Double.NaN, 2, 3)).isEqualTo(2);
        assertThat(ViewSource.first(Double.NaN)).isNaN();
    }

    @Test
    void cancellingTheFutureCancelsTheFetch() {
        FixedBody transport = new FixedBody(Optional.empty());
        CompletableFuture<MetricsSnapshot> future = builder(transport).collectAsync("host");
        assertThat(future.cancel(true)).isTrue();
        assertThat(transport.open).isCancelled();
    }

    @Test
    void aCallbackSeesTheFailureItself() {
        List<Throwable> seen = new ArrayList<>();
        FixedBody refused = new FixedBody(Optional.empty());
        builder(refused).collectAsync("host").whenComplete((snapshot, failure) -> seen.add(failure));
        CollectException connect = new CollectException(FailureKind.CONNECT, "refused", "start it", null);
        refused.open.completeExceptionally(new CompletionException(connect));
        serving("<html>").collectAsync("host").whenComplete((snapshot, failure) -> seen.add(failure));
        assertThat(seen)
                .hasOnlyElementsOfType(CollectException.class)
                .startsWith(connect)
                .hasSize(2);
    }

    @Test
    void aBrokenTransportIsADefectAndNotAFailureOfTheServer() {
        FixedBody broken = new FixedBody(Optional.empty());
        broken.open.completeExceptionally(new ArithmeticException("broken"));
        Collector collector = builder(broken).at("host");
        assertThatThrownBy(collector::collect)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("broken");
    }

    @Test
    void closingEndsReadsUnderWay() {
        FixedBody transport = new FixedBody(Optional.empty());
        Collector collector = builder(transport).at("host");
        CompletableFuture<MetricsSnapshot> future = collector.collectAsync();
        collector.close();
        assertThat(future).isCancelled();
        assertThat(transport.open).isCancelled();
    }

    @Test
    void anInterruptedThreadStopsWaiting() {
        Collector collector = builder(new FixedBody(Optional.empty())).at("host");
        Thread.currentThread().interrupt();
        CollectException thrown = catchThrowableOfType(CollectException.class, collector::collect);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown.kind()).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void aDefectIsNotHiddenAsAFailureOfTheServer() {
        Collector collector = builder((request, sink) -> CompletableFuture.failedFuture(new NullPointerException()))
                .at("host");
        assertThatThrownBy(collector::collect).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEngineThatIsNotInstalledNamesTheModuleToAdd() {
        assertThatThrownBy(() -> Collectors.forEngine("nothing"))
                .isInstanceOf(UnknownEngineException.class)
                .hasMessageContaining("metrics-engine-nothing");
        assertThat(Collectors.engines()).isEmpty();
    }

    @Test
    void ofTwoProvidersOfOneEngineTheHigherPriorityWins() {
        InstalledEngines installed =
                InstalledEngines.of(List.of(new Provider("e", 1), new Provider("e", 5), new Provider("e", 2)));
        assertThat(installed.named("e").priority()).isEqualTo(5);
    }

    @Test
    void aBrokenProviderIsLeftOut() {
        InstalledEngines installed = InstalledEngines.of(() -> new java.util.Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                if (at == 2) {
                    throw new ServiceConfigurationError("broken list");
                }
                return true;
            }

            @Override
            public EngineProvider next() {
                if (at++ == 0) {
                    throw new ServiceConfigurationError("broken provider");
                }
                return new Provider("e", 0);
            }
        });
        assertThat(installed.providers()).hasSize(1);
        assertThatThrownBy(() -> installed.named("other")).hasMessageContaining("broken provider");
    }

    @Test
    void aKnownVersionSaysExactlyWhyAMetricIsAbsent() {
        CollectorBuilder versioned = builder(new FixedBody(Optional.of("e:running 1\n")))
                .catalogRows("test", "kv.usage_ratio | e:usage | gauge | | | | | 2.0..");
        assertThat(absence(versioned.collect("h"))).isEqualTo(Absence.UNKNOWN);
        MetricsSnapshot old = versioned.version(EngineVersion.of("1.5")).collect("h");
        assertThat(absence(old)).isEqualTo(Absence.NOT_IN_VERSION);
        assertThat(old.coverage().inferredVersion()).hasToString("1.5..1.5");
        assertThat(absence(versioned.version(EngineVersion.of("2.0")).collect("h")))
                .isEqualTo(Absence.UNKNOWN);
    }

    @Test
    void aKnownVersionThatTheNamesContradictIsLeftAside() {
        MetricsSnapshot s = builder(new FixedBody(Optional.of("e:usage 0.5\n")))
                .catalogRows("test", "kv.usage_ratio | e:usage | gauge | | | | | 2.0..")
                .version(EngineVersion.of("1.5"))
                .collect("h");
        assertThat(s.coverage().inferredVersion()).hasToString("2.0..");
        assertThat(s.value(LlmMetrics.KV_USAGE)).isEqualTo(0.5);
    }

    private static Absence absence(MetricsSnapshot snapshot) {
        return ((Reading.Absent<Double>) snapshot.reading(LlmMetrics.KV_USAGE)).reason();
    }
}
