/** Reads the metrics of SGLang. */
module io.inferencemetrics.engine.sglang {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.sglang;

    provides io.inferencemetrics.spi.EngineProvider with
            io.inferencemetrics.sglang.SglangEngine;
}
