package io.inferencemetrics.spi;

import io.inferencemetrics.failure.CollectException;
import java.util.Optional;
import java.util.Set;

/** What a module can read of the machine that it runs on. Safe for use by several threads. */
public interface LocalSource {

    /** The selection that means everything. */
    String ALL = "all";

    /**
     * Why this machine cannot be read this way, in a sentence that a person can act on: no library, no driver, no
     * permission. Empty where it can.
     *
     * <p>For who wants to know; no collector asks it, since {@link #open} says the same. Never throws, keeps nothing open, and
     * may take as long as opening does.
     */
    Optional<String> unavailable();

    /**
     * Opens what is needed to read the machine often; nothing is kept open before. Where it cannot be opened, the provider with
     * the next lower priority is.
     *
     * @param selection what is read of it: {@link #ALL}, or in words that the module documents, such as {@code 0,1}, a
     *     device's own id, or {@code visible} for what the environment allows
     * @throws CollectException when it cannot be opened, with what to do
     * @throws IllegalArgumentException when the selection cannot be understood, naming what there is
     */
    LocalTransport open(String selection);

    /** What is read only where it is asked for, since it costs more: names that the module documents. None unless it says so. */
    default Set<String> extras() {
        return Set.of();
    }

    /**
     * The same as {@link #open(String)}, reading extras too.
     *
     * @param extras some of {@link #extras()}
     * @throws CollectException when it cannot be opened, with what to do
     * @throws IllegalArgumentException when the selection cannot be understood, naming what there is
     */
    default LocalTransport open(String selection, Set<String> extras) {
        return open(selection);
    }
}
