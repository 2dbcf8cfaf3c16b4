package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;

/** Reads a fork of vLLM that renamed a metric: rows of one's own go before those that come with the engine. */
public final class YourOwnRows {
    private static final String ROWS = "requests.running | vllm:active_requests | gauge";

    private YourOwnRows() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        System.out.println("running "
                + Collectors.forEngine("vllm")
                        .catalogRows("our fork", ROWS)
                        .collect(arguments[0])
                        .value(LlmMetrics.REQUESTS_RUNNING));
    }
}
