package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the devices, who they are, and the parts of those that are split. */
final class DeviceList {
    private static final int PCI_ID_AT = 36;
    private static final int PCI_ID_LENGTH = 32;

    /** More than any machine has; what a broken library says beyond that is not believed. */
    private static final int MOST = 1_024;

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
    private final Map<Device, String[]> infos = new LinkedHashMap<>();
    private Selection selection;

    /**
     * Finds them.
     *
     * @throws IllegalArgumentException when the selection names what is not there
     */
    DeviceList(Call call, Selection wanted) {
        this.call = call;
        selection = Selection.parse("", Map.of());
        Map<Device, Selection.Candidate> found = new LinkedHashMap<>();
        long count = Math.max(0, call.number(NvmlFunction.COUNT, 0, 0));
        for (int i = 0; i < Math.min(MOST, count); i++) {
            find(i, found);
        }
        if (!found.isEmpty()) {
            selection = wanted.among(List.copyOf(found.values()));
            String driver = call.text(NvmlFunction.DRIVER_VERSION, 0);
            String cuda = cudaVersion();
            found.forEach((device, candidate) -> add(device, candidate, driver, cuda));
        }
    }

    /** The labels that say who each device is. */
    Map<Device, String[]> infos() {
        return infos;
    }

    /** What was chosen of what is there. */
    Selection selection() {
        return selection;
    }

    private void find(int index, Map<Device, Selection.Candidate> found) {
        String number = Integer.toString(index);
        int status = call.of(NvmlFunction.HANDLE, index);
        long handle = status == Status.SUCCESS ? call.out.getLong(0) : 0;
        String uuid = status == Status.SUCCESS ? call.text(NvmlFunction.UUID, handle) : "";
        Device device = new Device(handle, number, uuid.isEmpty() ? number : uuid);
        if (status != Status.SUCCESS) {
            device.unreachable = status;
            device.lost = status;
        } else {
            device.remember(NvmlFunction.MIG_MODE, 0, findParts(device, true));
        }
        String pciId = status == Status.SUCCESS ? pciId(handle) : "";
        List<String> parts = device.instances.stream().map(part -> part.uuid).toList();
        found.put(device, new Selection.Candidate(number, device.uuid, pciId, parts));
    }

    private void add(Device device, Selection.Candidate candidate, String driver, String cuda) {
        device.whole = selection.takes(candidate);
        if (!device.whole) {
            replace(
                    device,
                    device.instances.stream()
                            .filter(part -> selection.takesPart(part.uuid))
                            .toList());
        }
        if (device.whole || !device.instances.isEmpty()) {
            infos.put(device, device.with(info(device, candidate.pciId(), driver, cuda)));
        }
    }

    private String[] info(Device device, String pciId, String driver, String cuda) {
        boolean there = device.unreachable == Status.SUCCESS;
        return new String[] {
            "name",
            there ? call.text(NvmlFunction.NAME, device.handle) : "",
            "pci_bus_id",
            pciId,
            "architecture",
            there ? architecture(device.handle) : "",
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
        long most = Math.min(MOST, Math.max(0, call.number(NvmlFunction.MIG_COUNT, device.handle, 0)));
        for (int i = 0; i < most; i++) {
            if (call.of(NvmlFunction.MIG_HANDLE, device.handle, i, 0) == Status.SUCCESS) {
                Device part = part(device, call.out.getLong(0));
                if (taken || selection.takesPart(part.uuid)) {
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
        String uuid = call.text(NvmlFunction.UUID, handle);
        for (Device known : device.instances) {
            if (known.handle == handle && known.uuid.equals(uuid)) {
                return known;
            }
        }
        long gpuInstance = call.number(NvmlFunction.GPU_INSTANCE_ID, handle, 0);
        long computeInstance = call.number(NvmlFunction.COMPUTE_INSTANCE_ID, handle, 0);
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
