package io.inferencemetrics.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmittedRequestTest {
    private static final Offset<Double> ROUNDING = within(1e-9);

    private final ManualClock clock = new ManualClock();
    private final SimulatedEngine vllm = SimulatedEngine.vllm().clock(clock).idle();

    private static SimulatedRequest timed(int promptTokens, int outputTokens) {
        return SimulatedRequest.of(promptTokens, outputTokens)
                .withTimes(Duration.ofMillis(500), Duration.ofMillis(250), Duration.ofMillis(100));
    }

    private Body after(long millis) {
        clock.advance(Duration.ofMillis(millis));
        return Body.of(vllm.metricsText());
    }

    @Test
    void aRequestWithGivenTimesIsSeenWaitingRunningAndGone() {
        vllm.submit(timed(100, 20).arrivingAfter(Duration.ofSeconds(1)));

        assertThat(after(999).sum("vllm:num_requests_waiting")).isZero();
        assertThat(after(1).sum("vllm:num_requests_waiting")).isEqualTo(1);
        Body prefilling = after(500);
        assertThat(prefilling.sum("vllm:num_requests_waiting")).isZero();
        assertThat(prefilling.sum("vllm:num_requests_running")).isEqualTo(1);
        assertThat(prefilling.sum("vllm:generation_tokens_total")).isZero();
        Body decoding = after(250 + 550);
        assertThat(decoding.sum("vllm:generation_tokens_total")).isEqualTo(6);
        assertThat(decoding.sum("vllm:kv_cache_usage_perc"))
                .as("7 of 2,559 blocks")
                .isCloseTo(7 / 2559.0, ROUNDING);
        Body gone = after(1_350);
        assertThat(gone.sum("vllm:num_requests_running")).isZero();
        assertThat(gone.sum("vllm:request_success_total", "finished_reason", "stop"))
                .isEqualTo(1);
    }

    @Test
    void countersAndHistogramsSayExactlyWhatWasHandedIn() {
        vllm.submit(
                timed(100, 20),
                timed(300, 10).withCachedTokens(256),
                timed(50, 5).withMaxTokens(5).unstreamed());
        Body body = after(60_000);

        assertThat(body.sum("vllm:request_success_total")).isEqualTo(3);
        assertThat(body.sum("vllm:request_success_total", "finished_reason", "length"))
                .isEqualTo(1);
        assertThat(body.sum("vllm:prompt_tokens_total")).isEqualTo(450);
        assertThat(body.sum("vllm:prefix_cache_hits_total")).isEqualTo(256);
        assertThat(body.sum("vllm:prefix_cache_queries_total")).isEqualTo(450);
        assertThat(body.sum("vllm:generation_tokens_total")).isEqualTo(35);
        assertThat(body.sum("vllm:time_to_first_token_seconds_sum")).isCloseTo(3 * 0.75, ROUNDING);
        assertThat(body.sum("vllm:time_to_first_token_seconds_bucket", "le", "0.75"))
                .isEqualTo(3);
        assertThat(body.sum("vllm:time_to_first_token_seconds_bucket", "le", "0.5"))
                .isZero();
        assertThat(body.sum("vllm:inter_token_latency_seconds_count")).isEqualTo(19 + 9 + 4);
        assertThat(body.sum("vllm:inter_token_latency_seconds_sum")).isCloseTo(3.2, ROUNDING);
        assertThat(body.sum("vllm:request_queue_time_seconds_sum")).isCloseTo(1.5, ROUNDING);
        assertThat(body.sum("vllm:e2e_request_latency_seconds_sum")).isCloseTo(2.65 + 1.65 + 1.15, ROUNDING);
    }

    @Test
    void aClientThatHangsUpLeavesNoSuccess() {
        vllm.submit(timed(100, 20).hangingUpAfter(3));
        Body body = after(60_000);

        assertThat(body.sum("vllm:generation_tokens_total")).isEqualTo(3);
        assertThat(body.sum("vllm:request_success_total", "finished_reason", "stop"))
                .isZero();
        assertThat(body.sum("vllm:num_requests_running")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "vllm, vllm:prompt_tokens_total, 400",
        "sglang, sglang:prompt_tokens_total, 429",
        "tgi, tgi_request_input_length_sum, 400"
    })
    void requestsOfGivenSizesTakeTheirPlaceInTheBatch(String engine, String family, double promptTokens) {
        SimulatedEngine simulated = SimulatedEngine.of(engine).clock(clock).idle();
        simulated.submit(
                SimulatedRequest.of(100, 20),
                SimulatedRequest.of(300, 40).withCachedTokens(100).arrivingAfter(Duration.ofMillis(30)));
        clock.advance(Duration.ofMinutes(1));

        assertThat(Body.of(simulated.metricsText()).sum(family)).isEqualTo(promptTokens);
    }

    @Test
    void handedInRequestsComeBesideThoseOfChance() {
        SimulatedEngine alone = SimulatedEngine.vllm().clock(clock).seed(3);
        SimulatedEngine withMore = SimulatedEngine.vllm().clock(clock).seed(3);
        withMore.submit(timed(4_000, 100));
        clock.advance(Duration.ofMillis(600));

        assertThat(Body.of(withMore.metricsText()).sum("vllm:num_requests_running"))
                .isEqualTo(Body.of(alone.metricsText()).sum("vllm:num_requests_running") + 1);
    }

    @Test
    void theCacheIsNeverMoreThanFull() {
        vllm.submit(timed(30_000, 100), timed(30_000, 100), SimulatedRequest.of(10_000, 100));

        Body full = after(1_000);
        assertThat(full.sum("vllm:kv_cache_usage_perc")).isEqualTo(1);
        assertThat(full.sum("vllm:num_requests_running"))
                .as("the batch has to wait for room")
                .isBetween(2.0, 3.0);
        assertThat(after(60_000).sum("vllm:request_success_total")).isEqualTo(3);
    }

    @Test
    void aRestartForgetsWhatWasHandedIn() {
        vllm.submit(timed(100, 20)).restart();

        assertThat(after(60_000).sum("vllm:request_success_total")).isZero();
    }

    @Test
    void tokensThatTakeNoTimeEndAtOnce() {
        vllm.submit(SimulatedRequest.of(10, 200).withTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO));

        assertThat(after(0).sum("vllm:generation_tokens_total")).isEqualTo(200);
    }

    @Test
    void requestsThatMakeNoSenseAreRefused() {
        SimulatedRequest some = SimulatedRequest.of(10, 5);

        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedRequest.of(0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> SimulatedRequest.of(40_000, 1_000));
        assertThatIllegalArgumentException().isThrownBy(() -> some.withCachedTokens(10));
        assertThatIllegalArgumentException().isThrownBy(() -> some.withMaxTokens(4));
        assertThatIllegalArgumentException().isThrownBy(() -> some.hangingUpAfter(6));
        assertThatIllegalArgumentException().isThrownBy(() -> some.arrivingAfter(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> some.withTimes(Duration.ZERO, Duration.ofNanos(-1), Duration.ZERO))
                .withMessageContaining("times of zero or more");
    }
}
