package io.inferencemetrics.cli;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Chooses devices of a snapshot by their numbers and ids. */
final class Devices {
    private Devices() {}

    /**
     * The devices that were asked for, in the order in which they were.
     *
     * @throws IllegalArgumentException when there is no such device, naming those there are
     */
    static Map<String, MetricsSnapshot> selected(MetricsSnapshot snapshot, String selection) {
        if (selection.equals("visible")) {
            throw new IllegalArgumentException(
                    "--gpu visible is about this process; of an address, give numbers or UUIDs");
        }
        Map<String, MetricsSnapshot> devices = snapshot.devices();
        if (selection.equals(LocalSource.ALL)) {
            return devices;
        }
        Map<String, MetricsSnapshot> selected = new LinkedHashMap<>();
        for (String word : selection.split(",")) {
            Map<String, MetricsSnapshot> meant = new LinkedHashMap<>(devices);
            meant.entrySet().removeIf(device -> !is(device.getValue(), device.getKey(), word.strip()));
            if (meant.isEmpty()) {
                throw new IllegalArgumentException(
                        "--gpu: no device is '" + word.strip() + "'; there are " + names(devices));
            }
            selected.putAll(meant);
        }
        return selected;
    }

    /** How people call a device: by its number where it has one. */
    static String name(MetricsSnapshot device, String id) {
        double index = device.value(GpuMetrics.INDEX);
        return Double.isNaN(index) ? id : String.valueOf((long) index);
    }

    private static boolean is(MetricsSnapshot device, String id, String word) {
        return !word.isEmpty() && (name(device, id).equals(word) || startsWith(id, word));
    }

    private static boolean startsWith(String id, String word) {
        return id.toLowerCase(Locale.ROOT).startsWith(word.toLowerCase(Locale.ROOT));
    }

    private static String names(Map<String, MetricsSnapshot> devices) {
        return devices.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        devices.entrySet().stream()
                                .map(e -> name(e.getValue(), e.getKey()) + " (" + e.getKey() + ")")
                                .toList());
    }
}
