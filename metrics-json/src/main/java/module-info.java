/** Snapshots and results to and from JSON. */
module io.inferencemetrics.json {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.inferencemetrics.core;

    exports io.inferencemetrics.json;
}
