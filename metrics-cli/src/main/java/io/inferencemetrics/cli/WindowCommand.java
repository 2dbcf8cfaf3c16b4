package io.inferencemetrics.cli;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.json.WindowJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code window}: what happened between two saved scrapes of one server. */
@Command(
        name = "window",
        description = "Says what happened between two saved scrapes of one server: rates, ratios, means, quantiles.",
        mixinStandardHelpOptions = true)
final class WindowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EARLIER", description = "The file with the earlier scrape.")
    private @Nullable Path earlier;

    @Parameters(index = "1", paramLabel = "LATER", description = "The file with the later scrape.")
    private @Nullable Path later;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "The time between the two, such as 10.06; without it there are no rates.")
    private @Nullable Double seconds;

    @Option(names = "--engine", paramLabel = "ID", description = "The engine; found out from the text unless given.")
    private @Nullable String engine;

    @Option(names = "--json", description = "Print the window as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        String first = address(earlier);
        String id = engine != null ? engine : detect(first);
        Window window = window(collect(id, first), collect(id, address(later)));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (json) {
            out.println(WindowJson.write(window).toPrettyString());
        } else {
            new WindowTable(out).print(window);
        }
        out.flush();
        return 0;
    }

    private Window window(MetricsSnapshot before, MetricsSnapshot after) {
        if (seconds == null) {
            return Window.untimed(before, after);
        }
        if (!(seconds > 0 && seconds < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("--seconds: a time above 0 was expected, not " + seconds);
        }
        return Window.between(before, after, Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private static String address(@Nullable Path file) {
        return Objects.requireNonNull(file).toUri().toString();
    }

    private static MetricsSnapshot collect(String id, String address) {
        return GpuCommand.readerOf(id).collect(address);
    }

    private static String detect(String address) {
        return Collectors.detect(FetchRequest.to(Target.parse(address)))
                .engine()
                .orElseThrow(() -> new CollectException(
                        FailureKind.NOT_PROMETHEUS,
                        address + " holds no metric of a known engine",
                        "Say which engine it is with --engine.",
                        null));
    }
}
