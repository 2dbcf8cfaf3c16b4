package io.inferencemetrics.cli;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collector;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.History;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How to read again and again: the same for every command that does. */
final class WatchOptions {
    private static final int MOST_SNAPSHOTS = 3_600;
    private static final String HOME_AND_CLEAR = "\033[H\033[J";

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
            description = "The time from one read to the next; default 1s. Each read costs what is read something too.")
    private Duration every = Duration.ofSeconds(1);

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = TimeConverter.Positive.class,
            description = "The time that rates and quantiles are about, back from the newest read; default 10s.")
    private Duration last = Duration.ofSeconds(10);

    /**
     * Reads until the time is up; what cannot be read is said on the standard error and does not end it.
     *
     * @param each gets every snapshot with the window that ends with it, if there is one
     * @param atEnd gets the window over all that was read, if there is one
     * @return the exit code: unreadable where no read succeeded
     */
    int run(
            Collector collector,
            CommandLine line,
            BiConsumer<MetricsSnapshot, Optional<Window>> each,
            Consumer<Window> atEnd) {
        History history = History.of(whole().plus(last), snapshots());
        int read = 0;
        for (Pace pace = new Pace(every, whole()); pace.next(); ) {
            CollectResult result = collector.tryCollect();
            if (result instanceof CollectResult.Success success) {
                read++;
                history.add(success.snapshot());
                show(each, success.snapshot(), history.last(last), line, read == 1);
            } else if (result instanceof CollectResult.Failure failure) {
                line.getErr().println("not read: " + failure.message());
            }
            line.getOut().flush();
        }
        history.whole().ifPresent(atEnd);
        return read > 0 ? 0 : Main.UNREADABLE;
    }

    /** A device that was there at first may be gone for a while. */
    private static void show(
            BiConsumer<MetricsSnapshot, Optional<Window>> each,
            MetricsSnapshot snapshot,
            Optional<Window> window,
            CommandLine line,
            boolean first) {
        try {
            each.accept(snapshot, window);
        } catch (IllegalArgumentException e) {
            if (first) {
                throw e;
            }
            line.getErr().println("not shown: " + e.getMessage());
        }
    }

    /** Whether it was said how long to watch. */
    boolean hasLength() {
        return length != null;
    }

    /** How long to watch; for as long as anybody cares unless given. */
    private Duration whole() {
        return length != null ? length : Duration.ofDays(365);
    }

    private int snapshots() {
        long reads = whole().plus(last).dividedBy(every) + 2;
        return (int) Math.min(MOST_SNAPSHOTS, reads);
    }

    /** Whether a person looks at the output as it comes. */
    static boolean onTerminal() {
        return Ansi.AUTO.enabled();
    }

    /** Makes room for the next table in place of the last one. */
    static void clear(PrintWriter out) {
        out.print(HOME_AND_CLEAR);
    }
}
