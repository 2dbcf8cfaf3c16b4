/** The command line. */
module io.inferencemetrics.cli {
    requires static org.jspecify;
    requires info.picocli;
    requires io.inferencemetrics.core;
    requires io.inferencemetrics.doctor;
    requires io.inferencemetrics.energy;
    requires io.inferencemetrics.identity;
    requires io.inferencemetrics.json;
    requires io.inferencemetrics.testkit;

    exports io.inferencemetrics.cli;

    opens io.inferencemetrics.cli to
            info.picocli;
}
