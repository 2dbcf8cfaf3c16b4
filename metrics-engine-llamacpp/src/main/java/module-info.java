/** Reads the metrics of llama.cpp's server. */
module io.inferencemetrics.engine.llamacpp {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.llamacpp;

    provides io.inferencemetrics.spi.EngineProvider with
            io.inferencemetrics.llamacpp.LlamacppEngine;
}
