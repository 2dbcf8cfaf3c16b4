package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyKind;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.catalog.LabelRule;
import io.inferencemetrics.catalog.Take;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The series of one family as one row of the catalogue sees them: a cell for each combination of dimensions.
 *
 * @param cells in the order of their dimensions' values
 */
record RowCells(List<Cell> cells) {
    static final RowCells NONE = new RowCells(List.of());

    /**
     * The series that make one value.
     *
     * @param dimensions by which the cell differs from others
     * @param copies the same value several times, the lowest rank first; each is the sum of its parts
     */
    record Cell(Map<String, String> dimensions, List<Copy> copies) {}

    /**
     * One copy of a value.
     *
     * @param parts series that add up to it
     */
    record Copy(List<WireSeries> parts) {}

    static RowCells of(Catalog catalog, CatalogRow row, List<WireSeries> family) {
        Map<Map<String, String>, Map<CopyKey, List<WireSeries>>> grouped = new TreeMap<>(RowCells::compare);
        for (WireSeries series : family) {
            if (takes(row, series.part())
                    && row.where().stream()
                            .allMatch(w -> w.accepts(series.labels().get(w.label())))) {
                grouped.computeIfAbsent(dimensions(catalog, row, series), d -> new TreeMap<>())
                        .computeIfAbsent(copyKey(catalog, row, series), k -> new ArrayList<>())
                        .add(series);
            }
        }
        List<Cell> cells = new ArrayList<>();
        grouped.forEach((dimensions, copies) -> cells.add(new Cell(
                dimensions,
                wholes(catalog, row, List.copyOf(copies.values())).stream()
                        .map(parts -> new Copy(totals(catalog, row, parts)))
                        .toList())));
        return new RowCells(List.copyOf(cells));
    }

    private static boolean takes(CatalogRow row, SamplePart part) {
        return switch (row.take().part()) {
            case SUM -> part == SamplePart.SUM;
            case COUNT -> part == SamplePart.COUNT;
            default -> distribution(row) == (part != SamplePart.VALUE) && part != SamplePart.CREATED;
        };
    }

    private static boolean distribution(CatalogRow row) {
        return row.take().part() == Take.Part.VALUE
                && (row.kind() == FamilyKind.HISTOGRAM || row.kind() == FamilyKind.SUMMARY);
    }

    private static Map<String, String> dimensions(Catalog catalog, CatalogRow row, WireSeries series) {
        Map<String, String> dimensions = new TreeMap<>();
        series.labels().forEach((label, value) -> {
            LabelRule rule = catalog.labelRule(row, label);
            if (rule.tellsApart() && (!speaksInLabels(row) || catalog.hasRule(row, label))) {
                dimensions.put(rule.dimension(), value);
            }
        });
        return dimensions;
    }

    /** Where the labels say what there is to say, only those that the catalogue names tell series apart. */
    private static boolean speaksInLabels(CatalogRow row) {
        return switch (row.take().part()) {
            case LABEL, PRODUCT, ITEMS, STATE -> true;
            case VALUE, SUM, COUNT, BITS -> row.kind() == FamilyKind.INFO;
        };
    }

    private static CopyKey copyKey(Catalog catalog, CatalogRow row, WireSeries series) {
        Map<String, String> key = new TreeMap<>();
        series.labels().forEach((label, value) -> {
            LabelRule.Treatment treatment = catalog.labelRule(row, label).treatment();
            if (treatment == LabelRule.Treatment.COPY || treatment == LabelRule.Treatment.REPEATED) {
                key.put(label, value);
            }
        });
        return new CopyKey(key);
    }

    /** Of what is repeated for each part of a thing, only what is said of the thing itself, where it is. */
    private static List<List<WireSeries>> wholes(Catalog catalog, CatalogRow row, List<List<WireSeries>> copies) {
        List<List<WireSeries>> wholes = copies.stream()
                .filter(parts -> parts.get(0).labels().entrySet().stream()
                        .allMatch(label -> label.getValue().isEmpty()
                                || catalog.labelRule(row, label.getKey()).treatment() != LabelRule.Treatment.REPEATED))
                .toList();
        return wholes.isEmpty() ? copies : wholes;
    }

    /** Of parts beside their total only the total is taken. */
    private static List<WireSeries> totals(Catalog catalog, CatalogRow row, List<WireSeries> parts) {
        List<WireSeries> totals = parts.stream()
                .filter(series -> series.labels().entrySet().stream()
                        .allMatch(label -> label.getValue().isEmpty()
                                || catalog.labelRule(row, label.getKey()).treatment() != LabelRule.Treatment.TOTAL))
                .toList();
        return totals.isEmpty() ? List.copyOf(parts) : totals;
    }

    /** The values of the copy labels, ordered so that rank 2 comes before rank 10. */
    private record CopyKey(Map<String, String> labels) implements Comparable<CopyKey> {
        @Override
        public int compareTo(CopyKey other) {
            return compare(labels, other.labels);
        }
    }

    private static int compare(Map<String, String> a, Map<String, String> b) {
        int keys = String.join(",", a.keySet()).compareTo(String.join(",", b.keySet()));
        if (keys != 0) {
            return keys;
        }
        for (Map.Entry<String, String> label : a.entrySet()) {
            String mine = label.getValue();
            String theirs = b.getOrDefault(label.getKey(), "");
            int order = numeric(mine) && numeric(theirs)
                    ? Long.compare(Long.parseLong(mine), Long.parseLong(theirs))
                    : mine.compareTo(theirs);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static boolean numeric(String text) {
        return !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
