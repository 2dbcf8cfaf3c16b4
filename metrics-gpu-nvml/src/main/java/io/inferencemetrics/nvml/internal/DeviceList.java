package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the devices, who they are, and the parts of those that are split. */
final class DeviceList {
    private static final int PCI_ID_AT = 36;
    private static final int PCI_ID_LENGTH = 32;
    private static final List<String> ARCHITECTURES = List.of(
            "",
            "",
            "Kepler",
            "Maxwell",
            "Pascal",
            "Volta",
            "Turing",
            "Ampere",
            "Ada",
            "Hopper",
            "Blackwell",
            "",
            "",
            "Rubin");

    private final Call call;
    private final Selection selection;
    private final Map<Device, String[]> infos = new LinkedHashMap<>();
    private final List<String> seen = new ArrayList<>();

    DeviceList(Call call, Selection selection) {
        this.call = call;
        this.selection = selection;
        String driver = call.text(NvmlFunction.DRIVER_VERSION, 0);
        String cuda = cudaVersion();
        long count = Math.max(0, call.number(NvmlFunction.COUNT, 0, 0));
        for (int i = 0; i < count; i++) {
            add(i, driver, cuda);
        }
    }

    /** The labels that say who each device is. */
    Map<Device, String[]> infos() {
        return infos;
    }

    /** What there is, in words, for who asked for something else. */
    List<String> seen() {
        return seen;
    }

    private void add(int index, String driver, String cuda) {
        String number = Integer.toString(index);
        int status = call.of(NvmlFunction.HANDLE, index);
        long handle = call.out.getLong(0);
        String uuid = status == Status.SUCCESS ? call.text(NvmlFunction.UUID, handle) : "";
        Device device = new Device(handle, number, uuid.isEmpty() ? number : uuid);
        String pciId = status == Status.SUCCESS ? pciId(handle) : "";
        seen.add(number + (uuid.isEmpty() ? "" : " (" + uuid + ")"));
        boolean taken = selection.takes(device.index, device.uuid, pciId);
        if (status != Status.SUCCESS) {
            device.unreachable = status;
            device.lost = status;
        } else {
            device.remember(NvmlFunction.MIG_MODE, 0, findParts(device, taken));
        }
        if (taken || !device.instances.isEmpty()) {
            device.whole = taken;
            String name = status == Status.SUCCESS ? call.text(NvmlFunction.NAME, handle) : "";
            infos.put(device, device.with(info(name, pciId, handle, driver, cuda)));
        }
    }

    private String[] info(String name, String pciId, long handle, String driver, String cuda) {
        return new String[] {
            "name",
            name,
            "pci_bus_id",
            pciId,
            "architecture",
            architecture(handle),
            "driver_version",
            driver,
            "cuda_version",
            cuda
        };
    }

    /** Finds the parts anew: they come and go while the device stays. The status of the question whether it is split. */
    int findParts(Device device, boolean taken) {
        int status = call.of(NvmlFunction.MIG_MODE, device.handle);
        if (status != Status.SUCCESS || call.out.getInt(0) == 0) {
            replace(device, List.of());
            return status;
        }
        List<Device> parts = new ArrayList<>();
        long most = Math.max(0, call.number(NvmlFunction.MIG_COUNT, device.handle, 0));
        for (int i = 0; i < most; i++) {
            if (call.of(NvmlFunction.MIG_HANDLE, device.handle, i, 0) == Status.SUCCESS) {
                Device part = part(device, call.out.getLong(0));
                if (taken || selection.takesPart(part)) {
                    parts.add(part);
                }
            }
        }
        replace(device, parts);
        return status;
    }

    private void replace(Device device, List<Device> parts) {
        device.instances.stream().filter(part -> !parts.contains(part)).forEach(part -> part.performance.free(call));
        device.instances = parts;
    }

    private Device part(Device device, long handle) {
        for (Device known : device.instances) {
            if (known.handle == handle) {
                return known;
            }
        }
        long gpuInstance = call.number(NvmlFunction.GPU_INSTANCE_ID, handle, 0);
        long computeInstance = call.number(NvmlFunction.COMPUTE_INSTANCE_ID, handle, 0);
        String uuid = call.text(NvmlFunction.UUID, handle);
        Device part = device.part(handle, uuid, Long.toString(gpuInstance), Long.toString(computeInstance));
        part.gpuInstance = gpuInstance;
        String name = call.text(NvmlFunction.NAME, handle);
        int profile = name.indexOf("MIG ");
        part.info = part.with("mig_uuid", uuid, "profile", profile < 0 ? name : name.substring(profile + 4));
        return part;
    }

    private String pciId(long handle) {
        return call.of(NvmlFunction.PCI_INFO, handle) == Status.SUCCESS ? call.textAt(PCI_ID_AT, PCI_ID_LENGTH) : "";
    }

    private String architecture(long handle) {
        long number = call.number(NvmlFunction.ARCHITECTURE, handle, 0);
        return number >= 0 && number < ARCHITECTURES.size() ? ARCHITECTURES.get((int) number) : "";
    }

    private String cudaVersion() {
        long version = call.number(NvmlFunction.CUDA_VERSION, 0, 0);
        return version < 0 ? "" : version / 1000 + "." + version % 1000 / 10;
    }
}
