package io.inferencemetrics.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises the families of an engine by the names of their samples, in all spellings.
 *
 * <p>{@code :} and {@code _} at the end of a prefix are the same, since Ray and some OpenMetrics writers turn one into the
 * other; builds that drop the prefix (NIM) are recognised where the catalogue says so.
 */
public final class FamilyNames {
    private final Catalog catalog;
    private final CatalogHeader header;

    FamilyNames(Catalog catalog, CatalogHeader header) {
        this.catalog = catalog;
        this.header = header;
    }

    /**
     * What a sample's name says.
     *
     * @param family the family's name with the engine's first prefix
     * @param part which part of the family the sample is
     * @param spelling how the prefix was written: 0 for the usual one, higher for others
     * @param known whether the catalogue has the family
     */
    public record Recognised(String family, SamplePart part, int spelling, boolean known) {
        private static final int BARE = Integer.MAX_VALUE;

        /** Whether the prefix is missing: such a name counts only where others give the build away. */
        public boolean isBare() {
            return spelling == BARE;
        }
    }

    /** The parts of a family that samples hold. */
    public enum SamplePart {
        /** The value of a counter, gauge or info. */
        VALUE,
        /** A bucket of a histogram. */
        BUCKET,
        /** The sum of a histogram or summary. */
        SUM,
        /** The count of a histogram or summary. */
        COUNT,
        /** The time at which a series was created. */
        CREATED
    }

    /** The family and part of a sample; empty for a name that is not the engine's. */
    public Optional<Recognised> recognise(String sampleName) {
        Optional<Recognised> asWritten = find(sampleName, 0);
        if (asWritten.isPresent()) {
            return asWritten;
        }
        for (int i = 0; i < header.prefixes().size(); i++) {
            String prefix = header.prefixes().get(i);
            if (hasPrefix(sampleName, prefix)) {
                String family = header.prefixes().get(0) + sampleName.substring(prefix.length());
                int spelling = i + 1;
                return find(family, spelling)
                        .or(() -> Optional.of(new Recognised(family, SamplePart.VALUE, spelling, false)));
            }
        }
        return bare(sampleName);
    }

    /** Whether a name without the prefix is one that gives away a build which drops it. */
    public boolean isBareSignature(String sampleName) {
        return header.bare().contains(sampleName);
    }

    /** The names that a family may have on the wire, given the one with the engine's first prefix. */
    public Set<String> spellings(String family) {
        String first = header.prefixes().get(0);
        if (!family.startsWith(first)) {
            return Set.of(family);
        }
        String stem = family.substring(first.length());
        Set<String> names = new HashSet<>();
        for (String prefix : header.prefixes()) {
            String start = prefix.substring(0, prefix.length() - 1);
            names.addAll(List.of(prefix + stem, start + ':' + stem, start + '_' + stem));
        }
        if (!header.bare().isEmpty()) {
            names.add(stem);
        }
        return names;
    }

    private Optional<Recognised> bare(String sampleName) {
        if (header.bare().isEmpty()) {
            return Optional.empty();
        }
        return find(header.prefixes().get(0) + sampleName, Recognised.BARE);
    }

    private static boolean hasPrefix(String name, String prefix) {
        int last = prefix.length() - 1;
        return name.length() > prefix.length()
                && name.startsWith(prefix.substring(0, last))
                && (name.charAt(last) == ':' || name.charAt(last) == '_' || name.charAt(last) == prefix.charAt(last));
    }

    private Optional<Recognised> find(String name, int spelling) {
        if (has(name, List.of(FamilyKind.COUNTER, FamilyKind.GAUGE, FamilyKind.INFO))
                || has(name, List.of(FamilyKind.SUMMARY, FamilyKind.HISTOGRAM))) {
            return Optional.of(new Recognised(name, SamplePart.VALUE, spelling, true));
        }
        return part(name, "_bucket", SamplePart.BUCKET, spelling, List.of(FamilyKind.HISTOGRAM))
                .or(() -> part(name, "_sum", SamplePart.SUM, spelling, FamilyNames.DISTRIBUTIONS))
                .or(() -> part(name, "_count", SamplePart.COUNT, spelling, FamilyNames.DISTRIBUTIONS))
                .or(() -> created(name, spelling));
    }

    private static final List<FamilyKind> DISTRIBUTIONS = List.of(FamilyKind.HISTOGRAM, FamilyKind.SUMMARY);

    private Optional<Recognised> part(
            String name, String suffix, SamplePart part, int spelling, List<FamilyKind> kinds) {
        String family = without(name, suffix);
        return has(family, kinds) ? Optional.of(new Recognised(family, part, spelling, true)) : Optional.empty();
    }

    /** A counter's creation time is named without its {@code _total}. */
    private Optional<Recognised> created(String name, int spelling) {
        String stem = without(name, "_created");
        if (stem.isEmpty()) {
            return Optional.empty();
        }
        return List.of(stem, stem + "_total").stream()
                .filter(family -> !catalog.rowsOf(family).isEmpty())
                .findFirst()
                .map(family -> new Recognised(family, SamplePart.CREATED, spelling, true));
    }

    private static String without(String name, String suffix) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
    }

    private boolean has(String family, List<FamilyKind> kinds) {
        return catalog.rowsOf(family).stream().anyMatch(row -> kinds.contains(row.kind()));
    }
}
