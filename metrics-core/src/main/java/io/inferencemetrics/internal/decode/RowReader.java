package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.internal.decode.RowCells.Cell;
import io.inferencemetrics.internal.decode.RowCells.Copy;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the cells of one row out of one frame: one series for each cell that is present. */
final class RowReader {
    private final Frame frame;
    private final CatalogRow row;
    private final List<Cell> cells;
    private final Map<Double, Absence> blanks;
    private boolean boundsDiffer;

    RowReader(Frame frame, CatalogRow row) {
        this.frame = frame;
        this.row = row;
        this.cells = frame.layout().cells(row).cells();
        this.blanks = frame.layout().catalog().catalog().blanks(row);
    }

    /** The numbers as they stand on the wire. */
    List<Series<Double>> numbers() {
        return switch (row.take().part()) {
            case LABEL, PRODUCT -> labelNumbers();
            case ITEMS -> items();
            case BITS -> bits();
            case VALUE, SUM, COUNT, STATE -> values();
        };
    }

    List<Series<String>> texts() {
        return switch (row.take().part()) {
            case STATE -> states();
            case LABEL ->
                cells.stream()
                        .flatMap(cell -> first(cell)
                                .flatMap(s -> label(s, 0))
                                .filter(text -> !text.isEmpty())
                                .map(text -> new Series<>(cell.dimensions(), text))
                                .stream())
                        .toList();
            case VALUE, SUM, COUNT, PRODUCT, ITEMS, BITS -> facts();
        };
    }

    List<Series<HistogramValue>> histograms() {
        List<Series<HistogramValue>> found = new ArrayList<>();
        for (Cell cell : cells) {
            cell.copies().stream()
                    .map(this::histogram)
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(value -> found.add(new Series<>(cell.dimensions(), value)));
        }
        return found;
    }

    /** Whether parts of a histogram that was read had different bounds, of which only the common ones are kept. */
    boolean boundsDiffer() {
        return boundsDiffer;
    }

    /** The reasons that stand in place of numbers, in the order of the series, for each such series. */
    List<Series<Absence>> blanks() {
        List<Series<Absence>> found = new ArrayList<>();
        if (!blanks.isEmpty()) {
            cells.forEach(cell -> inFrame(cell).stream()
                    .flatMap(series -> Optional.ofNullable(blanks.get(frame.values()[series.index()])).stream())
                    .findFirst()
                    .ifPresent(reason -> found.add(new Series<>(cell.dimensions(), reason))));
        }
        return found;
    }

    private boolean hasNumber(WireSeries series) {
        return frame.has(series.index()) && (blanks.isEmpty() || !blanks.containsKey(frame.values()[series.index()]));
    }

    /** All series of the row that are in the frame. */
    List<WireSeries> present() {
        return cells.stream()
                .flatMap(cell -> cell.copies().stream())
                .flatMap(copy -> copy.parts().stream())
                .filter(series -> frame.has(series.index()))
                .toList();
    }

    private List<Series<Double>> values() {
        List<Series<Double>> found = new ArrayList<>();
        for (Cell cell : cells) {
            OptionalDouble greatest = cell.copies().stream()
                    .map(this::sum)
                    .flatMapToDouble(OptionalDouble::stream)
                    .reduce(RowReader::greaterOrKnown);
            greatest.ifPresent(value -> found.add(new Series<>(cell.dimensions(), value)));
        }
        return found;
    }

    /** The greater of two; a copy that is NaN knows less than one that is not. */
    private static double greaterOrKnown(double a, double b) {
        return Double.isNaN(a) || b > a ? b : a;
    }

    private OptionalDouble sum(Copy copy) {
        double sum = 0;
        boolean any = false;
        for (WireSeries part : copy.parts()) {
            if (hasNumber(part)) {
                sum += frame.values()[part.index()];
                any = true;
            }
        }
        return any ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    private List<Series<Double>> labelNumbers() {
        List<Series<Double>> found = new ArrayList<>();
        for (Cell cell : cells) {
            first(cell)
                    .map(this::product)
                    .filter(OptionalDouble::isPresent)
                    .ifPresent(number -> found.add(new Series<>(cell.dimensions(), number.getAsDouble())));
        }
        return found;
    }

    private OptionalDouble product(WireSeries series) {
        double product = 1;
        for (int i = 0; i < row.take().labels().size(); i++) {
            OptionalDouble factor = label(series, i).map(RowReader::number).orElse(OptionalDouble.empty());
            if (factor.isEmpty()) {
                return factor;
            }
            product *= factor.getAsDouble();
        }
        return OptionalDouble.of(product);
    }

    private static OptionalDouble number(String text) {
        double number = Bounds.parse(text);
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** One series for each name in the newest list; the list's value is the time at which it was made. */
    private List<Series<Double>> items() {
        List<Series<Double>> found = new ArrayList<>();
        for (Cell cell : cells) {
            newest(cell).flatMap(series -> label(series, 0)).ifPresent(list -> addItems(cell, list, found));
        }
        return found;
    }

    private static void addItems(Cell cell, String list, List<Series<Double>> found) {
        List<String> names = Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
        if (names.isEmpty()) {
            found.add(new Series<>(cell.dimensions(), 0.0));
        }
        for (String name : names) {
            Map<String, String> dimensions = new TreeMap<>(cell.dimensions());
            dimensions.put("adapter", name);
            found.add(new Series<>(dimensions, 1.0));
        }
    }

    /** One series for each bit that has a name. */
    private List<Series<Double>> bits() {
        List<Series<Double>> found = new ArrayList<>();
        for (Series<Double> mask : values()) {
            for (int bit = 0; bit < row.take().labels().size(); bit++) {
                String name = row.take().labels().get(bit);
                if (!name.isEmpty()) {
                    Map<String, String> dimensions = new TreeMap<>(mask.dimensions());
                    dimensions.put("reason", name);
                    found.add(new Series<>(dimensions, (double) (mask.value().longValue() >> bit & 1)));
                }
            }
        }
        return found;
    }

    private List<Series<String>> states() {
        List<Series<String>> found = new ArrayList<>();
        for (Cell cell : cells) {
            inFrame(cell).stream()
                    .filter(series -> frame.values()[series.index()] == 1)
                    .findFirst()
                    .flatMap(series -> label(series, 0))
                    .ifPresent(state -> found.add(new Series<>(cell.dimensions(), state)));
        }
        return found;
    }

    /** An info's labels as text, in the order of their names. */
    private List<Series<String>> facts() {
        List<Series<String>> found = new ArrayList<>();
        for (Cell cell : cells) {
            first(cell)
                    .ifPresent(series -> found.add(new Series<>(
                            cell.dimensions(),
                            new TreeMap<>(series.labels())
                                    .entrySet().stream()
                                            .map(label -> label.getKey() + "=" + label.getValue())
                                            .collect(Collectors.joining(", ")))));
        }
        return found;
    }

    private Optional<String> label(WireSeries series, int which) {
        return Optional.ofNullable(series.labels().get(row.take().labels().get(which)));
    }

    private Optional<WireSeries> first(Cell cell) {
        return inFrame(cell).stream().findFirst();
    }

    private Optional<WireSeries> newest(Cell cell) {
        return inFrame(cell).stream().max(Comparator.comparingDouble(series -> frame.values()[series.index()]));
    }

    private List<WireSeries> inFrame(Cell cell) {
        return cell.copies().stream()
                .flatMap(copy -> copy.parts().stream())
                .filter(series -> frame.has(series.index()))
                .toList();
    }

    /** The parts of a copy differ in labels that add up; each is a histogram of its own. */
    private Optional<HistogramValue> histogram(Copy copy) {
        Map<Map<String, String>, List<WireSeries>> byLabels = copy.parts().stream()
                .filter(series -> frame.has(series.index()))
                .collect(Collectors.groupingBy(WireSeries::labels));
        List<HistogramValue> parts = byLabels.values().stream()
                .map(series -> HistogramParts.read(frame, series))
                .flatMap(Optional::stream)
                .toList();
        boundsDiffer |= HistogramParts.boundsDiffer(parts);
        return parts.isEmpty() ? Optional.empty() : Optional.of(HistogramParts.merge(parts));
    }
}
