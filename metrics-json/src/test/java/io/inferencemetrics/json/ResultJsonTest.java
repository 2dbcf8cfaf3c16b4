package io.inferencemetrics.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.LlmMetrics;
import org.junit.jupiter.api.Test;

class ResultJsonTest {
    @Test
    void aSuccessIsItsSnapshot() {
        CollectResult result = new CollectResult.Success(Bodies.read("vllm", Bodies.SIMPLE_VLLM));
        CollectResult again = ResultJson.read(ResultJson.write(result));
        assertThat(again.optional().orElseThrow().value(LlmMetrics.REQUESTS_RUNNING))
                .isEqualTo(3);
    }

    @Test
    void aFailureSaysItsKindMessageAndHint() {
        CollectException cause = new CollectException(FailureKind.TIMEOUT, "too slow", "Wait.", null);
        CollectResult result = new CollectResult.Failure(FailureKind.TIMEOUT, "too slow", "Wait.", cause);
        assertThat(ResultJson.write(result).toString())
                .isEqualTo("{\"error\":{\"kind\":\"timeout\",\"message\":\"too slow\",\"hint\":\"Wait.\"}}");
        assertThat(ResultJson.read(ResultJson.write(result)))
                .isInstanceOfSatisfying(
                        CollectResult.Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT));
    }
}
