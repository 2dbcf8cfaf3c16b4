package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a device has several of: fans, processes; and the samples that its driver keeps. */
final class Lists {
    private static final int MAX_FANS = 16;
    private static final int NAME_LENGTH = 256;
    private static final Map<NvmlFunction, String> PROCESSES = processes();

    private final Call call;

    Lists(Call call) {
        this.call = call;
    }

    private static Map<NvmlFunction, String> processes() {
        Map<NvmlFunction, String> types = new LinkedHashMap<>();
        types.put(NvmlFunction.COMPUTE_PROCESSES, "compute");
        types.put(NvmlFunction.GRAPHICS_PROCESSES, "graphics");
        types.put(NvmlFunction.MPS_PROCESSES, "mps");
        return types;
    }

    void write(ExpositionWriter to, List<Device> devices) {
        List<Device> whole = devices.stream().filter(device -> !device.instance).toList();
        to.family("nvml_gpu_busy_seconds_total", MetricType.COUNTER);
        whole.forEach(device -> writeBusy(to, device, device.gpuBusy));
        to.family("nvml_memory_busy_seconds_total", MetricType.COUNTER);
        whole.forEach(device -> writeBusy(to, device, device.memoryBusy));
        to.family("nvml_fan_speed_percent", MetricType.GAUGE);
        whole.forEach(device -> writeFans(to, device));
        writeProcesses(to, devices);
        writeProcessUtilization(to, whole);
    }

    private int ask(Device device, NvmlFunction function, int b) {
        int known = device.known(function, b);
        if (known != Status.SUCCESS) {
            return known;
        }
        int status = device.noted(call.of(function, device.handle, b, 0));
        device.remember(function, b, status);
        return status;
    }

    private void writeBusy(ExpositionWriter to, Device device, BusyTime busy) {
        int status = device.known(NvmlFunction.SAMPLES, busy.kind());
        if (status == Status.SUCCESS) {
            status = device.noted(busy.read(call, device.handle));
            device.remember(NvmlFunction.SAMPLES, busy.kind(), status);
        }
        if (status == Status.SUCCESS) {
            to.sample(busy.seconds(), device.labels);
        } else {
            to.absent(Status.absence(status), device.labels);
        }
    }

    private void writeFans(ExpositionWriter to, Device device) {
        int status = ask(device, NvmlFunction.FANS, 0);
        int fans = status == Status.SUCCESS ? Math.min(MAX_FANS, call.out.getInt(0)) : 0;
        if (fans <= 0) {
            to.absent(Status.absence(status == Status.SUCCESS ? Status.NOT_SUPPORTED : status), device.labels);
        }
        for (int fan = 0; fan < fans; fan++) {
            int said = ask(device, NvmlFunction.FAN_SPEED, fan);
            writeNumber(to, said, device.with("fan", Integer.toString(fan)));
        }
    }

    private void writeNumber(ExpositionWriter to, int status, String[] labels) {
        if (status == Status.SUCCESS) {
            to.sample(Integer.toUnsignedLong(call.out.getInt(0)), labels);
        } else {
            to.absent(Status.absence(status), labels);
        }
    }

    // the families one after the other, and the lists of the devices read once
    private void writeProcesses(ExpositionWriter to, List<Device> devices) {
        List<Line> lines = new ArrayList<>();
        List<Line> counts = new ArrayList<>();
        Map<List<String>, String> names = new LinkedHashMap<>();
        for (Device device : devices) {
            if (!device.instances.isEmpty()) {
                // each is in the list of its part
                continue;
            }
            PROCESSES.forEach((function, type) -> {
                List<Processes.Entry> entries = new ArrayList<>();
                int status = device.known(function, 0);
                if (status == Status.SUCCESS) {
                    status = device.noted(Processes.read(call, function, device.handle, entries));
                    device.remember(function, 0, status);
                }
                counts.add(new Line(device.with("type", type), status, entries.size()));
                entries.forEach(entry -> lines.add(line(device, type, entry)));
                entries.forEach(entry -> names.computeIfAbsent(
                        List.of(device.with("pid", Integer.toUnsignedString(entry.pid()))), key -> name(entry.pid())));
            });
        }
        to.family("nvml_processes", MetricType.GAUGE);
        counts.forEach(line -> line.write(to));
        to.family("nvml_process_memory_bytes", MetricType.GAUGE);
        lines.forEach(line -> line.write(to));
        to.family("nvml_process_info", MetricType.GAUGE);
        names.forEach((labels, name) -> to.sample(1, named(labels, name)));
    }

    private void writeProcessUtilization(ExpositionWriter to, List<Device> devices) {
        List<Line> compute = new ArrayList<>();
        List<Line> memory = new ArrayList<>();
        for (Device device : devices) {
            List<Processes.Use> uses = new ArrayList<>();
            int status = device.known(NvmlFunction.PROCESS_UTILIZATION, 0);
            if (status == Status.SUCCESS) {
                status = device.noted(Processes.readUse(call, device, uses));
                device.remember(NvmlFunction.PROCESS_UTILIZATION, 0, status);
            }
            if (status != Status.SUCCESS && status != Status.NOT_FOUND) {
                compute.add(new Line(device.labels, status, 0));
                memory.add(new Line(device.labels, status, 0));
            }
            for (Processes.Use use : uses) {
                String[] labels = device.with("pid", Integer.toUnsignedString(use.pid()));
                compute.add(new Line(labels, Status.SUCCESS, use.computePercent()));
                memory.add(new Line(labels, Status.SUCCESS, use.memoryPercent()));
            }
        }
        to.family("nvml_process_utilization_percent", MetricType.GAUGE);
        compute.forEach(line -> line.write(to));
        to.family("nvml_process_memory_utilization_percent", MetricType.GAUGE);
        memory.forEach(line -> line.write(to));
    }

    private static String[] named(List<String> labels, String name) {
        List<String> all = new ArrayList<>(labels);
        all.addAll(List.of("name", name));
        return all.toArray(new String[0]);
    }

    private static Line line(Device device, String type, Processes.Entry entry) {
        List<String> labels = new ArrayList<>(List.of(device.labels));
        if (!device.instance && entry.inInstance()) {
            labels.addAll(List.of(
                    "gpu_instance_id", Integer.toString(entry.gpuInstance()),
                    "compute_instance_id", Integer.toString(entry.computeInstance())));
        }
        labels.addAll(List.of("pid", Integer.toUnsignedString(entry.pid()), "type", type));
        int status = entry.memoryBytes() == -1 ? Status.NOT_FOUND : Status.SUCCESS;
        return new Line(labels.toArray(new String[0]), status, entry.memoryBytes());
    }

    private String name(int pid) {
        int status = call.of(NvmlFunction.PROCESS_NAME, pid, NAME_LENGTH, 0);
        return status == Status.SUCCESS ? call.textAt(0, NAME_LENGTH) : "";
    }

    private record Line(String[] labels, int status, double value) {
        void write(ExpositionWriter to) {
            if (status == Status.SUCCESS) {
                to.sample(value, labels);
            } else {
                to.absent(Status.absence(status), labels);
            }
        }
    }
}
