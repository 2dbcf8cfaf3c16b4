package examples;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.metric.LlmMetrics;
import java.time.Duration;

/** Reads a server that may be down, slow, or something else: what went wrong is a value, not an exception. */
public final class HandleFailures {
    private HandleFailures() {}

    /** Takes the server's address. */
    public static void main(String[] arguments) {
        CollectResult result =
                Collectors.forEngine("vllm").timeout(Duration.ofSeconds(2)).tryCollect(arguments[0]);

        if (result instanceof CollectResult.Success success) {
            System.out.println("running " + success.snapshot().value(LlmMetrics.REQUESTS_RUNNING));
        } else if (result instanceof CollectResult.Failure failure) {
            System.out.println(whatToDo(failure));
            System.out.println(failure.message());
            System.out.println(failure.hint());
        }
    }

    private static String whatToDo(CollectResult.Failure failure) {
        return switch (failure.kind()) {
            case CONNECT, TIMEOUT -> "Send requests elsewhere, try again soon.";
            case STATUS, NOT_PROMETHEUS, WRONG_ENGINE -> "Somebody has to look at the address.";
            case TOO_LARGE, PARSE -> "Somebody has to look at what the server sends.";
            case CANCELLED -> "We are shutting down.";
        };
    }
}
