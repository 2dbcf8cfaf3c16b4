/** Has all engines. */
module consumer {
    requires io.inferencemetrics.engines;
}
