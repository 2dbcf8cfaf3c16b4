package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Coverage;
import io.inferencemetrics.snapshot.Coverage.MissingMetric;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.RawSample;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.ScrapeInfo;
import io.inferencemetrics.snapshot.Series;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A snapshot that answers from a frame. */
final class FrameSnapshot implements MetricsSnapshot {
    private final Frame frame;
    private final Scrape scrape;
    private final Map<String, String> scope;
    private final Provenances provenances;
    private final Answers answers;

    /** Sorted only when something is absent or the coverage is asked for; threads that race sort the same. */
    private @Nullable Wire wire;

    FrameSnapshot(Frame frame, Scrape scrape) {
        this(frame, scrape, Map.of());
    }

    private FrameSnapshot(Frame frame, Scrape scrape, Map<String, String> scope) {
        this.frame = frame;
        this.scrape = scrape;
        this.scope = scope;
        this.provenances = new Provenances(frame, scrape.info(), scrape.staleAfter());
        this.answers = new Answers(frame, scope, provenances);
    }

    @Override
    public ScrapeInfo info() {
        return scrape.info();
    }

    @Override
    public <T> Reading<T> reading(Metric<T> metric) {
        Outcome<T> outcome = ask(metric);
        if (outcome instanceof Outcome.Found<T> found) {
            return found.stale()
                    ? new Reading.Stale<>(metric, found.value(), found.provenance())
                    : new Reading.Value<>(metric, found.value(), found.provenance());
        }
        if (outcome instanceof Outcome.Unobserved<T> unobserved) {
            return new Reading.NoObservations<>(metric, unobserved.provenance());
        }
        if (outcome instanceof Outcome.Unusable<T> unusable) {
            return new Reading.Failed<>(metric, unusable.message(), unusable.provenance());
        }
        if (outcome instanceof Outcome.Refused<T> refused) {
            return new Reading.Absent<>(metric, refused.reason(), refused.detail(), refused.provenance());
        }
        return absent(metric);
    }

    /** What the web framework around an engine says is no answer while the engine itself says nothing. */
    private <T> Outcome<T> ask(Metric<T> metric) {
        return frame.hasEngineFamilies() ? answers.ask(metric) : new Outcome.Missing<>();
    }

    private <T> Reading<T> absent(Metric<T> metric) {
        if (!scope.isEmpty()
                && new Answers(frame, Map.of(), provenances).ask(metric) instanceof Outcome.Found<T> whole) {
            return new Reading.Absent<>(
                    metric,
                    Absence.NOT_EXPOSED,
                    whole.provenance().source() + " is not told apart so that it could be said of " + scope,
                    whole.provenance());
        }
        Absences.Reason reason = new Absences(frame, wire(), answers, scrape.firstSkipped()).explain(metric);
        Optional<CatalogRow> first =
                frame.layout().catalog().rows(metric).stream().findFirst();
        return new Reading.Absent<>(
                metric,
                reason.absence(),
                reason.detail(),
                reason.option(),
                reason.versions(),
                provenances.ofNothing(first));
    }

    @Override
    public <T> List<Series<T>> series(Metric<T> metric) {
        Outcome<T> outcome = ask(metric);
        if (outcome instanceof Outcome.Found<T> found) {
            return found.series();
        }
        if (outcome instanceof Outcome.Refused<T> refused) {
            return refused.series();
        }
        return outcome instanceof Outcome.Unusable<T> unusable ? unusable.series() : List.of();
    }

    @Override
    public List<Metric<?>> metrics() {
        Set<Metric<?>> all = new LinkedHashSet<>(
                frame.layout().catalog().catalog().vocabulary().metrics());
        all.addAll(frame.layout().catalog().catalog().metrics());
        return List.copyOf(all);
    }

    @Override
    public Optional<Metric<?>> metric(String name) {
        List<Metric<?>> named = frame.layout().catalog().catalog().metrics(name);
        return named.stream()
                .filter(metric -> named.size() == 1 || !(reading(metric) instanceof Reading.Absent))
                .findFirst()
                .or(() -> named.stream().findFirst())
                .or(() -> Vocabulary.named(name));
    }

    @Override
    public List<String> values(Dimension dimension) {
        return metrics().stream()
                .flatMap(metric -> series(metric).stream())
                .flatMap(series -> series.dimension(dimension).stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public MetricsSnapshot where(Dimension dimension, String value) {
        Map<String, String> narrower = new TreeMap<>(scope);
        narrower.put(dimension.name(), value);
        return new FrameSnapshot(frame, scrape, narrower);
    }

    Frame frame() {
        return frame;
    }

    /** The same with other numbers: how much each counter and histogram grew. */
    FrameSnapshot withGrowth(Frame growth) {
        return new FrameSnapshot(growth, scrape, scope);
    }

    private Wire wire() {
        @Nullable Wire known = wire;
        Wire sorted = known != null ? known : Wire.of(frame);
        wire = sorted;
        return sorted;
    }

    @Override
    public Coverage coverage() {
        Wire names = wire();
        List<MissingMetric> absent = new ArrayList<>();
        for (Metric<?> metric : frame.layout().catalog().catalog().vocabulary().metrics()) {
            if (reading(metric) instanceof Reading.Absent<?> missing) {
                absent.add(MissingMetric.of(missing));
            }
        }
        return new Coverage(
                List.copyOf(names.found()),
                absent,
                List.copyOf(names.unmapped()),
                List.copyOf(names.foreign()),
                names.version(),
                frame.samples(),
                frame.duplicates(),
                scrape.skippedLines(),
                scrape.firstSkipped(),
                scrape.notes());
    }

    @Override
    public List<RawSample> rawSamples() {
        return scrape.keepsRawSamples() ? RawSamples.of(scrape.text(), scrape.format()) : List.of();
    }

    @Override
    public Optional<byte[]> body() {
        return scrape.keepsBody() ? Optional.of(scrape.body().clone()) : Optional.empty();
    }
}
