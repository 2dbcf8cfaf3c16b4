/** Finds the GPUs that serve a server of this machine, and says how many joules it takes for a token. */
module io.inferencemetrics.energy {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.energy;
}
