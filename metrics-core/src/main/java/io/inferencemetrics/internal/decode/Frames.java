package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Frames of one server, the oldest first, all seen through the layout of the newest. */
final class Frames {
    private final List<FrameSnapshot> snapshots;
    private final Layout layout;
    private final Map<Layout, Map<Identity, Integer>> indexesOfOthers = new HashMap<>();

    private record Identity(String family, SamplePart part, Map<String, String> labels, double upperBound) {
        static Identity of(WireSeries series) {
            return new Identity(series.family(), series.part(), series.labels(), series.upperBound());
        }
    }

    /**
     * Puts frames in a row.
     *
     * @throws IllegalArgumentException when a snapshot was not made by a collector
     */
    static Frames of(List<MetricsSnapshot> snapshots) {
        return new Frames(snapshots.stream().map(Frames::frameOf).toList());
    }

    private Frames(List<FrameSnapshot> snapshots) {
        this.snapshots = snapshots;
        this.layout = newest().frame().layout();
        snapshots.stream()
                .map(snapshot -> snapshot.frame().layout())
                .filter(other -> other != layout)
                .forEach(other -> indexesOfOthers.computeIfAbsent(other, Frames::indexes));
    }

    static FrameSnapshot frameOf(MetricsSnapshot snapshot) {
        if (snapshot instanceof FrameSnapshot framed) {
            return framed;
        }
        throw new IllegalArgumentException("a snapshot made by a collector was expected, not a "
                + snapshot.getClass().getName() + " of " + snapshot.info().target());
    }

    private static Map<Identity, Integer> indexes(Layout layout) {
        Map<Identity, Integer> indexes = new HashMap<>();
        layout.families().forEach(family -> family.forEach(one -> indexes.put(Identity.of(one), one.index())));
        return indexes;
    }

    /** A frame with its numbers where another layout has their series. */
    static Frame seenThrough(Layout layout, Frame frame) {
        Map<Identity, Integer> old = indexes(frame.layout());
        boolean timed = frame.timestampsMillis().length > 0;
        double[] values = new double[layout.width()];
        boolean[] present = new boolean[values.length];
        long[] times = new long[timed ? values.length : 0];
        layout.families()
                .forEach(family -> family.forEach(series -> {
                    int index = old.getOrDefault(Identity.of(series), -1);
                    present[series.index()] = frame.has(index);
                    values[series.index()] = frame.has(index) ? frame.values()[index] : 0;
                    if (timed) {
                        times[series.index()] = frame.has(index) ? frame.timestampMillis(index) : Frame.NO_TIMESTAMP;
                    }
                }));
        return new Frame(
                layout, values, present, times, frame.names(), frame.bare(), frame.samples(), frame.duplicates());
    }

    int size() {
        return snapshots.size();
    }

    FrameSnapshot newest() {
        return at(size() - 1);
    }

    FrameSnapshot at(int place) {
        return snapshots.get(place);
    }

    /** Whether the frame at a place has a number for a series of the newest layout, not one that stands for none. */
    boolean has(int place, WireSeries series) {
        return isThere(place, series) && !isBlank(series, value(place, series));
    }

    /** Whether the frame at a place has a series of the newest layout, be its number one that stands for none. */
    boolean isThere(int place, WireSeries series) {
        return frame(place).has(index(place, series));
    }

    private boolean isBlank(WireSeries series, double value) {
        Catalog catalog = layout.catalog().catalog();
        return catalog.rowsOf(series.family()).stream()
                .anyMatch(row -> catalog.blanks(row).containsKey(value));
    }

    double value(int place, WireSeries series) {
        return frame(place).values()[index(place, series)];
    }

    /** Those series of the newest layout that the frame at a place has. */
    List<WireSeries> present(int place, List<WireSeries> among) {
        return among.stream().filter(one -> has(place, one)).toList();
    }

    /** How many buckets the frame at a place has of a histogram, also those that the newest layout lacks. */
    long buckets(int place, WireSeries like) {
        return frame(place).layout().series(like.family()).stream()
                .filter(one -> one.part() == SamplePart.BUCKET
                        && one.labels().equals(like.labels())
                        && frame(place).has(one.index()))
                .count();
    }

    private Frame frame(int place) {
        return snapshots.get(place).frame();
    }

    private int index(int place, WireSeries series) {
        Layout there = frame(place).layout();
        return there == layout
                ? series.index()
                : indexesOfOthers.getOrDefault(there, Map.of()).getOrDefault(Identity.of(series), -1);
    }

    /** When series were created, by their labels, as far as the family says it. */
    static Map<Map<String, String>, WireSeries> creations(List<WireSeries> family) {
        return family.stream()
                .filter(one -> one.part() == SamplePart.CREATED)
                .collect(Collectors.toMap(WireSeries::labels, one -> one, (a, b) -> a));
    }
}
