package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyNames;
import io.inferencemetrics.catalog.Formula;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A catalogue as decoding needs it: rows by metric, and which families are wanted. Immutable. */
public final class CompiledCatalog {
    private static final String TOTAL = "_total";

    private final Catalog catalog;
    private final FamilyNames names;
    private final VersionRange known;
    private final Map<Metric<?>, List<CatalogRow>> rowsByMetric = new HashMap<>();
    private final Map<Metric<?>, List<CatalogRow>> windowRowsByMetric = new HashMap<>();
    private final Set<Metric<?>> wantedMetrics;
    private final Set<String> wantedFamilies = new HashSet<>();

    /**
     * Compiles a catalogue.
     *
     * @param wanted the metrics to decode; empty for all
     */
    public CompiledCatalog(Catalog catalog, Set<Metric<?>> wanted) {
        this(catalog, wanted, VersionRange.ALL);
    }

    /**
     * Compiles a catalogue for servers of known versions.
     *
     * @param wanted the metrics to decode; empty for all
     */
    public CompiledCatalog(Catalog catalog, Set<Metric<?>> wanted, VersionRange known) {
        this.catalog = catalog;
        this.known = known;
        this.names = catalog.names();
        this.wantedMetrics = Set.copyOf(wanted);
        catalog.rows().stream().filter(row -> !row.forWindows()).forEach(row -> add(row, rowsByMetric));
        catalog.rows().stream().filter(CatalogRow::forWindows).forEach(row -> add(row, windowRowsByMetric));
        rowsByMetric.forEach((metric, rows) -> rows.forEach(row -> add(row, windowRowsByMetric)));
        wanted.forEach(this::want);
        if (wanted.contains(LlmMetrics.KV_USAGE)) {
            want(LlmMetrics.KV_CAPACITY);
        }
        if (!wanted.isEmpty()) {
            want(LlmMetrics.PROCESS_START);
        }
    }

    /** The catalogue this was made of. */
    public Catalog catalog() {
        return catalog;
    }

    /** The versions of which the server is said to be. */
    VersionRange known() {
        return known;
    }

    FamilyNames names() {
        return names;
    }

    List<CatalogRow> rows(Metric<?> metric) {
        return rowsByMetric.getOrDefault(metric, List.of());
    }

    /** The rows by which a window learns of a metric. */
    List<CatalogRow> windowRows(Metric<?> metric) {
        return windowRowsByMetric.getOrDefault(metric, List.of());
    }

    private static void add(CatalogRow row, Map<Metric<?>, List<CatalogRow>> rows) {
        rows.computeIfAbsent(row.metric(), m -> new ArrayList<>()).add(row);
    }

    boolean wants(String family) {
        return wantedMetrics.isEmpty() || wantedFamilies.contains(family);
    }

    /** The families to read, in all spellings and with the times at which they were created; empty for all families. */
    Set<String> wantedNames() {
        return wantedFamilies.stream()
                .flatMap(family -> names.spellings(family).stream())
                .flatMap(name -> Stream.of(name, creation(name)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String creation(String name) {
        return (name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name) + "_created";
    }

    boolean wants(Metric<?> metric) {
        return wantedMetrics.isEmpty() || wantedMetrics.contains(metric);
    }

    private void want(Metric<?> metric) {
        for (CatalogRow row : windowRows(metric)) {
            row.formula()
                    .ifPresentOrElse(
                            formula -> formula.terms().forEach(this::wantTerm), () -> wantedFamilies.add(row.family()));
        }
    }

    private void wantTerm(String term) {
        String name = term.startsWith(Formula.CHANGE) ? term.substring(Formula.CHANGE.length()) : term;
        catalog.metric(name).ifPresentOrElse(this::want, () -> wantedFamilies.add(name));
    }
}
