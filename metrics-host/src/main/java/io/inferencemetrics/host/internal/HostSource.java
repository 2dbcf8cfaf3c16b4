package io.inferencemetrics.host.internal;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.LocalTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.nativefree.SystemInfo;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;
import oshi.util.PlatformEnum;

/** The machine that this process runs on. */
public final class HostSource implements LocalSource {
    private final PlatformEnum platform;
    private final Supplier<SystemInfoProvider> oshi;

    /** Creates the source; nothing is read. */
    public HostSource() {
        this(PlatformEnum.getCurrentPlatform());
    }

    /** On Linux OSHI without native code, whatever else the application has: it is the faster there. */
    private HostSource(PlatformEnum platform) {
        this(platform, platform == PlatformEnum.LINUX ? SystemInfo::new : SystemInfoFactory::create);
    }

    HostSource(PlatformEnum platform, Supplier<SystemInfoProvider> oshi) {
        this.platform = platform;
        this.oshi = oshi;
    }

    @Override
    public Optional<String> unavailable() {
        boolean available;
        try {
            available = oshi.get().isAvailable();
        } catch (RuntimeException | LinkageError e) {
            available = false;
        }
        return available
                ? Optional.empty()
                : Optional.of("on " + platform.getName()
                        + " the library com.github.oshi:oshi-core is needed, and this application does not have it");
    }

    @Override
    public LocalTransport open(String selection) {
        Processes processes = Processes.parse(selection);
        try {
            SystemInfoProvider machine = oshi.get();
            processes.check(machine.getOperatingSystem());
            return new HostTransport(new HostText(parts(machine, processes)));
        } catch (IllegalStateException | UnsupportedOperationException e) {
            throw new CollectException(
                    FailureKind.CONNECT,
                    "this machine cannot be read: " + e.getMessage(),
                    "Add com.github.oshi:oshi-core to the application, or read on Linux.",
                    e);
        }
    }

    private List<Part> parts(SystemInfoProvider machine, Processes processes) {
        HardwareAbstractionLayer hardware = machine.getHardware();
        OperatingSystem os = machine.getOperatingSystem();
        KernelFiles files = new KernelFiles(Path.of("/"));
        boolean linux = platform == PlatformEnum.LINUX;
        List<Part> everywhere = List.of(
                new IdentityPart(os, hardware.getProcessor()),
                new MemoryPart(hardware.getMemory()),
                new NetworkPart(hardware::getNetworkIFs, files),
                new DiskPart(hardware::getDiskStores, files),
                new ProcessPart(os, processes, files));
        List<Part> onLinux = linux ? List.of(new PressurePart(files), new CgroupPart(files)) : List.of();
        // what is known to the hundredth of a second comes last, nearest to the time that the snapshot has
        List<Part> last = List.of(new ProcessorPart(hardware.getProcessor(), linux));
        return Stream.of(everywhere, onLinux, last).flatMap(List::stream).toList();
    }
}
