/** Collectors, snapshots, the metric vocabulary, the catalogue and the transport. */
module io.inferencemetrics.core {
    requires static org.jspecify;
    requires transitive java.net.http;
    requires org.slf4j;
    requires transitive io.inferencemetrics.prometheus;

    exports io.inferencemetrics;
    exports io.inferencemetrics.catalog;
    exports io.inferencemetrics.failure;
    exports io.inferencemetrics.fleet;
    exports io.inferencemetrics.metric;
    exports io.inferencemetrics.snapshot;
    exports io.inferencemetrics.spi;
    exports io.inferencemetrics.transport;
    exports io.inferencemetrics.window;

    uses io.inferencemetrics.spi.EngineProvider;
    uses io.inferencemetrics.spi.GpuProvider;
    uses io.inferencemetrics.spi.HostProvider;
}
