package io.inferencemetrics.testkit;

import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.testkit.internal.Answer;
import io.inferencemetrics.testkit.internal.BodySource;
import io.inferencemetrics.testkit.internal.Endpoints;
import io.inferencemetrics.testkit.internal.EngineKind;
import io.inferencemetrics.testkit.internal.JsonText;
import io.inferencemetrics.testkit.internal.OpenMetricsText;
import io.inferencemetrics.testkit.internal.Setup;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** One run of an engine, from its start to its end. Not thread-safe. */
final class EngineProcess {
    private final EngineKind kind;
    private final EngineVersion version;
    private final Setup setup;
    private final InstantSource clock;
    private final boolean jsonString;
    private final BodySource bodies;

    EngineProcess(EngineKind kind, EngineVersion version, Setup setup, InstantSource clock, boolean jsonString) {
        this.kind = kind;
        this.version = version;
        this.setup = setup;
        this.clock = clock;
        this.jsonString = jsonString;
        this.bodies = kind.open(setup);
    }

    Instant now() {
        return clock.instant();
    }

    void advance() {
        bodies.advanceTo(now());
    }

    void requestsPerSecond(double value) {
        bodies.requestsPerSecond(value, now());
    }

    void submit(SimulatedRequest request) {
        bodies.submit(request.submission(), now());
    }

    /**
     * What is said under a path; under that of the metrics it counts as a scrape.
     *
     * @param accept the formats that are asked for, of which SGLang alone takes notice
     */
    Answer answer(String path, @Nullable Fault fault, String accept) {
        Answer answer = answer(path, fault);
        boolean openMetrics = kind.engine().equals("sglang")
                && OpenMetricsText.isAskedFor(accept)
                && answer.contentType().equals(kind.contentType());
        return openMetrics
                ? Answer.ok(OpenMetricsText.CONTENT_TYPE, OpenMetricsText.of(answer.body()))
                        .sent(answer.delivery())
                : answer;
    }

    private Answer answer(String path, @Nullable Fault fault) {
        Instant now = now();
        Endpoints endpoints =
                new Endpoints(kind.engine(), version, setup, now, (measure, rank) -> bodies.number(measure, rank, now));
        boolean metrics = endpoints.isMetrics(path);
        Answer right = metrics ? Answer.ok(kind.contentType(), bodies.at(now)) : endpoints.get(path);
        Answer answer = fault != null && (metrics || fault.isOfAllPaths()) ? fault.of(right, endpoints) : right;
        boolean wrapped = metrics && jsonString && answer.contentType().equals(kind.contentType());
        return wrapped ? asJsonString(answer) : answer;
    }

    private static Answer asJsonString(Answer answer) {
        return Answer.json(200, JsonText.quoted("\n" + answer.body())).sent(answer.delivery());
    }
}
