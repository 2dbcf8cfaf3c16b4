package io.inferencemetrics.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Rate;
import io.inferencemetrics.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six digits are printed of a number, so that above a million a counter moves in steps. */
class LlamacppWindowTest {
    @TempDir
    private Path folder;

    private MetricsSnapshot saved(String body) throws IOException {
        Path file = Files.createTempFile(folder, "scrape", ".txt");
        Files.writeString(file, "llamacpp:requests_processing 1\n" + body);
        return Collectors.forEngine("llamacpp").collect(file.toUri().toString());
    }

    @Test
    void aRateCarriesTheRoundingOfBothCounts() throws IOException {
        Rate rate = Window.between(
                        saved("llamacpp:tokens_predicted_total 1.03322e+06\n"),
                        saved("llamacpp:tokens_predicted_total 1.03422e+06\n"),
                        Duration.ofSeconds(10))
                .rate(LlmMetrics.GENERATED_TOKENS);
        assertThat(rate.value()).isEqualTo(100);
        assertThat(rate.low()).isEqualTo(99);
        assertThat(rate.high()).isEqualTo(101);
    }

    @Test
    void whatWasNotThereBeforeWasNotRounded() throws IOException {
        Rate rate = Window.between(saved(""), saved("llamacpp:tokens_predicted_total 500\n"), Duration.ofSeconds(10))
                .rate(LlmMetrics.GENERATED_TOKENS);
        assertThat(rate.low()).isEqualTo(50);
        assertThat(rate.high()).isEqualTo(50);
    }
}
