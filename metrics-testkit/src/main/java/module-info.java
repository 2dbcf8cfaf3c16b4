/** Simulated engines for anyone's tests, and the contract that every engine passes. */
module io.inferencemetrics.testkit {
    requires static org.jspecify;
    requires static org.junit.jupiter.api;
    requires transitive io.inferencemetrics.core;
    requires jdk.httpserver;

    exports io.inferencemetrics.testkit;
    exports io.inferencemetrics.testkit.contract;
}
