package io.inferencemetrics.identity;

import io.inferencemetrics.snapshot.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who a server is, as it said itself. Immutable.
 *
 * @param target the address, without secrets
 * @param engine the id of the engine that it was asked as
 * @param asked when it was asked
 * @param askedNanos the same moment by {@link System#nanoTime()}
 * @param version the exact version of the engine
 * @param models what can be asked for, adapters too
 * @param maxLength the longest sequence, prompt and answer together, in tokens
 * @param health at the time it was asked
 * @param sleeping whether the engine sleeps until it is woken
 * @param paused whether the engine was told to take up no work
 */
public record ServerIdentity(
        String target,
        String engine,
        Instant asked,
        long askedNanos,
        Fact<EngineVersion> version,
        Fact<List<Model>> models,
        Fact<Long> maxLength,
        Fact<Health> health,
        Fact<Boolean> sleeping,
        Fact<Boolean> paused) {

    /** How old the answers are now. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - askedNanos);
    }

    /** Whether nothing is unknown, and nothing unhealthy, that may be otherwise in a moment. */
    boolean isSettled() {
        boolean ready =
                health.optional().filter(Health.READY::equals).isPresent() || health instanceof Fact.Unknown<Health>;
        return ready && facts().noneMatch(ServerIdentity::mayPass);
    }

    private Stream<Fact<?>> facts() {
        return Stream.of(version, models, maxLength, health, sleeping, paused);
    }

    private static boolean mayPass(Fact<?> fact) {
        return fact instanceof Fact.Unknown<?> unknown
                && switch (unknown.reason()) {
                    case UNREACHABLE, TIMEOUT, FAILED -> true;
                    case NEEDS_TOKEN, UNUSABLE, NOT_ASKED, NOT_THERE, NO_QUESTION -> false;
                };
    }
}
