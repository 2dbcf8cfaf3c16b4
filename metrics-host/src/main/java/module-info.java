/** Reads the machine: processor, memory, network, disks, processes, limits of the container, pressure. */
module io.inferencemetrics.host {
    requires static org.jspecify;
    requires com.github.oshi.common;
    requires org.slf4j;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.host;

    provides io.inferencemetrics.spi.HostProvider with
            io.inferencemetrics.host.OshiHost;
}
