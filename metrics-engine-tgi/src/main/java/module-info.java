/** Reads the metrics of Hugging Face TGI. */
module io.inferencemetrics.engine.tgi {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.tgi;

    provides io.inferencemetrics.spi.EngineProvider with
            io.inferencemetrics.tgi.TgiEngine;
}
