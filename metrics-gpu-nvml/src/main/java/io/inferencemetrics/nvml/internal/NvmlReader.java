package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** NVML opened, and read as often as wanted, by one thread. */
final class NvmlReader implements AutoCloseable {
    private static final String MEMORY = "nvml_memory_total_bytes";

    private final Call call;
    private final DeviceList list;
    private final Questions questions;
    private final Links links;
    private final Lists lists;
    private final Events events;
    private final Xids xids;
    private final boolean performance;
    private final @Nullable PcieThroughput pcie;

    private NvmlReader(Nvml nvml, Call call, DeviceList list, Set<Extra> extras, Known known) {
        this.call = call;
        this.list = list;
        this.questions = new Questions(call);
        this.links = new Links(call, questions, extras.contains(Extra.LINKS));
        this.lists = new Lists(call);
        this.events = new Events(call, list, known.xids);
        this.xids = known.xids;
        this.performance = extras.contains(Extra.GPM);
        this.pcie = extras.contains(Extra.PCIE)
                ? new PcieThroughput(nvml, List.copyOf(list.infos().keySet()), System::nanoTime)
                : null;
    }

    /**
     * Opens NVML and finds the devices.
     *
     * @param known what is wanted, and what was found and counted before
     * @throws CollectException when it cannot be opened
     * @throws IllegalArgumentException when the selection names what is not there
     */
    static NvmlReader open(Nvml nvml, Set<Extra> extras, Known known) {
        Call call = new Call(nvml);
        int status = call.of(NvmlFunction.INIT, 0);
        if (status != Status.SUCCESS) {
            throw failure(
                    "NVML cannot be opened (status " + status + "): " + Status.explained(status),
                    "See docs/gpu.md for what it takes.");
        }
        try {
            DeviceList list = new DeviceList(call, known);
            if (list.infos().isEmpty()) {
                throw failure("NVML sees no GPU", "Look at nvidia-smi -L; a container must be given its GPUs.");
            }
            return new NvmlReader(nvml, call, list, extras, known);
        } catch (RuntimeException e) {
            call.of(NvmlFunction.SHUTDOWN, 0);
            throw e;
        }
    }

    private static CollectException failure(String what, String hint) {
        return new CollectException(FailureKind.CONNECT, what, hint, null);
    }

    /** Reads all devices and writes what they say; whether none of them is lost. */
    boolean read(ExpositionWriter to) {
        List<Device> devices = devices();
        devices.forEach(this::ask);
        events.read();
        writeWho(to);
        writeValues(to, devices);
        lists.write(to, devices);
        links.write(to, whole(devices));
        xids.write(to, events.unwatched());
        writeExtras(to, devices);
        noteLostParts();
        writeUp(to);
        return list.infos().keySet().stream().noneMatch(device -> Status.isLost(device.lost));
    }

    private List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        for (Device device : list.infos().keySet()) {
            device.begin();
            refreshParts(device);
            device.instances.forEach(Device::begin);
            devices.addAll(device.read());
        }
        return devices;
    }

    private static List<Device> whole(List<Device> devices) {
        return devices.stream().filter(device -> !device.instance).toList();
    }

    private void refreshParts(Device device) {
        if (device.known(NvmlFunction.MIG_MODE, 0) == Status.SUCCESS) {
            device.remember(NvmlFunction.MIG_MODE, 0, device.noted(list.findParts(device, device.whole)));
        }
    }

    /** A device is lost with any of its parts. */
    private void noteLostParts() {
        list.infos().keySet().forEach(device -> device.instances.forEach(part -> device.noted(part.lost)));
    }

    private void ask(Device device) {
        for (Probe probe : Probes.CALLS) {
            if (!device.instance || probe.instances()) {
                questions.ask(device, probe);
            }
        }
        if (!device.instance) {
            questions.ask(device, Probes.FIELDS, OptionalInt.empty());
            links.read(device);
        }
    }

    private void writeWho(ExpositionWriter to) {
        to.family("nvml_reader_info", MetricType.GAUGE);
        to.sample(1, "reader", "libnvidia-ml");
        to.family("nvml_device_info", MetricType.GAUGE);
        list.infos().forEach((device, labels) -> to.sample(1, labels));
        to.family("nvml_device_index", MetricType.GAUGE);
        list.infos().keySet().forEach(device -> to.sample(Integer.parseInt(device.index), device.labels));
        to.family("nvml_instance_info", MetricType.GAUGE);
        list.infos().keySet().stream()
                .flatMap(device -> device.instances.stream())
                .forEach(part -> to.sample(1, part.info));
    }

    private void writeValues(ExpositionWriter to, List<Device> devices) {
        List<Device> all = new ArrayList<>(devices);
        whole(devices).forEach(device -> all.addAll(links.of(device)));
        int number = 0;
        for (Map.Entry<String, MetricType> family : Families.all().entrySet()) {
            to.family(family.getKey(), family.getValue());
            for (Device device : all) {
                if (device.status(number) == Status.SUCCESS) {
                    to.sample(device.value(number), device.labels);
                } else if (device.says(number)) {
                    to.absent(Status.absence(device.status(number)), device.labels);
                }
            }
            number++;
        }
        writeUnified(to, devices);
    }

    /** A device that answers and has no memory of its own uses that of the host. */
    private static void writeUnified(ExpositionWriter to, List<Device> devices) {
        to.family("nvml_memory_unified", MetricType.GAUGE);
        for (Device device : whole(devices)) {
            int status = device.status(Families.number(MEMORY));
            if (status == Status.SUCCESS) {
                to.sample(0, device.labels);
            } else if (status == Status.NOT_SUPPORTED && device.instances.isEmpty()) {
                to.sample(1, device.labels);
            } else {
                to.absent(Status.absence(status), device.labels);
            }
        }
    }

    private void writeExtras(ExpositionWriter to, List<Device> devices) {
        if (performance) {
            readPerformance();
            Performance.write(to, devices);
        }
        if (pcie != null) {
            pcie.write(to, whole(devices));
        }
    }

    private void readPerformance() {
        for (Device whole : list.infos().keySet()) {
            for (Device device : whole.read()) {
                device.performance.read(call, device, whole, System.nanoTime());
            }
        }
    }

    private void writeUp(ExpositionWriter to) {
        to.family("nvml_device_up", MetricType.GAUGE);
        for (Device device : list.infos().keySet()) {
            Absence why = Status.absence(device.lost);
            if (device.lost == Status.SUCCESS || why == Absence.LOST) {
                to.sample(device.lost == Status.SUCCESS ? 1 : 0, device.labels);
            } else {
                to.absent(why, device.labels);
            }
        }
    }

    /** Whether no call of this reader's other threads is still out, after {@link #close()}. */
    boolean isOver() {
        return pcie == null || pcie.isOver();
    }

    @Override
    public void close() {
        if (pcie != null) {
            pcie.close();
        }
        events.read();
        events.close();
        list.infos().keySet().stream()
                .flatMap(device -> device.read().stream())
                .forEach(device -> device.performance.free(call));
        call.of(NvmlFunction.SHUTDOWN, 0);
    }
}
