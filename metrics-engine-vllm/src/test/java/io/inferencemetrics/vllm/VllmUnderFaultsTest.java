package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.testkit.Fault;
import io.inferencemetrics.testkit.SimulatedEngine;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a read makes of a server that is broken. */
class VllmUnderFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @AutoClose
    private final SimulatedEngine engine = SimulatedEngine.vllm().busy().start();

    private CollectResult read() {
        return Collectors.forEngine("vllm").maxBodyBytes(1_000_000).tryCollect(engine.url());
    }

    private static FailureKind kind(CollectResult result) {
        assertThat(result).isInstanceOf(CollectResult.Failure.class);
        return ((CollectResult.Failure) result).kind();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION_REFUSED, CONNECT",
        "LOADING, STATUS",
        "SERVER_ERROR, STATUS",
        "NOT_FOUND, STATUS",
        "UNAUTHORIZED, STATUS",
        "LOGIN_PAGE, NOT_PROMETHEUS",
        "JSON_LIST, NOT_PROMETHEUS",
        "TRUNCATED_BODY, CONNECT",
        "ENDLESS_BODY, TOO_LARGE"
    })
    void eachFaultThatLeavesNothingToReadIsAFailureOfItsKind(Fault fault, FailureKind kind) {
        engine.breakWith(fault);
        assertThat(kind(read())).isEqualTo(kind);
        engine.resume();
        assertThat(read()).isInstanceOf(CollectResult.Success.class);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"WRONG_CONTENT_LENGTH", "GARBAGE_LINE", "DUPLICATED_SERIES", "COUNTER_GOES_BACK", "ESCAPED_NAMES"})
    void aBodyThatCanBeReadForTheMostPartIsRead(Fault fault) {
        engine.breakWith(fault);
        MetricsSnapshot snapshot = read().optional().orElseThrow();

        assertThat(snapshot.value(LlmMetrics.PROMPT_TOKENS)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY_BODY", "NO_ENGINE_FAMILIES"})
    void whereNothingOfTheEngineIsSaidEveryValueIsAbsent(Fault fault) {
        engine.breakWith(fault);
        MetricsSnapshot snapshot = read().optional().orElseThrow();

        assertThat(snapshot.reading(LlmMetrics.REQUESTS_RUNNING)).isInstanceOf(Reading.Absent.class);
        assertThat(snapshot.coverage().found()).noneMatch(name -> name.startsWith("vllm:"));
    }

    @Test
    void aServerThatHangsFailsAtTheDeadline() {
        engine.hang();

        assertThat(kind(Collectors.forEngine("vllm").timeout(SHORT).tryCollect(engine.url())))
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void aBodyThatDripsFailsAtTheDeadlineToo() {
        engine.drip(Duration.ofMinutes(10));

        assertThat(kind(Collectors.forEngine("vllm").timeout(SHORT).tryCollect(engine.url())))
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void aCollectorThatIsBoundToItsTargetOutlivesRestartsAndUpgrades() {
        try (Collector collector = Collectors.forEngine("vllm").at(engine.url())) {
            double before = collector.collect().value(LlmMetrics.PROMPT_TOKENS);
            engine.restart();
            assertThat(collector.collect().value(LlmMetrics.PROMPT_TOKENS)).isLessThan(before);
            engine.upgradeTo("99");
            assertThat(collector.collect().value(LlmMetrics.REQUESTS_RUNNING)).isNotNaN();
        }
    }
}
