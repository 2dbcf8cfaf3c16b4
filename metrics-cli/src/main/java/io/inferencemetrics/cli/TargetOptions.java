package io.inferencemetrics.cli;

import io.inferencemetrics.transport.FetchRequest;
import picocli.CommandLine.Parameters;

/** Which server to read, and how: the same for every command that reads one. */
final class TargetOptions extends ReadOptions {
    @Parameters(
            paramLabel = "ADDRESS",
            description = "http://host:port, host:port, unix:/path/of.sock or file:/path; /metrics is added.")
    private String address = "";

    String address() {
        return address;
    }

    FetchRequest request() {
        return request(address);
    }
}
