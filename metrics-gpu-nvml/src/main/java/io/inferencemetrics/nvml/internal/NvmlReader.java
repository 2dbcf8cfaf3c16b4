package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** NVML opened, and read as often as wanted, by one thread. */
final class NvmlReader implements AutoCloseable {
    private static final int FIELD_BYTES = 40;

    private final Call call;
    private final DeviceList list;
    private final Lists lists;
    private final boolean performance = Boolean.getBoolean(Performance.PROPERTY);

    private NvmlReader(Call call, DeviceList list) {
        this.call = call;
        this.list = list;
        this.lists = new Lists(call);
    }

    /**
     * Opens NVML and finds the devices.
     *
     * @throws CollectException when it cannot be opened
     * @throws IllegalArgumentException when none of the devices is meant by the selection
     */
    static NvmlReader open(Nvml nvml, Selection selection) {
        Call call = new Call(nvml);
        int status = call.of(NvmlFunction.INIT, 0);
        if (status != Status.SUCCESS) {
            throw new CollectException(
                    FailureKind.CONNECT,
                    "NVML cannot be opened (status " + status + "): " + Status.explained(status),
                    "See docs/gpu.md for what it takes.",
                    null);
        }
        DeviceList list = new DeviceList(call, selection);
        if (list.infos().isEmpty()) {
            call.of(NvmlFunction.SHUTDOWN, 0);
            throw nothing(selection, list);
        }
        return new NvmlReader(call, list);
    }

    private static RuntimeException nothing(Selection selection, DeviceList list) {
        if (selection.all()) {
            return new CollectException(
                    FailureKind.CONNECT,
                    "NVML sees no GPU",
                    "Look at nvidia-smi -L; a container must be given its GPUs.",
                    null);
        }
        return selection.unknown(list.seen());
    }

    /** Reads all devices and writes what they say; whether all of them answer. */
    boolean read(ExpositionWriter to) {
        List<Device> devices = new ArrayList<>();
        for (Device device : list.infos().keySet()) {
            if (!device.instances.isEmpty() || device.whole) {
                refreshParts(device);
                devices.addAll(device.read());
            }
        }
        devices.forEach(this::ask);
        writeWho(to);
        writeValues(to, devices);
        lists.write(to, devices);
        if (performance) {
            readPerformance();
            Performance.write(to, devices);
        }
        writeUp(to);
        return devices.stream().allMatch(device -> device.lost == Status.SUCCESS);
    }

    private void readPerformance() {
        for (Device whole : list.infos().keySet()) {
            for (Device device : whole.read()) {
                device.performance.read(call, device, whole, System.nanoTime());
            }
        }
    }

    private void refreshParts(Device device) {
        device.begin();
        if (device.known(NvmlFunction.MIG_MODE, 0) == Status.SUCCESS) {
            device.remember(NvmlFunction.MIG_MODE, 0, list.findParts(device, device.whole));
        }
    }

    private void ask(Device device) {
        device.begin();
        for (Probe probe : Probes.CALLS) {
            if (!device.instance || probe.instances()) {
                ask(device, probe);
            }
        }
        if (!device.instance) {
            askFields(device);
        }
    }

    private void ask(Device device, Probe probe) {
        int status = device.known(probe.function(), probe.key());
        if (status == Status.SUCCESS) {
            call.structure(probe.version());
            status = device.noted(call.of(probe.function(), device.handle, probe.b(), probe.c()));
            device.remember(probe.function(), probe.key(), status);
        }
        if (Status.asksForOlder(status) && probe.older().isPresent()) {
            ask(device, probe.older().get());
            return;
        }
        for (Slot slot : probe.slots()) {
            if (status == Status.SUCCESS) {
                device.put(slot.family(), slot.in(call.out));
            } else {
                device.fail(slot.family(), status);
            }
        }
    }

    private void askFields(Device device) {
        int count = Probes.FIELDS.size();
        call.fill(0, count * FIELD_BYTES, (byte) 0);
        for (int i = 0; i < count; i++) {
            call.out.putInt(i * FIELD_BYTES, Probes.FIELDS.get(i).id());
            call.out.putInt(i * FIELD_BYTES + 4, Probes.FIELDS.get(i).scope());
        }
        int whole = device.known(NvmlFunction.FIELDS, count);
        if (whole == Status.SUCCESS) {
            whole = device.noted(call.of(NvmlFunction.FIELDS, device.handle, count, 0));
            device.remember(NvmlFunction.FIELDS, count, whole);
        }
        for (int i = 0; i < count; i++) {
            String family = Probes.FIELDS.get(i).family();
            int status = whole == Status.SUCCESS ? call.out.getInt(i * FIELD_BYTES + 28) : whole;
            if (status == Status.SUCCESS) {
                device.put(family, fieldValue(i * FIELD_BYTES));
            } else {
                // an id that is newer than the driver
                device.fail(family, status == Status.INVALID_ARGUMENT ? Status.NOT_SUPPORTED : status);
            }
        }
    }

    private double fieldValue(int at) {
        return switch (call.out.getInt(at + 24)) {
            case 0 -> call.out.getDouble(at + 32);
            case 1 -> Slot.Kind.U32.read(call.out, at + 32);
            case 4 -> call.out.getLong(at + 32);
            case 5 -> call.out.getInt(at + 32);
            case 6 -> Short.toUnsignedInt(call.out.getShort(at + 32));
            default -> Slot.Kind.U64.read(call.out, at + 32);
        };
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

    private static void writeValues(ExpositionWriter to, List<Device> devices) {
        int number = 0;
        for (Map.Entry<String, MetricType> family : Families.all().entrySet()) {
            to.family(family.getKey(), family.getValue());
            for (Device device : devices) {
                if (device.status(number) == Status.SUCCESS) {
                    to.sample(device.value(number), device.labels);
                } else if (device.says(number)) {
                    to.absent(Status.absence(device.status(number)), device.labels);
                }
            }
            number++;
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

    @Override
    public void close() {
        list.infos().keySet().stream()
                .flatMap(device -> device.read().stream())
                .forEach(device -> device.performance.free(call));
        call.of(NvmlFunction.SHUTDOWN, 0);
    }
}
