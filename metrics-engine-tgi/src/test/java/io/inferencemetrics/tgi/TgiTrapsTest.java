package io.inferencemetrics.tgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.testkit.contract.BodyTransport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What others get wrong about TGI's metrics. */
class TgiTrapsTest {
    private static MetricsSnapshot read(String body) {
        return Collectors.forEngine("tgi")
                .transport(new BodyTransport(body.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8"))
                .collect("http://test:1");
    }

    @Test
    void countersHaveNoTotalAndModelsNoLabel() {
        MetricsSnapshot s = read(
                "# TYPE tgi_request_count counter\ntgi_request_count 7\n\n# TYPE tgi_request_success counter\ntgi_request_success 5\n\n");
        assertThat(s.value(LlmMetrics.REQUESTS_RECEIVED)).isEqualTo(7);
        assertThat(s.value(LlmMetrics.REQUESTS_SUCCESS)).isEqualTo(5);
        assertThat(s.reading(LlmMetrics.MODEL_NAME)).isInstanceOf(Reading.Absent.class);
    }

    @Test
    void tokensAreTheSumsOfHistograms() {
        MetricsSnapshot s = read("""
                # TYPE tgi_request_generated_tokens histogram
                tgi_request_generated_tokens_bucket{le="40"} 1
                tgi_request_generated_tokens_bucket{le="+Inf"} 2
                tgi_request_generated_tokens_sum 100
                tgi_request_generated_tokens_count 2
                """);
        assertThat(s.value(LlmMetrics.GENERATED_TOKENS)).isEqualTo(100);
        assertThat(s.histogram(LlmMetrics.GENERATED_TOKENS_PER_REQUEST)
                        .orElseThrow()
                        .mean())
                .isEqualTo(50);
    }

    @Test
    void aSummaryAmongHistogramsGivesItsSum() {
        MetricsSnapshot s = read("""
                # TYPE tgi_request_skipped_tokens summary
                tgi_request_skipped_tokens{quantile="0"} 0
                tgi_request_skipped_tokens{quantile="0.5"} 1
                tgi_request_skipped_tokens_sum 12
                tgi_request_skipped_tokens_count 20
                """);
        assertThat(s.value(LlmMetrics.ACCEPTED_TOKENS)).isEqualTo(12);
        assertThat(s.coverage().unmapped()).isEmpty();
    }

    @Test
    void aFamilyOfAThousandBucketsIsRead() {
        StringBuilder body = new StringBuilder("# TYPE tgi_batch_next_size histogram\n");
        for (int le = 1; le <= 1_024; le++) {
            body.append("tgi_batch_next_size_bucket{le=\"")
                    .append(le)
                    .append("\"} ")
                    .append(le)
                    .append('\n');
        }
        body.append(
                "tgi_batch_next_size_bucket{le=\"+Inf\"} 1024\ntgi_batch_next_size_sum 9\ntgi_batch_next_size_count 1024\n");
        MetricsSnapshot s = read(body.toString());
        HistogramValue sizes = s.histogram(
                        (HistogramMetric) s.metric("tgi_batch_next_size").orElseThrow())
                .orElseThrow();
        assertThat(sizes.buckets()).isEqualTo(1_025);
    }

    @Test
    void theOrderOfFamiliesMayChangeOnEveryScrape() {
        String queue = "# TYPE tgi_queue_size gauge\ntgi_queue_size 4\n\n";
        String batch = "# TYPE tgi_batch_current_size gauge\ntgi_batch_current_size 2\n\n";
        assertThat(read(queue + batch).value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(4);
        assertThat(read(batch + queue).value(LlmMetrics.REQUESTS_WAITING)).isEqualTo(4);
    }

    @Test
    void kvUsageIsWhatIsReservedAndAbsentWithoutTheCapacity() {
        Reading<Double> usage = read("tgi_batch_current_max_tokens 250\ntgi_batch_max_total_tokens 1000\n")
                .reading(LlmMetrics.KV_USAGE);
        assertThat(usage.optional()).contains(0.25);
        assertThat(usage.provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        Reading<Double> without = read("tgi_batch_current_max_tokens 250\n").reading(LlmMetrics.KV_USAGE);
        assertThat(((Reading.Absent<Double>) without).reason()).isEqualTo(Absence.OPTION_OFF);
    }

    @Test
    void thereIsNoTimeToFirstToken() {
        Reading<HistogramValue> ttft = read("tgi_queue_size 0\n").reading(LlmMetrics.TIME_TO_FIRST_TOKEN);
        assertThat(((Reading.Absent<HistogramValue>) ttft).reason()).isEqualTo(Absence.NOT_EXPOSED);
    }

    @Test
    void theViewGroupsWhatIsThere() {
        TgiView view = TgiView.of(read("""
                tgi_request_count 9
                tgi_queue_size 4
                tgi_request_queue_duration_bucket{le="+Inf"} 2
                tgi_request_queue_duration_sum 1
                tgi_request_queue_duration_count 2
                tgi_batch_current_max_tokens 250
                tgi_batch_max_total_tokens 1000
                """));
        assertThat(view.requestMetrics().countTotal()).isEqualTo(9);
        assertThat(view.requestMetrics().durationSeconds()).isNaN();
        assertThat(view.queueMetrics()).isEqualTo(new TgiView.QueueMetrics(4, 0.5));
        assertThat(view.batchMetrics().currentMaxTokens()).isEqualTo(250);
        assertThat(view.batchMetrics().usagePerc()).isEqualTo(25);
    }
}
