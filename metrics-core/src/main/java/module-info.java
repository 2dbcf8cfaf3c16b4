/** Collectors, snapshots, the metric vocabulary, the catalogue and the transport. */
module io.inferencemetrics.core {
    requires static org.jspecify;
    requires java.net.http;
    requires org.slf4j;
    requires transitive io.inferencemetrics.prometheus;

    exports io.inferencemetrics.failure;
    exports io.inferencemetrics.transport;
}
