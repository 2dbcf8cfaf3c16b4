/** Asks a server's own endpoints who it is. */
module io.inferencemetrics.identity {
    requires static org.jspecify;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.inferencemetrics.core;
    requires org.slf4j;

    exports io.inferencemetrics.identity;
}
