package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.prometheus.MetricType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each number of a frame means: the series of every family, grouped for every row of the catalogue. Immutable. */
final class Layout {
    private final CompiledCatalog catalog;
    private final int width;
    private final Map<String, MetricType> types;
    private final Map<CatalogRow, RowCells> cells = new HashMap<>();
    private final Map<String, List<WireSeries>> byFamily;

    Layout(CompiledCatalog catalog, List<WireSeries> series, Map<String, MetricType> types) {
        this.catalog = catalog;
        this.width = series.size();
        this.types = Map.copyOf(types);
        this.byFamily = series.stream().collect(Collectors.groupingBy(WireSeries::family));
        byFamily.replaceAll((family, all) -> usualSpelling(all));
        byFamily.forEach((family, all) -> catalog.catalog()
                .rowsOf(family)
                .forEach(row -> cells.put(row, RowCells.of(catalog.catalog(), row, all))));
    }

    CompiledCatalog catalog() {
        return catalog;
    }

    /** How many numbers a frame has. */
    int width() {
        return width;
    }

    /** The cells of a row; without any where its family was never seen. */
    RowCells cells(CatalogRow row) {
        return cells.getOrDefault(row, RowCells.NONE);
    }

    List<WireSeries> series(String family) {
        return byFamily.getOrDefault(family, List.of());
    }

    /** All series, those of a family together. */
    Collection<List<WireSeries>> families() {
        return byFamily.values();
    }

    MetricType type(String family) {
        return types.getOrDefault(family, MetricType.UNKNOWN);
    }

    /** A body that has a family in two spellings says the same thing twice. */
    private static List<WireSeries> usualSpelling(List<WireSeries> series) {
        int best = series.stream().mapToInt(WireSeries::spelling).min().orElse(0);
        return series.stream().filter(s -> s.spelling() == best).toList();
    }
}
