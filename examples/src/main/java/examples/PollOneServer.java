package examples;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;

/** Keeps a collector bound to an SGLang server and reads what a router needs, ten times a second. */
public final class PollOneServer {
    private static final int READS = 5;
    private static final long PAUSE_MILLIS = 100;

    private PollOneServer() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Collector collector = Collectors.forEngine("sglang")
                .only(LlmMetrics.REQUESTS_RUNNING, LlmMetrics.REQUESTS_WAITING)
                .at(arguments[0])) {
            for (int i = 0; i < READS; i++) {
                MetricsSnapshot s = collector.collect();
                System.out.println("in flight " + s.value(LlmMetrics.REQUESTS_RUNNING) + " + "
                        + s.value(LlmMetrics.REQUESTS_WAITING));
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
