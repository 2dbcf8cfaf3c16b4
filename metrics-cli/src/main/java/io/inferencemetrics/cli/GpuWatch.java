package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.json.WindowJson;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is printed while devices are read again and again. */
final class GpuWatch {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'  ", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final boolean json;
    private final Function<MetricsSnapshot, Map<String, MetricsSnapshot>> wanted;
    private final GpuRows rows;
    private Optional<MetricsSnapshot> newest = Optional.empty();

    /**
     * Prints.
     *
     * @param wanted the devices of a snapshot that are shown, by their ids
     */
    GpuWatch(PrintWriter out, boolean json, Function<MetricsSnapshot, Map<String, MetricsSnapshot>> wanted) {
        this.out = out;
        this.json = json;
        this.wanted = wanted;
        this.rows = new GpuRows(out);
    }

    void print(MetricsSnapshot snapshot, Optional<Window> window) {
        newest = Optional.of(snapshot);
        Map<String, MetricsSnapshot> devices = wanted.apply(snapshot);
        if (json) {
            window.ifPresent(w -> out.println(json(w, devices)));
        } else if (WatchOptions.onTerminal()) {
            WatchOptions.clear(out);
            out.println(title(snapshot, window));
            new GpuRows(out).print("", GpuRows.of(devices, window));
        } else {
            rows.print(TIME.format(snapshot.info().time()), GpuRows.of(devices, window));
        }
    }

    /** The rows over the whole time, where those of each read have gone by. */
    void printWhole(Window window) {
        if (!json && !WatchOptions.onTerminal()) {
            newest.ifPresent(snapshot -> {
                out.printf("%n%s%n", title(snapshot, Optional.of(window)));
                new GpuRows(out).print("", GpuRows.of(wanted.apply(snapshot), Optional.of(window)));
            });
        }
    }

    private static String title(MetricsSnapshot snapshot, Optional<Window> window) {
        String over = window.flatMap(Window::length)
                .map(length -> String.format(Locale.ROOT, ", over %.3f s", length.toNanos() / 1e9))
                .orElse("");
        return snapshot.info().engine() + " at " + snapshot.info().target() + over;
    }

    private static ObjectNode json(Window window, Map<String, MetricsSnapshot> devices) {
        ObjectNode all = WindowJson.write(window);
        ObjectNode each = all.putObject("devices");
        devices.forEach((id, device) -> {
            Window own = window.where(Dimension.GPU, id);
            each.set(id, WindowJson.write(own));
            device.values(Dimension.GPU_INSTANCE)
                    .forEach(part ->
                            each.set(id + "/" + part, WindowJson.write(own.where(Dimension.GPU_INSTANCE, part))));
        });
        return all;
    }
}
