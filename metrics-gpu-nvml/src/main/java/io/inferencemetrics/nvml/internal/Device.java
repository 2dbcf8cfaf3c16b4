package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A device or a part of one (MIG), what was last read of it, and what it is known not to have. */
final class Device {
    final long handle;
    final String index;
    final String uuid;

    /** By which all of its series are known. */
    final String[] labels;

    /** Its parts, each a device by itself. */
    List<Device> instances = List.of();

    /** Whether it is a part, or a link. */
    final boolean instance;

    /** The number of a part's GPU instance. */
    long gpuInstance = -1;

    /** The labels that say what a part is. */
    String[] info = {};

    /** Whether the device itself is wanted, not only parts of it. */
    boolean whole = true;

    /** Status of the call that should have opened it. */
    int unreachable;

    private final Map<Integer, Integer> unsupported = new HashMap<>();
    final Performance performance = new Performance();
    BusyTime gpuBusy = new BusyTime(1);
    BusyTime memoryBusy = new BusyTime(2);
    private final double[] values = new double[Families.NUMBERS.size()];
    private final int[] statuses = new int[values.length];

    /** Status of the call that said that the device is lost; success while it answers. */
    int lost;

    Device(long handle, String index, String uuid) {
        this(handle, index, uuid, new String[] {"gpu", index, "uuid", uuid}, false);
    }

    private Device(long handle, String index, String uuid, String[] labels, boolean instance) {
        this.handle = handle;
        this.index = index;
        this.uuid = uuid;
        this.labels = labels;
        this.instance = instance;
    }

    /** What the calls answer is not to be had: the call that should have opened the device ended so. */
    Device unreachable(int status) {
        unreachable = status;
        lost = status;
        return this;
    }

    /** A part of this device, with the ids that its processes have too. */
    Device part(long part, String uuidOfPart, String gpuInstance, String computeInstance) {
        String[] more = {"gpu_instance_id", gpuInstance, "compute_instance_id", computeInstance};
        return new Device(part, index, uuidOfPart, with(more), true);
    }

    /** A link of this device, which has values of its own. */
    Device link(int number) {
        return new Device(handle, index, uuid, with("link", Integer.toString(number)), true);
    }

    String[] with(String... more) {
        return with(labels, more);
    }

    static String[] with(String[] labels, String... more) {
        String[] all = Arrays.copyOf(labels, labels.length + more.length);
        System.arraycopy(more, 0, all, labels.length, more.length);
        return all;
    }

    /** Of the newest sample about its processes, in microseconds. */
    long processesSeenMicros;

    /** Nothing has been read yet in this round. */
    void begin() {
        Arrays.fill(statuses, unreachable == Status.SUCCESS ? Status.NOT_SUPPORTED : unreachable);
        lost = unreachable;
    }

    void put(String family, double value) {
        int number = Families.number(family);
        values[number] = value;
        statuses[number] = Status.SUCCESS;
    }

    void fail(String family, int status) {
        statuses[Families.number(family)] = status;
    }

    int status(int family) {
        return statuses[family];
    }

    double value(int family) {
        return values[family];
    }

    /** What is read: this device, if it is wanted, and its parts. */
    List<Device> read() {
        List<Device> all = new ArrayList<>(instances);
        if (whole) {
            all.add(0, this);
        }
        return all;
    }

    /** Notes what a call said; from the first that says so on, the device is lost for this round. */
    int noted(int status) {
        if (Status.isLost(status)) {
            lost = status;
        }
        return status;
    }

    /** The status of a call that need not be made; success where it must. */
    int known(NvmlFunction function, int b) {
        if (lost != Status.SUCCESS) {
            return lost;
        }
        return unsupported.getOrDefault(key(function, b), Status.SUCCESS);
    }

    /** Remembers what asking again would not change. */
    void remember(NvmlFunction function, int b, int status) {
        if (Status.isForGood(status)) {
            unsupported.put(key(function, b), status);
        }
    }

    private static int key(NvmlFunction function, int b) {
        return function.ordinal() << 8 | b & 0xff;
    }

    /** Whether a family without a value is worth a line: parts have few, and say nothing of the rest. */
    boolean says(int family) {
        return !instance || statuses[family] != Status.NOT_SUPPORTED;
    }
}
