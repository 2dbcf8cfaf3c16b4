package io.inferencemetrics.identity;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A model, or an adapter of one, that a server can be asked for.
 *
 * @param id the name to use in requests
 * @param parent the id of the model that it adapts; empty for a model of its own
 * @param root what was loaded, a path or the name in a hub; empty where the server does not say
 * @param maxLength the longest sequence in tokens; empty where the server does not say, as for adapters
 */
public record Model(String id, Optional<String> parent, Optional<String> root, OptionalLong maxLength) {

    /** Whether it is a LoRA adapter, loaded beside its model. */
    public boolean isAdapter() {
        return parent.isPresent();
    }
}
