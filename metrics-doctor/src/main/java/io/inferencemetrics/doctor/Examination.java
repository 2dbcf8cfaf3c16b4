package io.inferencemetrics.doctor;

import io.inferencemetrics.CollectResult;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.RawSample;
import io.inferencemetrics.transport.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One examination: what is known about a server, found out when a rule first wants to know it, and only once. */
final class Examination {
    private final Interview interview;
    private final Duration interval;
    private final Pause pause;
    private final Exchange metrics;

    private final Once<Reading> first = new Once<>(this::readFirst);
    private final Once<Optional<Exchange>> secondExchange = new Once<>(this::askAgain);
    private final Once<Optional<MetricsSnapshot>> second = new Once<>(this::readSecond);
    private final Once<Optional<Identity>> identity = new Once<>(() -> Identity.of(this));
    private final Once<Optional<Duration>> connectTime;

    /** What the body of the metrics says. */
    private record Reading(
            Optional<Detection> detection, Optional<MetricsSnapshot> snapshot, Optional<CollectException> failure) {}

    Examination(Interview interview, Duration interval, Pause pause) {
        this.interview = interview;
        this.interval = interval;
        this.pause = pause;
        this.metrics = interview.metrics();
        this.connectTime = new Once<>(interview::connectTime);
    }

    /** How sentences name the server. */
    String target() {
        return interview.request().target().toString();
    }

    Target.Kind kind() {
        return interview.request().target().kind();
    }

    /** Whether the request says who asks. */
    boolean hasCredentials() {
        return interview.request().headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase);
    }

    Duration timeout() {
        return interview.request().timeout();
    }

    Duration interval() {
        return interval;
    }

    /** The question for the metrics, and its answer. */
    Exchange metrics() {
        return metrics;
    }

    /** Asks for something small beside the metrics. */
    Optional<Exchange> aside(String path) {
        return interview.aside(path);
    }

    /** How long a connection takes; empty where none can be opened. */
    Optional<Duration> connectTime() {
        return connectTime.get();
    }

    /** Which engine the server says it is, beside its metrics. */
    Optional<Identity> identity() {
        return identity.get();
    }

    /** Which engine the names in the body are of; empty where the body is no exposition. */
    Optional<Detection> detection() {
        return first.get().detection();
    }

    /** Whether the names in the body are those of an engine that can be read here. */
    boolean isInstalledEngine() {
        return detection().filter(Detection::installed).isPresent();
    }

    /** The engine's name for people. */
    String title() {
        return detection().flatMap(Detection::title).orElse("this server");
    }

    /** The snapshot of the first read. */
    Optional<MetricsSnapshot> snapshot() {
        return first.get().snapshot();
    }

    /** Why the body could not be read. */
    Optional<CollectException> failure() {
        return first.get().failure();
    }

    /** The names of all samples. */
    List<String> names() {
        return snapshot()
                .map(s ->
                        s.rawSamples().stream().map(RawSample::name).distinct().toList())
                .or(() -> detection().map(Detection::others))
                .orElse(List.of());
    }

    /** The question for the metrics a second time, an interval later; empty where there is to be only one. */
    Optional<Exchange> secondExchange() {
        return secondExchange.get();
    }

    /** The snapshot of the second read. */
    Optional<MetricsSnapshot> second() {
        return second.get();
    }

    private Optional<Exchange> askAgain() {
        if (interval.isZero() || kind() == Target.Kind.FILE) {
            return Optional.empty();
        }
        try {
            pause.of(interval);
        } catch (InterruptedException e) {
            throw interview.interrupted(e);
        }
        return Optional.of(interview.metrics());
    }

    private Optional<MetricsSnapshot> readSecond() {
        Optional<String> engine = detection().flatMap(Detection::engine);
        return secondExchange()
                .filter(Exchange::succeeded)
                .flatMap(exchange -> engine.flatMap(id -> read(exchange, id).optional()));
    }

    private Reading readFirst() {
        return metrics.succeeded() ? read() : new Reading(Optional.empty(), Optional.empty(), metrics.failure());
    }

    private Reading read() {
        Detection detection;
        try {
            detection = Collectors.detect(interview.request(), new Replay(metrics));
        } catch (CollectException e) {
            return new Reading(Optional.empty(), Optional.empty(), Optional.of(e));
        }
        if (!detection.installed()) {
            return new Reading(Optional.of(detection), Optional.empty(), Optional.empty());
        }
        CollectResult result = read(metrics, detection.engine().orElseThrow());
        Optional<CollectException> failure =
                result instanceof CollectResult.Failure f ? Optional.of(f.cause()) : Optional.empty();
        return new Reading(Optional.of(detection), result.optional(), failure);
    }

    private CollectResult read(Exchange exchange, String engine) {
        return Collectors.forEngine(engine)
                .keepRawSamples()
                .transport(new Replay(exchange))
                .tryCollect(address(exchange.target()));
    }

    /** The target as an address; a replay does not look at it, but snapshots name it. */
    private static String address(Target target) {
        return target.socket().map(path -> "unix:" + path).orElse(target.uri().toString());
    }
}
