package io.inferencemetrics.cli;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.json.WindowJson;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.History;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
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
    private static final int MOST_SNAPSHOTS = 3_600;
    private static final String HOME_AND_CLEAR = "\033[H\033[J";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "How long to watch, such as 30s; until interrupted unless given.")
    private @Nullable Duration length;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "The time from one read to the next; default 1s. Each read costs the server something too.")
    private Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "The time that rates and quantiles are about, back from the newest read; default 10s.")
    private Duration last = Duration.ofSeconds(10);

    @Option(names = "--json", description = "Print a window as JSON after each read, one to a line.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String id = engine.of(target.request(), Collectors.transport()).id();
        History history = History.of(whole().plus(last), snapshots());
        int read = 0;
        try (Collector collector = target.applyTo(Collectors.forEngine(id)).at(target.address())) {
            Pace pace = new Pace(every, whole());
            while (pace.next()) {
                read += read(collector, history, out);
            }
        }
        if (!json && !onTerminal()) {
            history.whole().ifPresent(window -> printTable(out, window));
        }
        return read > 0 ? 0 : Main.UNREADABLE;
    }

    /** How long to watch; for as long as anybody cares unless given. */
    private Duration whole() {
        return length != null ? length : Duration.ofDays(365);
    }

    private int snapshots() {
        long reads = whole().plus(last).dividedBy(every) + 2;
        return (int) Math.min(MOST_SNAPSHOTS, reads);
    }

    /** How many snapshots came: one, or none where the read failed. */
    private int read(Collector collector, History history, PrintWriter out) {
        CollectResult result = collector.tryCollect();
        if (result instanceof CollectResult.Success success) {
            history.add(success.snapshot());
            print(success.snapshot(), history.last(last), out);
        } else if (result instanceof CollectResult.Failure failure) {
            Objects.requireNonNull(spec).commandLine().getErr().println("not read: " + failure.message());
        }
        out.flush();
        return result instanceof CollectResult.Success ? 1 : 0;
    }

    private void print(MetricsSnapshot snapshot, Optional<Window> window, PrintWriter out) {
        if (json) {
            window.ifPresent(w -> out.println(WindowJson.write(w)));
        } else if (onTerminal()) {
            out.print(HOME_AND_CLEAR);
            window.ifPresent(w -> printTable(out, w));
        } else {
            out.println(WatchLine.of(snapshot, window));
        }
    }

    private static void printTable(PrintWriter out, Window window) {
        out.println();
        new WindowTable(out).print(window);
    }

    private static boolean onTerminal() {
        return Ansi.AUTO.enabled();
    }
}
