package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.FamilyNames.Recognised;
import java.util.Optional;

/** What is known about one name on the wire; made when the name is first seen. */
final class NameSlot {
    final String name;
    final Optional<Recognised> recognised;

    /** Whether the samples of this name go into the frame. */
    final boolean wanted;

    /** Whether the name is the engine's, rather than one of the web framework around it. */
    final boolean engines;

    /** The scrape in which the name was last seen. */
    int scrape;

    NameSlot(String name, Optional<Recognised> recognised, boolean wanted, boolean engines) {
        this.engines = engines;
        this.name = name;
        this.recognised = recognised;
        this.wanted = wanted;
    }
}
