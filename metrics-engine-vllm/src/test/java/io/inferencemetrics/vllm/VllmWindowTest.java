package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.testkit.contract.Captures;
import io.inferencemetrics.window.Quantile;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two scrapes of a real server under load, 10.06 s apart, worked out by hand. */
class VllmWindowTest {
    private static MetricsSnapshot capture(String name) {
        Optional<Path> body = Captures.body(name);
        assumeTrue(body.isPresent(), "the folder of captures is not here");
        return Collectors.forEngine("vllm").collect(body.orElseThrow().toUri().toString());
    }

    private static Window busy() {
        return Window.between(
                capture("vllm-0.32.0-busy-1.txt"), capture("vllm-0.32.0-busy-2.txt"), Duration.ofMillis(10_060));
    }

    @Test
    void ratesAreDifferencesOverTime() {
        // 24680 - 11920 tokens
        assertThat(busy().rate(LlmMetrics.GENERATED_TOKENS).increase()).isEqualTo(12_760);
        assertThat(busy().rate(LlmMetrics.GENERATED_TOKENS).value()).isCloseTo(12_760 / 10.06, within(1e-9));
        assertThat(busy().resets()).isEmpty();
    }

    @Test
    void theHitRatioIsThatOfTheTenSeconds() {
        // (42368 - 22784) / (134576 - 69888)
        assertThat(busy().ratio(LlmMetrics.PREFIX_CACHE_HIT_RATIO).optional().orElseThrow())
                .isCloseTo(19_584.0 / 64_688, within(1e-12));
    }

    @Test
    void theTailOfTheFirstTokensIsThatOfTheTenSeconds() {
        // 470 observations; up to 0.25 s 689 - 312 = 377, up to 0.5 s 938 - 468 = 470: rank 465.3 is in between
        Quantile p99 = busy().quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.99);
        assertThat(p99.count()).isEqualTo(470);
        assertThat(p99.low()).isEqualTo(0.25);
        assertThat(p99.high()).isEqualTo(0.5);
        assertThat(p99.value()).isCloseTo(0.25 + 0.25 * (0.99 * 470 - 377) / 93, within(1e-12));
        assertThat(busy().mean(LlmMetrics.TIME_TO_FIRST_TOKEN).optional().orElseThrow())
                .isCloseTo((192.52651119232178 - 107.26606798171997) / 470, within(1e-12));
    }

    @Test
    void aServerWithoutLoadHasNoQuantiles() {
        Window idle = Window.untimed(capture("vllm-0.32.0-idle.txt"), capture("vllm-0.32.0-idle.txt"));
        assertThat(idle.quantile(LlmMetrics.TIME_TO_FIRST_TOKEN, 0.5).reading())
                .isInstanceOf(Reading.NoObservations.class);
    }

    @Test
    void aDifferenceOfCountersIsNeverNegativeAndSaysWhy(@TempDir Path folder) throws IOException {
        Window window = Window.untimed(saved(folder, 100, 50), saved(folder, 110, 70));
        Reading<Double> computed = window.increase(LlmMetrics.COMPUTED_PROMPT_TOKENS);
        assertThat(computed.optional()).hasValue(0.0);
        assertThat(computed.provenance().note()).contains("move at different times");
    }

    private static MetricsSnapshot saved(Path folder, int prompt, int cached) throws IOException {
        Path file = folder.resolve(prompt + ".txt");
        Files.writeString(
                file, "vllm:prompt_tokens_total " + prompt + "\nvllm:prompt_tokens_cached_total " + cached + "\n");
        return Collectors.forEngine("vllm").collect(file.toUri().toString());
    }
}
