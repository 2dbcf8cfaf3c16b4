/** Brings all engines: who requires this module can read every server that inference-metrics knows. */
module io.inferencemetrics.engines {
    requires transitive io.inferencemetrics.engine.llamacpp;
    requires transitive io.inferencemetrics.engine.sglang;
    requires transitive io.inferencemetrics.engine.tgi;
    requires transitive io.inferencemetrics.engine.vllm;
}
