/** Finds out what is wrong with a server's metrics, and says it in one sentence. */
module io.inferencemetrics.doctor {
    requires static org.jspecify;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.doctor;
}
