package io.inferencemetrics.engines;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.snapshot.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** In which versions and from when on a row has a value: of a formula, when all its terms have one. */
final class Availability {
    private final Catalog catalog;

    Availability(Catalog catalog) {
        this.catalog = catalog;
    }

    String versions(CatalogRow row) {
        List<VersionRange> ranges = of(row);
        return ranges.isEmpty()
                ? VersionRange.NONE.inWords()
                : ranges.stream().map(VersionRange::inWords).collect(Collectors.joining(", "));
    }

    private List<VersionRange> of(CatalogRow row) {
        List<VersionRange> ranges = List.of(row.versions());
        for (String term : terms(row)) {
            ranges = inBoth(ranges, ofTerm(term));
        }
        return ranges;
    }

    private List<VersionRange> ofTerm(String term) {
        List<VersionRange> ranges = new ArrayList<>();
        rows(term)
                .flatMap(row -> of(row).stream())
                .filter(range -> !range.equals(VersionRange.NONE))
                .forEach(range -> add(ranges, range));
        return ranges;
    }

    /** Of a term that several rows can tell, the first one's. */
    String appears(CatalogRow row) {
        return conditions(row).distinct().collect(Collectors.joining(", "));
    }

    private Stream<String> conditions(CatalogRow row) {
        Stream<String> ofTerms =
                terms(row).stream().flatMap(term -> rows(term).limit(1)).flatMap(this::conditions);
        return Stream.concat(Stream.of(RowWords.appears(row)), ofTerms).filter(words -> !words.isEmpty());
    }

    private static List<String> terms(CatalogRow row) {
        return row.formula().map(formula -> formula.terms()).orElse(List.of());
    }

    private Stream<CatalogRow> rows(String term) {
        return catalog.rows().stream()
                .filter(row -> row.metric().name().equals(term) || row.family().equals(term));
    }

    /** Ranges that overlap become one. */
    private static void add(List<VersionRange> ranges, VersionRange range) {
        Optional<VersionRange> overlapping =
                ranges.stream().filter(r -> r.intersect(range).isPresent()).findFirst();
        overlapping.ifPresent(ranges::remove);
        overlapping.map(range::span).ifPresentOrElse(wider -> add(ranges, wider), () -> ranges.add(range));
    }

    private static List<VersionRange> inBoth(List<VersionRange> some, List<VersionRange> others) {
        return some.stream()
                .flatMap(a -> others.stream().flatMap(b -> a.intersect(b).stream()))
                .toList();
    }
}
