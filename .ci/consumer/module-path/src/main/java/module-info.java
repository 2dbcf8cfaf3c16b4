/** Has one engine. */
module consumer {
    requires io.inferencemetrics.engine.sglang;
}
