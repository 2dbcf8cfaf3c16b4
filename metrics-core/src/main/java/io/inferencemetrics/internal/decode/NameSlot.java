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

    /** Whether the name gives away a build that writes no prefix. */
    final boolean bareSignature;

    /** The scrape in which the name was last seen. */
    int scrape;

    NameSlot(CompiledCatalog catalog, String name) {
        this.name = name;
        this.recognised = catalog.names().recognise(name);
        this.wanted =
                recognised.filter(r -> r.known() && catalog.wants(r.family())).isPresent();
        this.engines = recognised
                .filter(r -> catalog.catalog().prefixes().stream()
                        .anyMatch(prefix -> r.family().startsWith(prefix)))
                .isPresent();
        this.bareSignature = catalog.names().isBareSignature(name);
    }

    /** Whether the name counts as the engine's only in a body that writes no prefix. */
    boolean isBare() {
        return recognised.filter(Recognised::isBare).isPresent();
    }
}
