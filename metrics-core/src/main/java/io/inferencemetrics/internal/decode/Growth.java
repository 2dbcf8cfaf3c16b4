package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.FamilyKind;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By how much the counters and histograms of one server grew between two of its snapshots.
 *
 * <p>Differences are taken series by series, before anything is added up: one rank may have started again while the others
 * went on. The result is a frame like any other, with growth where there were totals and everything else as it was at the
 * end, so that the catalogue's own formulas and rules for ranks make rates and ratios out of it.
 */
public final class Growth {
    /** Sums of sums in another order differ in their last digits. */
    private static final double ROUNDING = 1e-9;

    private final Frame earlier;
    private final Frame later;
    private final Map<Identity, Integer> indexesBefore;
    private final double[] values;
    private final boolean[] present;
    private final List<Event> restarts = new ArrayList<>();
    private final List<Event> births = new ArrayList<>();
    private final List<Event> otherBounds = new ArrayList<>();

    /** Something that happened to a series between the snapshots. */
    public record Event(String family, Map<String, String> labels) {}

    private record Identity(String family, SamplePart part, Map<String, String> labels, double upperBound) {
        static Identity of(WireSeries series) {
            return new Identity(series.family(), series.part(), series.labels(), series.upperBound());
        }
    }

    private Growth(Frame earlier, Frame later) {
        this.earlier = earlier;
        this.later = later;
        this.values = later.values().clone();
        this.present = later.present().clone();
        this.indexesBefore = earlier.layout() == later.layout() ? Map.of() : indexes(earlier.layout());
        later.layout().families().forEach(this::grow);
    }

    /**
     * Compares two snapshots of one server.
     *
     * @throws IllegalArgumentException when one of them was not made by a collector
     */
    public static Growth between(MetricsSnapshot earlier, MetricsSnapshot later) {
        return new Growth(frameOf(earlier).frame(), frameOf(later).frame());
    }

    private static FrameSnapshot frameOf(MetricsSnapshot snapshot) {
        if (snapshot instanceof FrameSnapshot framed) {
            return framed;
        }
        throw new IllegalArgumentException("a snapshot made by a collector was expected, not a "
                + snapshot.getClass().getName() + " of " + snapshot.info().target());
    }

    /** The later snapshot with growth instead of totals. */
    public MetricsSnapshot in(MetricsSnapshot laterSnapshot) {
        return frameOf(laterSnapshot).withGrowth(frame());
    }

    private Frame frame() {
        return new Frame(
                later.layout(),
                values,
                present,
                later.timestampsMillis(),
                later.names(),
                later.bare(),
                later.samples(),
                later.duplicates());
    }

    /** By how much a number of this size may differ from the true one, since the server prints so many digits only; 0 for NaN. */
    public double rounding(double value) {
        OptionalInt digits = later.layout().catalog().catalog().digits();
        return digits.isEmpty() || !(value >= Math.pow(10, digits.getAsInt()))
                ? 0
                : 0.5 * Math.pow(10, Math.floor(Math.log10(value)) + 1 - digits.getAsInt());
    }

    /** Whether what is said of a ratio comes from counters, rather than from gauges as they were at the end. */
    public boolean isOfCounters(RatioMetric metric, String source) {
        return later.layout().catalog().rows(metric).stream()
                .filter(row -> row.source().equals(source))
                .flatMap(row -> row.formula().stream())
                .flatMap(formula -> formula.terms().stream())
                .anyMatch(this::isCounter);
    }

    private boolean isCounter(String term) {
        Catalog catalog = later.layout().catalog().catalog();
        return catalog.metric(term).filter(CounterMetric.class::isInstance).isPresent()
                || catalog.rowsOf(term).stream().anyMatch(row -> row.kind() == FamilyKind.COUNTER);
    }

    /** Series that started again from 0: all that they say at the end is growth. */
    public List<Event> restarts() {
        return List.copyOf(restarts);
    }

    /** Series that are there only at the end, and so grew from 0. */
    public List<Event> births() {
        return List.copyOf(births);
    }

    /** Histograms with other bounds at the end than at the start, of which only the common ones are kept. */
    public List<Event> otherBounds() {
        return List.copyOf(otherBounds);
    }

    private static Map<Identity, Integer> indexes(Layout layout) {
        Map<Identity, Integer> indexes = new HashMap<>();
        layout.families().forEach(family -> family.forEach(one -> indexes.put(Identity.of(one), one.index())));
        return indexes;
    }

    private void grow(List<WireSeries> family) {
        boolean counter = later
                .layout()
                .catalog()
                .catalog()
                .rowsOf(family.get(0).family())
                .stream()
                .anyMatch(row -> row.kind() == FamilyKind.COUNTER);
        if (counter) {
            family.stream().filter(one -> one.part() == SamplePart.VALUE).forEach(this::growCounter);
        }
        family.stream()
                .filter(one -> one.part() != SamplePart.VALUE && one.part() != SamplePart.CREATED)
                .collect(Collectors.groupingBy(WireSeries::labels))
                .values()
                .forEach(this::growHistogram);
    }

    private void growCounter(WireSeries series) {
        if (!later.has(series.index()) || isBlank(series, values[series.index()])) {
            return;
        }
        if (!wasThere(series)) {
            births.add(event(series));
        } else if (isBlank(series, before(series))) {
            present[series.index()] = false;
        } else if (fell(series)) {
            restarts.add(event(series));
        } else {
            subtract(series);
        }
    }

    private boolean isBlank(WireSeries series, double value) {
        Catalog catalog = later.layout().catalog().catalog();
        return catalog.rowsOf(series.family()).stream()
                .anyMatch(row -> catalog.blanks(row).containsKey(value));
    }

    /** Its parts started again together, or none of them did. */
    private void growHistogram(Collection<WireSeries> all) {
        List<WireSeries> parts =
                all.stream().filter(part -> later.has(part.index())).toList();
        List<WireSeries> known = parts.stream().filter(this::wasThere).toList();
        if (parts.isEmpty()) {
            return;
        }
        if (known.isEmpty()) {
            births.add(event(parts.get(0)));
        } else if (known.stream().anyMatch(this::fell)) {
            restarts.add(event(parts.get(0)));
        } else {
            keepCommonBounds(parts, known);
            known.forEach(this::subtract);
            levelOut(known);
        }
    }

    private void keepCommonBounds(List<WireSeries> parts, List<WireSeries> known) {
        Set<WireSeries> common = new HashSet<>(known);
        List<WireSeries> others =
                parts.stream().filter(part -> !common.contains(part)).toList();
        others.forEach(part -> present[part.index()] = false);
        if (!others.isEmpty() || bucketsBefore(parts.get(0)) > buckets(known)) {
            otherBounds.add(event(parts.get(0)));
        }
    }

    private long bucketsBefore(WireSeries like) {
        return earlier.layout().series(like.family()).stream()
                .filter(one -> one.part() == SamplePart.BUCKET
                        && one.labels().equals(like.labels())
                        && earlier.has(one.index()))
                .count();
    }

    private static long buckets(List<WireSeries> parts) {
        return parts.stream().filter(one -> one.part() == SamplePart.BUCKET).count();
    }

    /** The text of a server with several processes may be torn by a request or two between one bucket and the next. */
    private void levelOut(List<WireSeries> parts) {
        double most = 0;
        for (WireSeries bucket : parts.stream()
                .filter(one -> one.part() == SamplePart.BUCKET)
                .sorted(Comparator.comparingDouble(WireSeries::upperBound))
                .toList()) {
            most = Math.max(most, values[bucket.index()]);
            values[bucket.index()] = most;
        }
    }

    private boolean wasThere(WireSeries series) {
        return earlier.has(indexBefore(series));
    }

    private int indexBefore(WireSeries series) {
        return earlier.layout() == later.layout()
                ? series.index()
                : indexesBefore.getOrDefault(Identity.of(series), -1);
    }

    private double before(WireSeries series) {
        return earlier.values()[indexBefore(series)];
    }

    private boolean fell(WireSeries series) {
        double before = before(series);
        return values[series.index()] < before - ROUNDING * Math.abs(before);
    }

    private void subtract(WireSeries series) {
        double grown = values[series.index()] - before(series);
        values[series.index()] = grown < 0 ? 0 : grown;
    }

    private static Event event(WireSeries series) {
        return new Event(series.family(), series.labels());
    }
}
