package consumer;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;

/** What an application does that has nothing but the module of one engine. */
public final class OneLiner {
    private OneLiner() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        MetricsSnapshot s = Collectors.forEngine("sglang").collect(arguments[0]);
        System.out.println("running " + s.value(LlmMetrics.REQUESTS_RUNNING));
        System.out.println("engines " + Collectors.engines().stream().map(engine -> engine.id()).toList());
        System.out.println("module path " + OneLiner.class.getModule().isNamed());
    }
}
