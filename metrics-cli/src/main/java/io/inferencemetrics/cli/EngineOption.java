package io.inferencemetrics.cli;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.snapshot.VersionRange;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which engine a server is: as the user says, or else by the names of its metrics. */
final class EngineOption {
    @Option(names = "--engine", paramLabel = "ID", description = "The engine; found out from the text unless given.")
    private @Nullable String engine;

    /**
     * An engine, and what is known about its version.
     *
     * @param version all of them where the user said which engine it is
     */
    record Engine(String id, VersionRange version) {}

    /**
     * The engine of a server, which is read for it if need be.
     *
     * @throws CollectException when the server cannot be read or is of no known engine
     */
    Engine of(FetchRequest request, Transport transport) {
        if (engine != null) {
            return new Engine(engine, VersionRange.ALL);
        }
        Detection detection = Collectors.detect(request, transport);
        String id = detection
                .engine()
                .orElseThrow(() -> new CollectException(
                        FailureKind.NOT_PROMETHEUS,
                        request.target() + " exposes no metric of a known engine",
                        "Ask 'inference-metrics doctor " + request.target()
                                + "' why, or say which engine it is with --engine.",
                        null));
        return new Engine(id, detection.version());
    }
}
