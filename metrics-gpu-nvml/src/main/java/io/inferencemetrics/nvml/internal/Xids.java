package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The errors (XID) that the driver reported since the collector was opened, by device and code.
 *
 * <p>Outlives the sessions that count them, so that the error for which a device was lost is not lost with it. Safe for use by
 * several threads.
 */
final class Xids {
    private static final String NO_INSTANCE = "";

    /** Devices and codes beyond these are counted together as others: nothing that a library says fills the memory. */
    private static final int MOST_DEVICES = 1_024;

    private static final int MOST_CODES = 64;
    private static final String OTHERS = "other";

    private final Map<String, Count> devices = new LinkedHashMap<>();

    private record Key(String code, String instance) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCode = code.compareTo(other.code);
            return byCode != 0 ? byCode : instance.compareTo(other.instance);
        }
    }

    private static final class Count {
        private final String[] labels;
        private final Map<Key, Long> codes = new TreeMap<>();
        private long total;
        private long last;

        Count(String... labels) {
            this.labels = labels;
        }
    }

    /** From now on the device is one whose errors are counted. */
    synchronized void watch(Device device) {
        if (devices.size() < MOST_DEVICES) {
            devices.computeIfAbsent(device.uuid, uuid -> new Count(device.labels));
        }
    }

    /**
     * Counts one.
     *
     * @param instance the part of the device that had it; negative where it was none
     */
    synchronized void add(Device device, long code, int instance) {
        watch(device);
        Count count = devices.get(device.uuid);
        if (count == null) {
            return;
        }
        String part = instance < 0 ? NO_INSTANCE : Integer.toString(instance);
        Key key = new Key(Long.toUnsignedString(code), part);
        boolean room = count.codes.size() < MOST_CODES || count.codes.containsKey(key);
        count.codes.merge(room ? key : new Key(OTHERS, NO_INSTANCE), 1L, Long::sum);
        count.total++;
        count.last = code;
    }

    /** Writes the counts: of a device that is not watched why, unless it is lost, which its last error explains. */
    synchronized void write(ExpositionWriter to, Map<Device, Integer> unwatched) {
        Map<String, Count> told = new LinkedHashMap<>(devices);
        unwatched.keySet().stream()
                .filter(device -> !Status.isLost(device.lost))
                .forEach(device -> told.remove(device.uuid));
        to.family("nvml_xid_errors_total", MetricType.COUNTER);
        told.values().forEach(count -> write(to, count));
        writeWhy(to, unwatched, told);
        to.family("nvml_xid_last", MetricType.GAUGE);
        told.values().forEach(count -> to.sample(count.last, count.labels));
        writeWhy(to, unwatched, told);
    }

    private static void writeWhy(ExpositionWriter to, Map<Device, Integer> unwatched, Map<String, Count> told) {
        unwatched.forEach((device, status) -> {
            if (!told.containsKey(device.uuid)) {
                to.absent(Status.absence(status), device.labels);
            }
        });
    }

    private static void write(ExpositionWriter to, Count count) {
        to.sample(count.total, count.labels);
        count.codes.forEach((key, times) -> to.sample(times, labels(count.labels, key)));
    }

    private static String[] labels(String[] device, Key key) {
        return key.instance.equals(NO_INSTANCE)
                ? Device.with(device, "xid", key.code)
                : Device.with(device, "xid", key.code, "gpu_instance_id", key.instance);
    }
}
