package io.inferencemetrics.testkit;

import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.testkit.internal.Answer;
import io.inferencemetrics.testkit.internal.BodySource;
import io.inferencemetrics.testkit.internal.Endpoints;
import io.inferencemetrics.testkit.internal.EngineKind;
import io.inferencemetrics.testkit.internal.Setup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run of an engine, from its start to its end. */
final class EngineProcess {
    private final EngineKind kind;
    private final EngineVersion version;
    private final Setup setup;
    private final BodySource bodies;

    EngineProcess(EngineKind kind, EngineVersion version, Setup setup) {
        this.kind = kind;
        this.version = version;
        this.setup = setup;
        this.bodies = kind.open(setup);
    }

    BodySource bodies() {
        return bodies;
    }

    /** What is said under a path; under that of the metrics it counts as a scrape. */
    Answer answer(String path, Instant now, @Nullable Fault fault) {
        Endpoints endpoints = new Endpoints(
                kind.engine(), version, setup.model(), setup.started(), now, name -> bodies.number(name, now));
        boolean metrics = endpoints.isMetrics(path);
        Answer right = metrics ? Answer.ok(kind.contentType(), bodies.at(now)) : endpoints.get(path);
        return fault != null && (metrics || fault.isOfAllPaths()) ? fault.of(right, endpoints) : right;
    }
}
