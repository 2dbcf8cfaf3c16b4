package io.inferencemetrics.vllm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.testkit.contract.Captures;
import io.inferencemetrics.window.History;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VllmHistoryTest {
    private static final long BYTES_OF_A_THOUSAND = 64L << 20;

    @Test
    void aMinuteOfWhatARouterNeedsOfAThousandServersFitsInto64Megabytes() {
        Optional<Path> body = Captures.body("vllm-0.32.0-busy-1.txt");
        assumeTrue(body.isPresent(), "the folder of captures is not here");
        History history = History.of(Duration.ofSeconds(60), 60);
        history.add(Collectors.forEngine("vllm")
                .only(
                        LlmMetrics.REQUESTS_RUNNING,
                        LlmMetrics.REQUESTS_WAITING,
                        LlmMetrics.KV_USAGE,
                        LlmMetrics.PREFIX_CACHE_HIT_RATIO,
                        LlmMetrics.TIME_TO_FIRST_TOKEN)
                .collect(body.orElseThrow().toUri().toString()));
        assertThat(1_000 * history.bytes()).isPositive().isLessThan(BYTES_OF_A_THOUSAND);
    }
}
