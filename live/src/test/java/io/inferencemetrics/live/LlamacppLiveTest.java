package io.inferencemetrics.live;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import java.util.List;

/**
 * {@code live/llamacpp up && mvn verify -Plive -pl live -am -Dlive.llamacpp=http://127.0.0.1:18200}, soon after the start:
 * from a million on, its counters have six digits.
 */
class LlamacppLiveTest extends LiveContract {
    LlamacppLiveTest() {
        super("llamacpp");
    }

    /** Built from an archive it knows no build number, only the commit. */
    @Override
    String exactVersion() {
        return "b1-0c1e570";
    }

    @Override
    List<Metric<?>> promised() {
        return List.of(
                LlmMetrics.REQUESTS_RUNNING,
                LlmMetrics.REQUESTS_WAITING,
                LlmMetrics.PROMPT_TOKENS,
                LlmMetrics.COMPUTED_PROMPT_TOKENS,
                LlmMetrics.CACHED_TOKENS,
                LlmMetrics.GENERATED_TOKENS,
                LlmMetrics.PREFIX_CACHE_QUERIES,
                LlmMetrics.PREFIX_CACHE_HITS,
                LlmMetrics.PREFIX_CACHE_HIT_RATIO,
                LlmMetrics.DRAFTS,
                LlmMetrics.DRAFT_TOKENS,
                LlmMetrics.ACCEPTED_TOKENS,
                LlmMetrics.BATCH_SIZE);
    }
}
