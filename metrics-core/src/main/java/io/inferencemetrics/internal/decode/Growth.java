package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.FamilyKind;
import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.metric.CounterMetric;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * By how much the counters and histograms of one server grew over its snapshots, from the first to the last.
 *
 * <p>Differences are taken series by series and from each snapshot to the next, before anything is added up: one rank may
 * have started again while the others went on. The result is a frame like any other, with growth where there were totals
 * and everything else as it was at the end, so that the catalogue's own formulas and rules for ranks make rates and ratios
 * out of it.
 */
public final class Growth {
    /** Sums of sums in another order differ in their last digits. */
    private static final double ROUNDING = 1e-9;

    private static final int NEVER = -1;

    /** Formulas name metrics that are formulas. */
    private static final int DEEPEST = 8;

    private final Frames frames;
    private final Layout layout;
    private final List<WireSeries> processStarts;
    private final double[] values;
    private final boolean[] present;
    private final List<Event> restarts = new ArrayList<>();
    private final List<Event> births = new ArrayList<>();
    private final List<Event> otherBounds = new ArrayList<>();

    /**
     * Something that happened to a series between two of the snapshots.
     *
     * @param seen when the later of the two was made
     */
    public record Event(String family, Map<String, String> labels, Instant seen) {}

    private Growth(Frames frames) {
        Frame last = frames.newest().frame();
        this.frames = frames;
        this.layout = last.layout();
        this.processStarts = layout.catalog().rows(LlmMetrics.PROCESS_START).stream()
                .flatMap(row -> layout.series(row.family()).stream())
                .toList();
        this.values = last.values().clone();
        this.present = last.present().clone();
        layout.families().forEach(this::grow);
    }

    /**
     * Compares snapshots of one server.
     *
     * @param snapshots one or more, the oldest first
     * @throws IllegalArgumentException when one of them was not made by a collector
     */
    public static Growth over(List<MetricsSnapshot> snapshots) {
        return new Growth(Frames.of(snapshots));
    }

    /** The last snapshot with growth instead of totals. */
    public MetricsSnapshot snapshot() {
        Frame last = frames.newest().frame();
        Frame grown = new Frame(
                layout,
                values,
                present,
                last.timestampsMillis(),
                last.names(),
                last.bare(),
                last.samples(),
                last.duplicates());
        return frames.newest().withGrowth(grown, frames.at(0));
    }

    /** By how much a number of this size may differ from the true one, since the server prints so many digits only; 0 for NaN. */
    public double rounding(double value) {
        OptionalInt digits = layout.catalog().catalog().digits();
        return digits.isEmpty() || !(value >= Math.pow(10, digits.getAsInt()))
                ? 0
                : 0.5 * Math.pow(10, Math.floor(Math.log10(value)) + 1 - digits.getAsInt());
    }

    /** Whether what is said of a ratio comes from counters, rather than from gauges as they were at the end. */
    public boolean isOfCounters(NumericMetric metric, String source) {
        return layout.catalog().windowRows(metric).stream()
                .filter(row -> row.source().equals(source))
                .flatMap(row -> row.formula().stream())
                .flatMap(formula -> formula.terms().stream())
                .anyMatch(this::isCounter);
    }

    private boolean isCounter(String term) {
        Catalog catalog = layout.catalog().catalog();
        return catalog.metric(term).filter(CounterMetric.class::isInstance).isPresent() || isCounterFamily(term);
    }

    private boolean isCounterFamily(String family) {
        return layout.catalog().catalog().rowsOf(family).stream().anyMatch(row -> row.kind() == FamilyKind.COUNTER);
    }

    /** Whether a counter is made of families that count a request only when it ends. */
    public boolean isCountedAtEnd(CounterMetric metric, String source) {
        Catalog catalog = layout.catalog().catalog();
        return families(metric, source).stream().anyMatch(catalog::isCountedAtEnd);
    }

    /** The families that an answer is made of, also through the metrics that its formula names. */
    public Set<String> families(Metric<?> metric, String source) {
        Set<String> families = new HashSet<>();
        layout.catalog().windowRows(metric).stream()
                .filter(row -> row.source().equals(source))
                .forEach(row -> addFamilies(row, families, 0));
        return families;
    }

    private void addFamilies(CatalogRow row, Set<String> families, int depth) {
        if (row.formula().isEmpty()) {
            families.add(row.family());
        } else if (depth < DEEPEST) {
            row.formula().orElseThrow().terms().stream()
                    .flatMap(this::rowsOf)
                    .forEach(part -> addFamilies(part, families, depth + 1));
        }
    }

    /** The row by which a term of a formula is learned: the first that has something in this layout. */
    private Stream<CatalogRow> rowsOf(String term) {
        CompiledCatalog catalog = layout.catalog();
        return catalog
                .catalog()
                .metric(term)
                .map(catalog::windowRows)
                .orElseGet(() -> catalog.catalog().rowsOf(term))
                .stream()
                .filter(row -> row.formula().isPresent()
                        || !layout.series(row.family()).isEmpty())
                .limit(1);
    }

    /** Series that started again from 0, or went away and came back: all that they say since is growth. */
    public List<Event> restarts() {
        return List.copyOf(restarts);
    }

    /** Series that are not there at first, and so grew from 0. */
    public List<Event> births() {
        return List.copyOf(births);
    }

    /** Histograms whose bounds changed, of which only the common ones are kept. */
    public List<Event> otherBounds() {
        return List.copyOf(otherBounds);
    }

    private void grow(List<WireSeries> family) {
        Map<Map<String, String>, WireSeries> creations = Frames.creations(family);
        if (isCounterFamily(family.get(0).family())) {
            family.stream()
                    .filter(one -> one.part() == SamplePart.VALUE)
                    .forEach(one -> grow(List.of(one), creations.get(one.labels())));
        }
        family.stream()
                .filter(one -> one.part() != SamplePart.VALUE && one.part() != SamplePart.CREATED)
                .collect(Collectors.groupingBy(WireSeries::labels))
                .forEach((labels, parts) -> grow(parts, creations.get(labels)));
    }

    /** Grows the parts of a histogram, or a counter alone: they started again together, or none of them did. */
    private void grow(List<WireSeries> parts, @Nullable WireSeries creation) {
        parts.forEach(part -> values[part.index()] = 0);
        int end = frames.size() - 1;
        Set<WireSeries> grown = new HashSet<>();
        Set<WireSeries> common = new HashSet<>(parts);
        int before = NEVER;
        boolean sameBounds = true;
        for (int now = 0; now < frames.size(); now++) {
            List<WireSeries> here = frames.present(now, parts);
            if (!here.isEmpty() && isKnownBefore(here.get(0), before, now)) {
                List<WireSeries> counted = add(here, before, now, creation);
                sameBounds &= counted.size() == here.size() && !lostBuckets(counted, before);
                grown.addAll(counted);
                common.retainAll(counted);
            }
            before = here.isEmpty() ? before : now;
        }
        parts.forEach(part -> present[part.index()] = grown.contains(part) && common.contains(part));
        parts.stream()
                .filter(part -> frames.isThere(end, part) && !frames.has(end, part))
                .forEach(this::keepBlank);
        if (!sameBounds) {
            otherBounds.add(event(parts.get(0), end));
        }
        levelOut(parts);
    }

    /** What a series was before it came is 0; what it was while its number stood for none nobody knows. */
    private boolean isKnownBefore(WireSeries series, int before, int now) {
        return now > 0
                && (before != NEVER || IntStream.range(0, now).noneMatch(place -> frames.isThere(place, series)));
    }

    /** A number that stands for none says why there is none. */
    private void keepBlank(WireSeries series) {
        values[series.index()] = frames.value(frames.size() - 1, series);
        present[series.index()] = true;
    }

    /** Adds what came from one frame to the next; gives the parts for which that is known. */
    private List<WireSeries> add(List<WireSeries> here, int before, int now, @Nullable WireSeries creation) {
        List<WireSeries> known = before == NEVER ? List.of() : frames.present(before, here);
        boolean again = !known.isEmpty() && startedAgain(known, before, now, creation);
        if (again || known.isEmpty()) {
            (again ? restarts : births).add(event(here.get(0), now));
            here.forEach(part -> values[part.index()] += frames.value(now, part));
            return here;
        }
        if (wentAway(here.get(0), before, now)) {
            restarts.add(event(here.get(0), now));
        }
        known.forEach(
                part -> values[part.index()] += Math.max(0, frames.value(now, part) - frames.value(before, part)));
        return known;
    }

    private boolean wentAway(WireSeries series, int before, int now) {
        return IntStream.range(before, now).anyMatch(between -> !frames.isThere(between, series));
    }

    private boolean startedAgain(List<WireSeries> known, int before, int now, @Nullable WireSeries creation) {
        return known.stream().anyMatch(part -> fell(part, before, now))
                || (creation != null && rose(creation, before, now))
                || processStarts.stream().anyMatch(start -> rose(start, before, now));
    }

    private boolean fell(WireSeries series, int before, int now) {
        double was = frames.value(before, series);
        return frames.value(now, series) < was - ROUNDING * Math.abs(was);
    }

    private boolean rose(WireSeries time, int before, int now) {
        return frames.has(before, time)
                && frames.has(now, time)
                && frames.value(now, time) > frames.value(before, time);
    }

    private boolean lostBuckets(List<WireSeries> counted, int before) {
        return before != NEVER
                && counted.get(0).part() != SamplePart.VALUE
                && frames.buckets(before, counted.get(0)) > buckets(counted);
    }

    private static long buckets(List<WireSeries> parts) {
        return parts.stream().filter(one -> one.part() == SamplePart.BUCKET).count();
    }

    /** The text of a server with several processes may be torn by a request or two between one bucket and the next. */
    private void levelOut(List<WireSeries> parts) {
        double most = 0;
        for (WireSeries bucket : parts.stream()
                .filter(one -> one.part() == SamplePart.BUCKET && present[one.index()])
                .sorted(Comparator.comparingDouble(WireSeries::upperBound))
                .toList()) {
            most = Math.max(most, values[bucket.index()]);
            values[bucket.index()] = most;
        }
    }

    private Event event(WireSeries series, int now) {
        return new Event(series.family(), series.labels(), frames.at(now).info().time());
    }
}
