package io.inferencemetrics.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.HostMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.ExpositionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.LogicalProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.NetworkIF;
import oshi.hardware.VirtualMemory;

class PartsTest {
    @TempDir
    private Path root;

    private static NetworkIF network(String name, long received, boolean there) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "getBytesSent", 2L,
                "getPacketsRecv", 3L,
                "getPacketsSent", 4L,
                "getInErrors", 5L,
                "getOutErrors", 6L,
                "getInDrops", 7L));
        values.putAll(Map.of("getName", name, "getBytesRecv", received, "updateAttributes", there));
        return Machine.saying(NetworkIF.class, values);
    }

    private static HWDiskStore disk(String name, long read) {
        Map<String, Object> values =
                new HashMap<>(Map.of("getWriteBytes", 20L, "getReads", 1L, "getWrites", 2L, "getTransferTime", 1_500L));
        values.putAll(Map.of("getName", name, "getReadBytes", read, "updateAttributes", true));
        return Machine.saying(HWDiskStore.class, values);
    }

    private static CentralProcessor processor(long[][] ticks, double load, List<LogicalProcessor> numbers) {
        return Machine.saying(
                CentralProcessor.class,
                Map.of(
                        "getLogicalProcessorCount",
                        ticks.length,
                        "getProcessorCpuLoadTicks",
                        ticks,
                        "getSystemLoadAverage",
                        new double[] {load, load, load},
                        "getLogicalProcessors",
                        numbers));
    }

    private static void say(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aCoreHasTheSystemsNumberAndTimeInEachMode() {
        long[][] ticks = {{1_000, 2_000, 3_000, 40_000, 5_000, 600, 70, 8_000}, {0, 0, 0, 50_000, 0, 0, 0, 0}};
        List<LogicalProcessor> numbers =
                List.of(new LogicalProcessor(0, 0, 0, 0, 0), new LogicalProcessor(4, 0, 0, 0, 0));
        MetricsSnapshot s = Machine.read(new ProcessorPart(processor(ticks, 0.5, numbers), true));
        assertThat(s.values(Dimension.CORE)).containsExactlyInAnyOrder("0", "4");
        assertThat(s.value(HostMetrics.CPU_COUNT)).isEqualTo(2);
        assertThat(s.value(HostMetrics.CPU_TIME)).isEqualTo(109.67);
        assertThat(s.where(Dimension.CORE, "0").value(HostMetrics.CPU_BUSY_TIME))
                .isEqualTo(6.67);
        assertThat(s.value(HostMetrics.CPU_USER_TIME)).isEqualTo(3);
        assertThat(s.value(HostMetrics.CPU_SYSTEM_TIME)).isEqualTo(3.67);
        assertThat(s.value(HostMetrics.CPU_IOWAIT_TIME)).isEqualTo(5);
        assertThat(s.value(HostMetrics.CPU_STEAL_TIME)).isEqualTo(8);
        assertThat(s.value(HostMetrics.LOAD_15M)).isEqualTo(0.5);
    }

    @Test
    void whatASystemDoesNotKnowIsAbsent() {
        MetricsSnapshot s = Machine.read(new ProcessorPart(
                processor(new long[][] {{1, 0, 1, 9, 0, 0, 0, 0}}, -1, List.of()), false));
        assertThat(Machine.why(s, HostMetrics.LOAD_1M)).isEqualTo(Absence.OPTION_OFF);
        assertThat(s.reading(HostMetrics.CPU_STEAL_TIME).optional()).isEmpty();
        assertThat(s.reading(HostMetrics.CPU_STEAL).optional()).isEmpty();
        assertThat(s.reading(HostMetrics.CPU_IOWAIT_TIME).optional()).isEmpty();
        assertThat(s.value(HostMetrics.CPU_TIME)).isEqualTo(0.011);
        MetricsSnapshot silent = Machine.read(new ProcessorPart(processor(new long[1][8], 0, List.of()), true));
        assertThat(silent.reading(HostMetrics.CPU_TIME).optional()).isEmpty();
        assertThat(silent.value(HostMetrics.LOAD_1M)).isZero();
    }

    @Test
    void memoryIsToldInBytesAndNothingWhereOshiCouldNotReadIt() {
        VirtualMemory swap = Machine.saying(
                VirtualMemory.class,
                Map.of("getSwapTotal", 1_000L, "getSwapUsed", 250L, "getSwapPagesIn", 3L, "getSwapPagesOut", 4L));
        Map<String, Object> values = new HashMap<>(
                Map.of("getTotal", 4_000L, "getAvailable", 1_000L, "getPageSize", 4_096L, "getVirtualMemory", swap));
        MetricsSnapshot s = Machine.read(new MemoryPart(Machine.saying(GlobalMemory.class, values)));
        assertThat(s.value(HostMetrics.MEMORY_USED)).isEqualTo(3_000);
        assertThat(s.value(HostMetrics.MEMORY_USAGE)).isEqualTo(0.75);
        assertThat(s.value(HostMetrics.SWAP_USAGE)).isEqualTo(0.25);
        assertThat(s.value(HostMetrics.SWAP_IN)).isEqualTo(3 * 4_096);
        assertThat(s.value(HostMetrics.SWAP_OUT)).isEqualTo(4 * 4_096);
        values.put("getTotal", 0L);
        MetricsSnapshot none = Machine.read(new MemoryPart(Machine.saying(GlobalMemory.class, values)));
        assertThat(none.coverage().found()).isEmpty();
    }

    @Test
    void bridgesDoNotCountTwice() throws IOException {
        say(root.resolve("sys/class/net/eth0/device/vendor"), "0x1af4");
        List<NetworkIF> all = List.of(network("eth0", 100, true), network("docker0", 40, true));
        MetricsSnapshot s = Machine.read(new NetworkPart(() -> all, new KernelFiles(root)));
        assertThat(s.value(HostMetrics.NETWORK_RECEIVED)).isEqualTo(100);
        assertThat(s.value(HostMetrics.NETWORK_ERRORS)).isEqualTo(11);
        assertThat(s.value(HostMetrics.NETWORK_DROPPED)).isEqualTo(7);
        assertThat(s.value(HostMetrics.NETWORK_PACKETS_SENT)).isEqualTo(4);
        MetricsSnapshot inContainer = Machine.read(new NetworkPart(() -> all, Machine.files("nowhere")));
        assertThat(inContainer.value(HostMetrics.NETWORK_RECEIVED)).isEqualTo(140);
    }

    @Test
    void aDeviceThatIsGoneIsNotWrittenAndANewOneIsFound() {
        List<NetworkIF> there = new ArrayList<>(List.of(network("eth0", 1, true), network("eth1", 2, false)));
        NetworkPart part = new NetworkPart(() -> there, Machine.files("nowhere"));
        there.set(1, network("eth2", 4, true));
        assertThat(Machine.read(part).values(Dimension.INTERFACE)).containsExactly("eth0");
        for (int i = 2; i < Devices.READS_PER_LIST; i++) {
            part.write(new ExpositionWriter());
        }
        assertThat(Machine.read(part).values(Dimension.INTERFACE)).containsExactly("eth0", "eth2");
    }

    @Test
    void aPathOfADiskThatHasSeveralIsNotADisk() throws IOException {
        say(root.resolve("sys/block/nvme0c0n1/hidden"), "1\n");
        say(root.resolve("sys/block/nvme0n1/hidden"), "0\n");
        List<HWDiskStore> all = List.of(disk("/dev/nvme0n1", 10), disk("/dev/nvme0c0n1", 10), disk("/dev/sda", 5));
        MetricsSnapshot s = Machine.read(new DiskPart(() -> all, new KernelFiles(root)));
        assertThat(s.value(HostMetrics.DISK_READ)).isEqualTo(15);
        assertThat(s.where(Dimension.DISK, "sda").value(HostMetrics.DISK_BUSY_TIME))
                .isEqualTo(1.5);
        assertThat(s.value(HostMetrics.DISK_WRITES)).isEqualTo(4);
    }

    @Test
    void aPartThatFailsIsNamedAndTheOthersAreTold() {
        Part broken = new Part() {
            @Override
            public String name() {
                return "the disks";
            }

            @Override
            public void write(ExpositionWriter out) {
                throw new IllegalStateException("no \"disks\"");
            }
        };
        HostText text = new HostText(List.of(broken, new PressurePart(Machine.files("pressure"))));
        for (int i = 0; i < 2; i++) {
            MetricsSnapshot s = Machine.read(text);
            assertThat(s.value(HostMetrics.CPU_PRESSURE)).isEqualTo(0.2187);
            assertThat(s.series(s.metric("host_part_failed").orElseThrow()))
                    .singleElement()
                    .satisfies(series -> assertThat(series.dimensions()).isEqualTo(Map.of("part", "the disks")));
            assertThat(s.coverage().unmapped()).isEmpty();
        }
    }
}
