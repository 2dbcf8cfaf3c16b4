package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyNames;
import io.inferencemetrics.catalog.FamilyNames.Recognised;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which names a body had: the engine's families, its unknown ones, those of others, and what that says of its version. */
public final class Wire {
    private final Catalog catalog;
    private final Set<String> found = new TreeSet<>();
    private final Set<String> unmapped = new TreeSet<>();
    private final Set<String> foreign = new TreeSet<>();
    private final VersionRange version;

    private Wire(Catalog catalog, VersionRange known, Map<String, Optional<Recognised>> names) {
        this.catalog = catalog;
        names.forEach(this::sort);
        VersionRange inferred = inferVersion();
        this.version = inferred.intersect(known).orElse(inferred);
    }

    static Wire of(Frame frame) {
        Map<String, Optional<Recognised>> names = new HashMap<>();
        frame.names().forEach(slot -> names.put(slot.name, slot.recognised.filter(r -> frame.bare() || !r.isBare())));
        CompiledCatalog compiled = frame.layout().catalog();
        return new Wire(compiled.catalog(), compiled.known(), names);
    }

    /** What an engine's catalogue makes of the names of samples. */
    public static Wire of(Catalog catalog, Collection<String> sampleNames) {
        FamilyNames families = catalog.names();
        Map<String, Optional<Recognised>> names = new HashMap<>();
        boolean bare = sampleNames.stream().anyMatch(families::isBareSignature);
        sampleNames.forEach(name -> names.put(name, families.recognise(name).filter(r -> bare || !r.isBare())));
        return new Wire(catalog, VersionRange.ALL, names);
    }

    private void sort(String name, Optional<Recognised> recognised) {
        if (recognised.isEmpty()) {
            foreign.add(name);
        } else if (recognised.get().known()) {
            found.add(recognised.get().family());
        } else {
            unmapped.add(name);
        }
    }

    /** The engine's families, by their name with the usual prefix. */
    public Set<String> found() {
        return found;
    }

    /** Names with the engine's prefix that its catalogue lacks. */
    public Set<String> unmapped() {
        return unmapped;
    }

    /** Names that are not the engine's. */
    public Set<String> foreign() {
        return foreign;
    }

    /** Whether a family of this name was on the wire. */
    boolean has(String family) {
        return found.contains(family);
    }

    /** Whether anything of the engine itself was there, not only of the web framework around it. */
    public boolean hasEngineFamilies() {
        return !unmapped.isEmpty() || found.stream().anyMatch(this::isEngines);
    }

    /**
     * The versions that all families on the wire allow, all of them where they contradict each other; of these the one that
     * the server is said to be, unless they contradict that.
     */
    public VersionRange version() {
        return version;
    }

    private VersionRange inferVersion() {
        Optional<VersionRange> range = Optional.of(VersionRange.ALL);
        for (String family : found) {
            VersionRange versions = versionsOf(catalog.rowsOf(family));
            if (isEngines(family) && !versions.equals(VersionRange.NONE)) {
                range = range.flatMap(r -> r.intersect(versions));
            }
        }
        return range.orElse(VersionRange.ALL);
    }

    private static VersionRange versionsOf(List<CatalogRow> rows) {
        return rows.stream()
                .map(CatalogRow::versions)
                .reduce(VersionRange::span)
                .orElse(VersionRange.ALL);
    }

    private boolean isEngines(String family) {
        return catalog.prefixes().stream().anyMatch(family::startsWith);
    }
}
