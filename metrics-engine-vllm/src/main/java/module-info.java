/** Reads the metrics of vLLM. */
module io.inferencemetrics.engine.vllm {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.vllm;

    provides io.inferencemetrics.spi.EngineProvider with
            io.inferencemetrics.vllm.VllmEngine;
}
