package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import oshi.hardware.HWDiskStore;

/**
 * Traffic of the disks that have a device.
 *
 * <p>OSHI leaves out what lies on other disks, such as RAID and LVM; the paths of a disk that has several are hidden by the
 * kernel, and would count twice.
 */
final class DiskPart implements Part {
    private final Devices<HWDiskStore> disks;

    DiskPart(Supplier<List<HWDiskStore>> disks, KernelFiles files) {
        this.disks = new Devices<>(() -> shown(disks.get(), files), HWDiskStore::updateAttributes);
    }

    private static List<HWDiskStore> shown(List<HWDiskStore> all, KernelFiles files) {
        return all.stream()
                .filter(disk -> !files.read("/sys/block/" + shortName(disk) + "/hidden")
                        .number()
                        .equals(Said.of(1)))
                .toList();
    }

    private static String shortName(HWDiskStore disk) {
        return disk.getName().replace("/dev/", "");
    }

    @Override
    public String name() {
        return "the disks";
    }

    @Override
    public void write(ExpositionWriter out) {
        List<HWDiskStore> now = disks.now();
        family(out, now, "host_disk_read_bytes_total", HWDiskStore::getReadBytes);
        family(out, now, "host_disk_written_bytes_total", HWDiskStore::getWriteBytes);
        family(out, now, "host_disk_reads_total", HWDiskStore::getReads);
        family(out, now, "host_disk_writes_total", HWDiskStore::getWrites);
        family(out, now, "host_disk_busy_seconds_total", disk -> disk.getTransferTime() / 1_000.0);
    }

    private static void family(
            ExpositionWriter out, List<HWDiskStore> disks, String family, ToDoubleFunction<HWDiskStore> value) {
        if (!disks.isEmpty()) {
            out.family(family, MetricType.COUNTER);
        }
        disks.forEach(disk -> out.sample(value.applyAsDouble(disk), "disk", shortName(disk)));
    }
}
