package io.inferencemetrics.host.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import oshi.hardware.NetworkIF;

/**
 * Traffic of the network interfaces that have a device, or, in containers, where none has, of all but the loopback.
 *
 * <p>What bridges, bonds and VLANs carry goes through a device too, and would count twice.
 */
final class NetworkPart implements Part {
    private final Devices<NetworkIF> interfaces;

    NetworkPart(Supplier<List<NetworkIF>> interfaces, KernelFiles files) {
        this.interfaces = new Devices<>(() -> withDevice(interfaces.get(), files), NetworkIF::updateAttributes);
    }

    private static List<NetworkIF> withDevice(List<NetworkIF> all, KernelFiles files) {
        List<NetworkIF> devices = all.stream()
                .filter(one -> Files.exists(files.at("/sys/class/net/" + one.getName() + "/device")))
                .toList();
        return devices.isEmpty() ? all : devices;
    }

    @Override
    public String name() {
        return "the network";
    }

    @Override
    public void write(ExpositionWriter out) {
        List<NetworkIF> now = interfaces.now();
        family(out, now, "host_network_received_bytes_total", NetworkIF::getBytesRecv);
        family(out, now, "host_network_sent_bytes_total", NetworkIF::getBytesSent);
        family(out, now, "host_network_received_packets_total", NetworkIF::getPacketsRecv);
        family(out, now, "host_network_sent_packets_total", NetworkIF::getPacketsSent);
        family(out, now, "host_network_errors_total", one -> one.getInErrors() + one.getOutErrors());
        family(out, now, "host_network_received_dropped_total", NetworkIF::getInDrops);
    }

    private static void family(
            ExpositionWriter out, List<NetworkIF> interfaces, String family, ToLongFunction<NetworkIF> value) {
        if (!interfaces.isEmpty()) {
            out.family(family, MetricType.COUNTER);
        }
        interfaces.forEach(one -> out.sample(value.applyAsLong(one), "interface", one.getName()));
    }
}
