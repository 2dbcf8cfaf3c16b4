package examples;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.metric.LlmMetrics;

/** Finds out which engine a server is, then reads it. */
public final class DetectTheEngine {
    private DetectTheEngine() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        Detection found = Collectors.detect(arguments[0]);
        if (!found.installed()) {
            System.out.println(found.title().orElse("No engine that is known") + ", which no module here reads");
            return;
        }
        String engine = found.engine().orElseThrow();
        double waiting =
                Collectors.forEngine(engine).collect(arguments[0]).value(LlmMetrics.REQUESTS_WAITING);
        System.out.println(found.title().orElse(engine) + " " + found.version() + " with " + waiting + " waiting");
    }
}
