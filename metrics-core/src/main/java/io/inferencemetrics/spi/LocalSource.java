package io.inferencemetrics.spi;

import io.inferencemetrics.failure.CollectException;
import java.util.Optional;

/** What a module can read of the machine that it runs on. Safe for use by several threads. */
public interface LocalSource {

    /** The selection that means everything. */
    String ALL = "all";

    /**
     * Why this machine cannot be read this way, in a sentence that a person can act on: no library, no driver, no
     * permission. Empty where it can.
     *
     * <p>Asked before {@link #open}; where it says no, the provider with the next lower priority is asked. Never throws,
     * keeps nothing open, and may take some milliseconds.
     */
    Optional<String> unavailable();

    /**
     * Opens what is needed to read the machine often; nothing is kept open before.
     *
     * @param selection what is read of it: {@link #ALL}, or in words that the module documents, such as {@code 0,1}, a
     *     device's own id, or {@code visible} for what the environment allows
     * @throws CollectException when it cannot be opened, with what to do
     * @throws IllegalArgumentException when the selection cannot be understood, naming what there is
     */
    LocalTransport open(String selection);
}
