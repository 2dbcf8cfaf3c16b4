package io.inferencemetrics.guide;

import static io.inferencemetrics.testkit.SimulatedEngineExtension.serving;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.testkit.SimulatedEngineExtension;
import io.inferencemetrics.testkit.SimulatedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of docs/testing-with-simulated-engines.md, and that it is. */
class TestingGuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "testing-with-simulated-engines.md");
    private static final Path HERE = Path.of("src", "test", "java", "io", "inferencemetrics", "guide");

    @RegisterExtension
    static final SimulatedEngineExtension vllm = serving(SimulatedEngine.vllm().busy());

    @Test
    void aServerThatHangsIsGivenUp() {
        vllm.engine().hang();
        CollectResult result =
                Collectors.forEngine("vllm").timeout(Duration.ofMillis(200)).tryCollect(vllm.url());
        assertThat(result).isInstanceOf(CollectResult.Failure.class);
    }

    @Test
    void timeIsTheTestsOwn() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T09:00:00Z"));
        try (SimulatedEngine engine =
                SimulatedEngine.vllm().clock(now::get).seed(7).start()) {
            MetricsSnapshot before = Collectors.forEngine("vllm").collect(engine.url());
            now.updateAndGet(time -> time.plusSeconds(15));
            MetricsSnapshot after = Collectors.forEngine("vllm").collect(engine.url());
            assertThat(after.value(LlmMetrics.GENERATED_TOKENS))
                    .isGreaterThan(before.value(LlmMetrics.GENERATED_TOKENS));
        }
    }

    @Test
    void requestsAreHandedIn() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-01T09:00:00Z"));
        try (SimulatedEngine engine =
                SimulatedEngine.vllm().clock(now::get).idle().start()) {
            engine.submit(
                    SimulatedRequest.of(100, 20)
                            .withTimes(Duration.ofMillis(500), Duration.ofMillis(250), Duration.ofMillis(100)),
                    SimulatedRequest.of(300, 50).withCachedTokens(256).arrivingAfter(Duration.ofSeconds(1)),
                    SimulatedRequest.of(80, 40).hangingUpAfter(3));
            now.updateAndGet(time -> time.plusSeconds(60));

            MetricsSnapshot snapshot = Collectors.forEngine("vllm").collect(engine.url());
            assertThat(snapshot.value(LlmMetrics.PROMPT_TOKENS)).isEqualTo(100 + 300 + 80);
            assertThat(snapshot.value(LlmMetrics.GENERATED_TOKENS)).isEqualTo(20 + 50 + 3);
            assertThat(snapshot.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(2);
        }
    }

    @Test
    void whatWasServedIsKept() {
        try (SimulatedEngine engine = SimulatedEngine.vllm().keepBodies(100).start()) {
            Collectors.forEngine("vllm").bearerToken("secret").collect(engine.url());

            assertThat(engine.requestsTo("/metrics")).isEqualTo(1);
            assertThat(engine.servedBodies().get(0).text()).contains("vllm:num_requests_running");
            assertThat(engine.lastRequestHeaders().get("Authorization")).containsExactly("Bearer secret");
        }
    }

    @Test
    void allCodeOfTheGuideRunsHere() throws IOException {
        String run = unspaced(Files.readString(HERE.resolve("RouterTest.java"))
                + Files.readString(HERE.resolve("TestingGuideTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(blocks)
                .hasSizeGreaterThan(4)
                .allSatisfy(block -> assertThat(run).contains(unspaced(block)));
    }

    /** The guide may break its lines elsewhere. */
    private static String unspaced(String code) {
        return code.replaceAll("\\s+", "");
    }
}
