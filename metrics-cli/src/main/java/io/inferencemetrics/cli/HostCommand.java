package io.inferencemetrics.cli;

import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.json.SnapshotJson;
import io.inferencemetrics.json.WindowJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code host}: reads this machine and prints what it says. */
@Command(
        name = "host",
        description = "Reads this machine: processor, memory, network, disks, the container's limits, processes.",
        mixinStandardHelpOptions = true)
final class HostCommand implements Callable<Integer> {
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "Also these processes, such as 1234,5678; 1234+ with all that it started.")
    private @Nullable String processes;

    @Option(
            names = "--over",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Read twice, this long apart, such as 1s, and print what happened between.")
    private @Nullable Duration over;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "Deadline for a read, such as 500ms or 5s; default 5s.")
    private Duration timeout = Duration.ofSeconds(5);

    @Option(names = "--all", description = "In the table: also what is absent, and why.")
    private boolean all;

    @Option(names = "--json", description = "Print the snapshot, or with --over the window, as JSON.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (over != null && over.compareTo(SHORTEST_WINDOW) < 0) {
            throw new IllegalArgumentException(
                    "--over: 1s or more was expected, not " + over.toMillis() + "ms: what is read may be 300 ms old");
        }
        CollectorBuilder builder = Collectors.forHost().timeout(timeout);
        try (Collector host = (processes == null ? builder : builder.select(processes)).open()) {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            MetricsSnapshot now = host.collect();
            if (over == null) {
                print(out, now);
            } else {
                Thread.sleep(over.toMillis());
                print(out, Window.between(now, host.collect()));
            }
            out.flush();
        }
        return 0;
    }

    private void print(PrintWriter out, MetricsSnapshot snapshot) {
        if (json) {
            out.println(SnapshotJson.write(snapshot).toPrettyString());
        } else {
            new SnapshotTable(out, all).print(snapshot);
        }
    }

    private void print(PrintWriter out, Window window) {
        if (json) {
            out.println(WindowJson.write(window).toPrettyString());
        } else {
            new WindowTable(out).print(window);
        }
    }
}
