package io.inferencemetrics.nvml.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    private final Known known;
    private final Map<Device, String[]> infos = new LinkedHashMap<>();
    private Selection selection;

    /** What the library says of a number. */
    private record Found(int index, int status, long handle, String uuid) {}

    /**
     * Finds them, and remembers them; of those that were known and are not there any more says that they are lost.
     *
     * @throws IllegalArgumentException when the selection names what is not there
     */
    DeviceList(Call call, Known known) {
        this.call = call;
        this.known = known;
        selection = known.selection();
        long count = call.number(NvmlFunction.COUNT, 0, 0);
        List<Found> there = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, count); i++) {
            there.add(find(i));
        }
        Map<Device, Selection.Candidate> found = new LinkedHashMap<>();
        there.forEach(one -> identify(one, there, found));
        if (!found.isEmpty()) {
            choose(found);
        }
        if (count >= 0) {
            addMissing(found.keySet());
        }
    }

    private void choose(Map<Device, Selection.Candidate> found) {
        List<Selection.Candidate> candidates = List.copyOf(found.values());
        selection = selection.among(candidates);
        known.select(selection.remembered(candidates));
        String driver = call.text(NvmlFunction.DRIVER_VERSION, 0);
        String cuda = cudaVersion();
        found.forEach((device, candidate) -> add(device, candidate, driver, cuda));
    }

    private void addMissing(Set<Device> found) {
        Set<String> uuids = found.stream().map(device -> device.uuid).collect(Collectors.toSet());
        for (Known.Seen seen : known.devices()) {
            if (!uuids.contains(seen.uuid)) {
                Device device = new Device(0, seen.index, seen.uuid).unreachable(Status.GPU_IS_LOST);
                device.whole = seen.whole;
                infos.put(device, device.with(seen.info));
            }
        }
    }

    /** The labels that say who each device is. */
    Map<Device, String[]> infos() {
        return infos;
    }

    private Found find(int index) {
        int status = call.of(NvmlFunction.HANDLE, index);
        long handle = status == Status.SUCCESS ? call.out.getLong(0) : 0;
        return new Found(index, status, handle, status == Status.SUCCESS ? call.text(NvmlFunction.UUID, handle) : "");
    }

    private void identify(Found one, List<Found> there, Map<Device, Selection.Candidate> found) {
        String number = Integer.toString(one.index);
        boolean reachable = one.status == Status.SUCCESS;
        String uuid = one.uuid.isEmpty() ? before(number, there) : one.uuid;
        Device device = new Device(one.handle, number, uuid).unreachable(one.status);
        if (reachable) {
            device.remember(NvmlFunction.MIG_MODE, 0, findParts(device, true));
        }
        List<String> parts = device.instances.stream().map(part -> part.uuid).toList();
        found.put(device, new Selection.Candidate(number, uuid, reachable ? pciId(one.handle) : "", parts));
    }

    /** The UUID that a number had, unless it now has another number; the number where it is not known. */
    private String before(String number, List<Found> there) {
        return known.devices().stream()
                .filter(seen -> seen.index.equals(number))
                .map(seen -> seen.uuid)
                .filter(uuid -> there.stream().noneMatch(one -> one.uuid.equals(uuid)))
                .findFirst()
                .orElse(number);
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
        Optional<Known.Seen> seen = known.device(device.uuid);
        if (device.whole || !device.instances.isEmpty() || seen.isPresent()) {
            boolean there = device.unreachable == Status.SUCCESS;
            String[] info =
                    there || seen.isEmpty() ? info(device, candidate.pciId(), driver, cuda) : seen.orElseThrow().info;
            infos.put(device, device.with(info));
            seen.ifPresent(before -> resume(device, before));
            known.found(device, info);
        }
    }

    private static void resume(Device device, Known.Seen before) {
        device.gpuBusy = before.gpuBusy;
        device.memoryBusy = before.memoryBusy;
        device.gpuBusy.resume();
        device.memoryBusy.resume();
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
