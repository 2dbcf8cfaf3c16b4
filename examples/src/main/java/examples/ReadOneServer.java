package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;

/** Reads a vLLM server once: {@code http://localhost:8000}. */
public final class ReadOneServer {
    private ReadOneServer() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        MetricsSnapshot s = Collectors.forEngine("vllm").collect(arguments[0]);

        System.out.println("running          " + s.value(LlmMetrics.REQUESTS_RUNNING));
        System.out.println("waiting          " + s.value(LlmMetrics.REQUESTS_WAITING));
        System.out.println("model            " + s.text(LlmMetrics.MODEL_NAME).orElse("not said"));
        System.out.println("mean first token "
                + s.histogram(LlmMetrics.TIME_TO_FIRST_TOKEN)
                        .map(HistogramValue::mean)
                        .map(seconds -> seconds + " s")
                        .orElse("nothing observed"));

        // the whole answer: a value with its source and trust, or why there is none
        Reading<Double> usage = s.reading(LlmMetrics.KV_USAGE);
        System.out.println("KV cache in use  " + usage.optional().map(share -> 100 * share + " %").orElse("not said")
                + ", from " + usage.provenance().source() + ", " + usage.provenance().trust());
    }
}
