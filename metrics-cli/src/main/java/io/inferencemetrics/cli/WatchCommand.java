package io.inferencemetrics.cli;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.json.WindowJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code watch}: reads a server again and again, and says what happens on it. */
@Command(
        name = "watch",
        description = {
            "Reads a server again and again and says what happens on it: rates, ratios, quantiles, queue, KV cache.",
            "On a terminal as a table that renews itself; elsewhere a line for each read, and the table of all at the end."
        },
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private WatchOptions watching = new WatchOptions();

    @Option(names = "--json", description = "Print a window as JSON after each read, one to a line.")
    private boolean json;

    @Override
    public Integer call() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = line.getOut();
        String id = engine.of(target.request(), Collectors.transport()).id();
        try (Collector collector = target.applyTo(Collectors.forEngine(id)).at(target.address())) {
            return watching.run(
                    collector,
                    line,
                    (snapshot, window) -> print(snapshot, window, out),
                    window -> printEnd(window, out));
        }
    }

    private void print(MetricsSnapshot snapshot, Optional<Window> window, PrintWriter out) {
        if (json) {
            window.ifPresent(w -> out.println(WindowJson.write(w)));
        } else if (WatchOptions.onTerminal()) {
            WatchOptions.clear(out);
            window.ifPresent(w -> printTable(out, w));
        } else {
            out.println(WatchLine.of(snapshot, window));
        }
    }

    private void printEnd(Window window, PrintWriter out) {
        if (!json && !WatchOptions.onTerminal()) {
            printTable(out, window);
        }
    }

    private static void printTable(PrintWriter out, Window window) {
        out.println();
        new WindowTable(out).print(window);
    }
}
