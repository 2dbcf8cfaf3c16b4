package io.inferencemetrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code live/vllm up && mvn verify -Plive -pl live -am -Dlive.vllm=http://127.0.0.1:18000}. */
class VllmLiveTest extends RequestsContract {
    VllmLiveTest() {
        super("vllm");
    }

    @Override
    List<Metric<?>> alsoPromised() {
        return List.of(
                LlmMetrics.REQUESTS_BY_FINISH_REASON,
                LlmMetrics.REQUESTS_FAILED,
                LlmMetrics.REQUESTS_ABORTED,
                LlmMetrics.EXTERNAL_PREFIX_CACHE_QUERIES,
                LlmMetrics.EXTERNAL_PREFIX_CACHE_HITS,
                LlmMetrics.PREEMPTIONS,
                LlmMetrics.SLEEP_STATE);
    }

    @Override
    List<HistogramMetric> alsoOncePerRequest() {
        return List.of(LlmMetrics.TIME_PER_OUTPUT_TOKEN, LlmMetrics.DECODE_TIME, LlmMetrics.INFERENCE_TIME);
    }

    @Test
    void clientsThatHangUpAreNeverCountedAsAborted() {
        assertThat(impatient().rise(LlmMetrics.REQUESTS_ABORTED)).isZero();
    }
}
