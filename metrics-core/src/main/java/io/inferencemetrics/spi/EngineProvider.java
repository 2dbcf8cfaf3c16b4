package io.inferencemetrics.spi;

import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.Optional;

/**
 * An engine that can be read, found through {@link java.util.ServiceLoader}.
 *
 * <p>Implementations need a public constructor without arguments, do nothing in it that can fail, and are safe to use
 * from several threads.
 */
public interface EngineProvider extends MetricsProvider {

    /** The snapshot as the engine's own records, for people and for JSON; empty where the engine has no such view. */
    default Optional<Record> view(MetricsSnapshot snapshot) {
        return Optional.empty();
    }
}
