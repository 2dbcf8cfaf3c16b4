package io.inferencemetrics.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others get wrong about llama.cpp's metrics. */
class LlamacppTrapsTest {
    private static MetricsSnapshot read(String body) {
        return Collectors.forEngine("llamacpp")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain; version=0.0.4"))
                .collect("http://test:1");
    }

    private static NumericMetric own(MetricsSnapshot snapshot, String name) {
        return (NumericMetric) snapshot.metric("llamacpp:" + name).orElseThrow();
    }

    @Test
    void aNumberOfSevenDigitsHasLostItsLastOnes() {
        MetricsSnapshot s = read("llamacpp:prompt_tokens_total 1.03322e+06\nllamacpp:tokens_predicted_total 999999\n");
        Reading<Double> computed = s.reading(LlmMetrics.COMPUTED_PROMPT_TOKENS);
        assertThat(s.value(LlmMetrics.COMPUTED_PROMPT_TOKENS)).isEqualTo(1_033_220);
        assertThat(computed.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(computed.provenance().note()).contains("rounded to 6 digits");
        assertThat(s.reading(LlmMetrics.GENERATED_TOKENS).provenance().trust()).isEqualTo(Trust.EXACT);
    }

    @Test
    void whatIsComputedOfARoundedNumberIsRoundedToo() {
        Reading<Double> prompt =
                read("llamacpp:prompt_tokens_total 1.03322e+06\nllamacpp:prompt_tokens_cached_total 5\n")
                        .reading(LlmMetrics.PROMPT_TOKENS);
        assertThat(prompt.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(prompt.provenance().note()).contains("rounded to 6 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt_tokens_seconds", "predicted_tokens_seconds"})
    void aGaugeThatAnybodysReadingResetsIsNoThroughput(String name) {
        MetricsSnapshot s = read("llamacpp:" + name + " 50.1425\nllamacpp:requests_processing 1\n");
        for (NumericMetric throughput : List.of(LlmMetrics.PROMPT_THROUGHPUT, LlmMetrics.GENERATION_THROUGHPUT)) {
            Reading.Absent<Double> absent = (Reading.Absent<Double>) s.reading(throughput);
            assertThat(absent.reason()).isEqualTo(Absence.NOT_EXPOSED);
        }
        assertThat(s.value(own(s, name))).isEqualTo(50.1425);
        assertThat(s.reading(own(s, name)).provenance().trust()).isEqualTo(Trust.DOUBTFUL);
        assertThat(own(s, name).meaning()).contains("since anybody last read this server");
    }

    @Test
    void generatedTokensSayThatTheyMoveOnlyWhenARequestEnds() {
        Reading<Double> generated = read("llamacpp:tokens_predicted_total 0\nllamacpp:requests_processing 4\n")
                .reading(LlmMetrics.GENERATED_TOKENS);
        assertThat(generated.provenance().note()).contains("when it ends");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n_tokens_max", "n_past_max"})
    void theLongestSequenceIsNoCounterThoughItIsTypedAsOne(String name) {
        MetricsSnapshot s = read("# TYPE llamacpp:" + name + " counter\nllamacpp:" + name + " 229\n");
        assertThat(own(s, name)).isNotInstanceOf(CounterMetric.class);
        assertThat(own(s, name).overReplicas()).isEqualTo(Aggregation.MAX);
        assertThat(s.value(own(s, name))).isEqualTo(229);
    }

    @Test
    void notANumberAsWindowsWritesItCostsOneLineAndSaysSo() {
        MetricsSnapshot s = read("llamacpp:n_decode_total 0\n"
                + "llamacpp:n_busy_slots_per_decode -nan(ind)\n"
                + "llamacpp:requests_processing 2\n");
        assertThat(s.value(LlmMetrics.REQUESTS_RUNNING)).isEqualTo(2);
        assertThat(s.coverage().skippedLines()).isEqualTo(1);
        Reading.Absent<Double> busy = (Reading.Absent<Double>) s.reading(own(s, "n_busy_slots_per_decode"));
        assertThat(busy.detail()).contains("-nan(ind)");
    }

    @Test
    void promptTokensHoldTheCachedOnesWhereTheyAreCounted() {
        MetricsSnapshot s = read("llamacpp:prompt_tokens_total 278\nllamacpp:prompt_tokens_cached_total 254\n");
        assertThat(s.value(LlmMetrics.PROMPT_TOKENS)).isEqualTo(532);
        assertThat(s.value(LlmMetrics.COMPUTED_PROMPT_TOKENS)).isEqualTo(278);
        assertThat(s.value(LlmMetrics.CACHED_TOKENS)).isEqualTo(254);
        assertThat(s.value(LlmMetrics.PREFIX_CACHE_HIT_RATIO)).isEqualTo(254.0 / 532);
    }

    @Test
    void promptTokensOfOldBuildsAreTooFewAndSaySo() {
        Reading<Double> prompt = read("llamacpp:prompt_tokens_total 278\n").reading(LlmMetrics.PROMPT_TOKENS);
        assertThat(((Reading.Value<Double>) prompt).value()).isEqualTo(278);
        assertThat(prompt.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(prompt.provenance().note()).contains("cached tokens left out");
    }

    @Test
    void oldBuildsSayHowFullTheKvCacheIs() {
        MetricsSnapshot s = read("llamacpp:kv_cache_usage_ratio 0.25\nllamacpp:kv_cache_tokens 512\n");
        assertThat(s.value(LlmMetrics.KV_USAGE)).isEqualTo(0.25);
        assertThat(s.value(LlmMetrics.KV_USAGE_MAX)).isEqualTo(0.25);
        assertThat(s.value(LlmMetrics.KV_USED)).isEqualTo(512);
        assertThat(s.coverage().inferredVersion()).hasToString("..6699");
    }

    @Test
    void draftedTokensAreKnownByTheirPosition() {
        MetricsSnapshot s = read("llamacpp:spec_decode_num_drafts_total 10\n"
                + "llamacpp:spec_decode_num_draft_tokens_total 30\n"
                + "llamacpp:spec_decode_num_accepted_tokens_total 15\n"
                + "llamacpp:spec_decode_num_accepted_tokens_per_pos_total{position=\"0\"} 9\n"
                + "llamacpp:spec_decode_num_accepted_tokens_per_pos_total{position=\"1\"} 6\n");
        NumericMetric byPosition = own(s, "spec_decode_num_accepted_tokens_per_pos_total");
        assertThat(s.value(LlmMetrics.ACCEPTANCE_RATE)).isEqualTo(0.5);
        assertThat(s.value(LlmMetrics.ACCEPTANCE_LENGTH)).isEqualTo(2.5);
        assertThat(s.where(new Dimension("position"), "1").value(byPosition)).isEqualTo(6);
    }
}
