/** The streaming parser of the Prometheus and OpenMetrics text formats. */
module io.inferencemetrics.prometheus {
    requires static org.jspecify;

    exports io.inferencemetrics.prometheus;
}
