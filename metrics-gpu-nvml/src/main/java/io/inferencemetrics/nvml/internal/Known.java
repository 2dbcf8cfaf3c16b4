package io.inferencemetrics.nvml.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What outlives the sessions of a collector: which devices were found, who they are, and what is counted of them.
 *
 * <p>Safe for use by several threads: a session that was given up may still come back.
 */
final class Known {
    /** Nothing that a library says fills the memory. */
    private static final int MOST = 1_024;

    final Xids xids = new Xids();
    private final Map<String, Seen> devices = new LinkedHashMap<>();
    private Selection selection;

    /** Nothing has been found yet of what is wanted. */
    Known(Selection wanted) {
        selection = wanted;
    }

    /** A device as it was found first, by its UUID. */
    static final class Seen {
        final String index;
        final String uuid;
        final String[] info;
        final boolean whole;
        final BusyTime gpuBusy;
        final BusyTime memoryBusy;

        Seen(Device device, String[] info) {
            this.index = device.index;
            this.uuid = device.uuid;
            this.info = info;
            this.whole = device.whole;
            this.gpuBusy = device.gpuBusy;
            this.memoryBusy = device.memoryBusy;
        }
    }

    /** What is looked for: after the first time the devices that were found then. */
    synchronized Selection selection() {
        return selection;
    }

    synchronized void select(Selection found) {
        selection = found;
    }

    /** Remembers a device that is read; one that never told its UUID could not be known again. */
    synchronized void found(Device device, String[] info) {
        if (!device.uuid.equals(device.index) && devices.size() < MOST) {
            devices.computeIfAbsent(device.uuid, uuid -> new Seen(device, info));
        }
    }

    /** All that were ever read. */
    synchronized List<Seen> devices() {
        return List.copyOf(devices.values());
    }

    synchronized Optional<Seen> device(String uuid) {
        return Optional.ofNullable(devices.get(uuid));
    }
}
