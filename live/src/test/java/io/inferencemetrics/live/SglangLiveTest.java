package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code live/sglang up && mvn verify -Plive -pl live -am -Dlive.sglang=http://127.0.0.1:18100}. */
class SglangLiveTest extends RequestsContract {
    SglangLiveTest() {
        super("sglang");
    }

    @Override
    List<Metric<?>> alsoPromised() {
        return List.of(
                LlmMetrics.REQUESTS_RETRACTED,
                LlmMetrics.GENERATION_THROUGHPUT,
                LlmMetrics.TIME_PER_OUTPUT_TOKEN,
                LlmMetrics.KV_CACHED,
                LlmMetrics.KV_EVICTABLE,
                LlmMetrics.MODEL_MAX_LENGTH);
    }

    @Test
    void clientsThatHangUpAreCountedAsAborted() {
        assertThat(impatient().rise(LlmMetrics.REQUESTS_ABORTED))
                .isBetween(1.0, (double) impatient().clients().hungUp());
    }
}
