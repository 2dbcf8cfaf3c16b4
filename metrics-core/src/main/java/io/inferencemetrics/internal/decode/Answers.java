package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.CatalogRow;
import io.inferencemetrics.catalog.Formula;
import io.inferencemetrics.catalog.Take;
import io.inferencemetrics.metric.Aggregation;
import io.inferencemetrics.metric.HistogramMetric;
import io.inferencemetrics.metric.HistogramValue;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.metric.RatioMetric;
import io.inferencemetrics.metric.TextMetric;
import io.inferencemetrics.metric.Unit;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Series;
import io.inferencemetrics.snapshot.Trust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a frame says about a metric: the rows of the catalogue in their order, the first that finds something.
 *
 * <p>Stateless but for the frame, so that any number of threads may ask.
 */
final class Answers {
    /** Formulas name metrics that are formulas; a circle among them ends here. */
    private static final int DEEPEST = 8;

    private static final double ROUNDING = 1e-6;

    private final Frame frame;
    private final Map<String, String> scope;
    private final Provenances provenances;
    /** Null where the frame is that of one scrape. */
    private final @Nullable Answers atStart;

    /**
     * Answers from a frame.
     *
     * @param scope only series with these values of these dimensions count
     * @param atStart what was true when the window began, where the frame holds the growth of one
     */
    Answers(Frame frame, Map<String, String> scope, Provenances provenances, @Nullable Answers atStart) {
        this.frame = frame;
        this.scope = scope;
        this.provenances = provenances;
        this.atStart = atStart;
    }

    @SuppressWarnings("unchecked") // the kinds of metric and their types of value are one to one
    <T> Outcome<T> ask(Metric<T> metric) {
        if (metric instanceof NumericMetric number) {
            return (Outcome<T>) number(number, 0);
        }
        return metric instanceof HistogramMetric histogram
                ? (Outcome<T>) firstFound(histogram, row -> histogram(histogram, row))
                : (Outcome<T>) firstFound((TextMetric) metric, this::text);
    }

    private Outcome<Double> number(NumericMetric metric, int depth) {
        return firstFound(
                metric,
                row -> row.formula()
                        .map(formula -> computed(metric, row, formula, depth))
                        .orElseGet(() -> read(metric, row, depth)));
    }

    /** The rows of a metric in their order: the first that finds something wins. */
    private <T> Outcome<T> firstFound(Metric<T> metric, Function<CatalogRow, Outcome<T>> way) {
        List<Outcome<T>> outcomes = new ArrayList<>();
        CompiledCatalog catalog = frame.layout().catalog();
        for (CatalogRow row : atStart == null ? catalog.rows(metric) : catalog.windowRows(metric)) {
            Outcome<T> outcome = way.apply(row);
            if (outcome instanceof Outcome.Found) {
                return outcome;
            }
            outcomes.add(outcome);
        }
        return mostTelling(outcomes);
    }

    /** Without a value, the first way that at least met its family says the most. */
    private static <T> Outcome<T> mostTelling(List<Outcome<T>> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.Missing))
                .findFirst()
                .orElseGet(Outcome.Missing::new);
    }

    private Outcome<Double> read(NumericMetric metric, CatalogRow row, int depth) {
        RowReader reader = new RowReader(frame, row);
        List<Series<Double>> onWire = inScope(reader.numbers());
        List<Series<Absence>> blanks = inScope(reader.blanks());
        if (onWire.isEmpty()) {
            return blanks.isEmpty()
                    ? new Outcome.Missing<>()
                    : blank(row, reader, blanks.get(0).value());
        }
        boolean percent = metric instanceof RatioMetric && isUntypedPercent(row, onWire);
        List<Series<Double>> series = converted(onWire, percent ? Unit.PERCENT : row.unit(), metric.unit());
        Provenances.Made made =
                blanks.isEmpty() ? made(row, reader, percent, onWire) : incomplete(row, reader, onWire.size(), blanks);
        return checked(metric, series, made)
                .orElseGet(() -> combined(series, wholes(row, series), metric.overRanks(), made, depth));
    }

    /** Where a thing and its parts are there, the thing alone is combined; the parts stay reachable. */
    private List<Series<Double>> wholes(CatalogRow row, List<Series<Double>> series) {
        Set<String> parts = frame.layout().catalog().catalog().partDimensions(row);
        if (parts.isEmpty()) {
            return series;
        }
        Set<Map<String, String>> all = series.stream().map(Series::dimensions).collect(Collectors.toSet());
        return series.stream()
                .filter(one -> {
                    Map<String, String> whole = new TreeMap<>(one.dimensions());
                    return !whole.keySet().removeAll(parts) || !all.contains(whole);
                })
                .toList();
    }

    /** A number that means that there is none. */
    private Outcome<Double> blank(CatalogRow row, RowReader reader, Absence reason) {
        return new Outcome.Refused<>(
                List.of(),
                reason,
                row.family() + " says that there is no value: " + inWords(reason),
                provenances.of(row, reader).provenance());
    }

    private Provenances.Made incomplete(CatalogRow row, RowReader reader, int there, List<Series<Absence>> blanks) {
        String note = there + " of " + (there + blanks.size()) + " series have a value; "
                + blanks.get(0).dimensions() + " has none: "
                + inWords(blanks.get(0).value());
        return provenances.of(row, reader, row.trust(), note);
    }

    private static String inWords(Absence reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Provenances.Made made(CatalogRow row, RowReader reader, boolean percent, List<Series<Double>> onWire) {
        if (percent) {
            return provenances.of(row, reader, Trust.APPROXIMATE, "untyped and above 1, so taken as percent");
        }
        OptionalInt digits = frame.layout().catalog().catalog().digits();
        return digits.isPresent()
                        && onWire.stream().anyMatch(s -> Math.abs(s.value()) >= Math.pow(10, digits.getAsInt()))
                ? provenances.of(row, reader, Trust.APPROXIMATE, "rounded to " + digits.getAsInt() + " digits")
                : provenances.of(row, reader);
    }

    /** What keeps numbers from being used, if anything does. */
    private static Optional<Outcome<Double>> checked(
            NumericMetric metric, List<Series<Double>> series, Provenances.Made made) {
        for (Series<Double> one : series) {
            double value = one.value();
            if (metric instanceof RatioMetric && value < 0) {
                return Optional.of(new Outcome.Refused<>(
                        series, Absence.SWITCHED_OFF, "the engine says " + value, made.provenance()));
            }
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return unusable(series, "a number was expected, the engine says " + value, made);
            }
            if (metric instanceof RatioMetric && value > 1 + ROUNDING) {
                return unusable(series, "a share of 0 to 1 was expected, the engine says " + value, made);
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome<Double>> unusable(
            List<Series<Double>> series, String message, Provenances.Made made) {
        return Optional.of(new Outcome.Unusable<>(series, message, made.provenance()));
    }

    private Outcome<Double> combined(
            List<Series<Double>> series,
            List<Series<Double>> parts,
            Aggregation aggregation,
            Provenances.Made made,
            int depth) {
        OptionalDouble value = Combine.numbers(parts, aggregation, weights(aggregation, depth));
        if (value.isEmpty()) {
            return new Outcome.Refused<>(
                    series, Absence.AMBIGUOUS, "the series should agree and do not", made.provenance());
        }
        return new Outcome.Found<>(series, value.getAsDouble(), made.provenance(), made.stale());
    }

    private List<Series<Double>> weights(Aggregation aggregation, int depth) {
        boolean weighted = aggregation == Aggregation.CAPACITY_WEIGHTED_MEAN && depth < DEEPEST;
        return weighted ? series(number(LlmMetrics.KV_CAPACITY, depth + 1)) : List.of();
    }

    private Outcome<Double> computed(NumericMetric metric, CatalogRow row, Formula formula, int depth) {
        if (depth >= DEEPEST) {
            return new Outcome.Missing<>();
        }
        Map<String, Outcome.Found<Double>> terms = new LinkedHashMap<>();
        for (String name : formula.terms()) {
            Outcome<Double> term = term(name, depth + 1);
            if (!(term instanceof Outcome.Found<Double> found)) {
                return formula.isAlias() ? term : new Outcome.Missing<>();
            }
            terms.put(name, found);
        }
        Provenances.Made made = provenances.ofComputed(row, terms.values());
        List<Series<Double>> series = computedSeries(formula, terms);
        if (formula.isAlias()) {
            return combined(series, series, metric.overRanks(), made, depth);
        }
        double value =
                formula.apply(name -> Objects.requireNonNull(terms.get(name)).value());
        if (Double.isNaN(value)) {
            return new Outcome.Unobserved<>(made.provenance());
        }
        return checked(metric, List.of(new Series<>(Map.of(), value)), made)
                .orElseGet(() -> new Outcome.Found<>(series, value, made.provenance(), made.stale()));
    }

    /** A term is a metric, or else a family of the catalogue, or the change of one. */
    private Outcome<Double> term(String name, int depth) {
        return name.startsWith(Formula.CHANGE)
                ? change(name.substring(Formula.CHANGE.length()), depth)
                : valueOf(name, depth);
    }

    private Outcome<Double> change(String name, int depth) {
        Outcome<Double> before = atStart == null ? new Outcome.Missing<>() : atStart.valueOf(name, depth);
        Outcome<Double> now = valueOf(name, depth);
        if (!(before instanceof Outcome.Found<Double> was && now instanceof Outcome.Found<Double> is)) {
            return new Outcome.Missing<>();
        }
        List<Series<Double>> changes = is.series().stream()
                .map(one -> new Series<>(
                        one.dimensions(),
                        one.value()
                                - Combine.partner(was.series(), one.dimensions())
                                        .map(Series::value)
                                        .orElse(0.0)))
                .toList();
        return new Outcome.Found<>(changes, is.value() - was.value(), is.provenance(), is.stale());
    }

    private Outcome<Double> valueOf(String name, int depth) {
        Optional<Metric<?>> metric = frame.layout().catalog().catalog().metric(name);
        if (metric.isPresent() && metric.get() instanceof NumericMetric number) {
            return number(number, depth);
        }
        return frame.layout().catalog().catalog().rowsOf(name).stream()
                .filter(row -> row.metric() instanceof NumericMetric)
                .findFirst()
                .map(row -> read((NumericMetric) row.metric(), row, depth))
                .orElseGet(Outcome.Missing::new);
    }

    /** The formula for each rank and model that all terms speak of. */
    private static List<Series<Double>> computedSeries(Formula formula, Map<String, Outcome.Found<Double>> terms) {
        List<Series<Double>> computed = new ArrayList<>();
        for (Series<Double> first : terms.values().iterator().next().series()) {
            double value = formula.apply(name -> Combine.partner(
                            Objects.requireNonNull(terms.get(name)).series(), first.dimensions())
                    .map(Series::value)
                    .orElse(Double.NaN));
            if (!Double.isNaN(value)) {
                computed.add(new Series<>(first.dimensions(), value));
            }
        }
        return computed;
    }

    private Outcome<String> text(CatalogRow row) {
        RowReader reader = new RowReader(frame, row);
        List<Series<String>> series = inScope(reader.texts());
        Provenances.Made made = provenances.of(row, reader);
        if (series.isEmpty()) {
            return reader.present().isEmpty() || !scope.isEmpty() || row.take().part() == Take.Part.LABEL
                    ? new Outcome.Missing<>()
                    : new Outcome.Refused<>(List.of(), Absence.SWITCHED_OFF, "no state is set", made.provenance());
        }
        Optional<String> same = Combine.texts(series);
        if (same.isEmpty()) {
            return new Outcome.Refused<>(series, Absence.AMBIGUOUS, "there are several", made.provenance());
        }
        return new Outcome.Found<>(series, same.get(), made.provenance(), made.stale());
    }

    private Outcome<HistogramValue> histogram(HistogramMetric metric, CatalogRow row) {
        RowReader reader = new RowReader(frame, row);
        List<Series<HistogramValue>> series = inScope(reader.histograms()).stream()
                .map(one -> new Series<>(one.dimensions(), one.value().converted(row.unit(), metric.unit())))
                .toList();
        if (series.isEmpty()) {
            return new Outcome.Missing<>();
        }
        List<HistogramValue> parts = series.stream().map(Series::value).toList();
        Provenances.Made made = reader.boundsDiffer() || HistogramParts.boundsDiffer(parts)
                ? provenances.of(
                        row, reader, Trust.APPROXIMATE, "bounds differ between series, only common ones are kept")
                : provenances.of(row, reader);
        HistogramValue merged = HistogramParts.merge(parts);
        return merged.count() == 0
                ? new Outcome.Unobserved<>(made.provenance())
                : new Outcome.Found<>(series, merged, made.provenance(), made.stale());
    }

    /** Percent under a name that promises a share: only hand-made servers do this, and they give no TYPE. */
    private boolean isUntypedPercent(CatalogRow row, List<Series<Double>> series) {
        return row.unit() == Unit.RATIO
                && frame.layout().type(row.family()) == MetricType.UNKNOWN
                && series.stream().anyMatch(s -> s.value() > 1)
                && series.stream().allMatch(s -> s.value() >= 0 && s.value() <= 100);
    }

    private static List<Series<Double>> converted(List<Series<Double>> series, Unit from, Unit to) {
        return from == to
                ? series
                : series.stream()
                        .map(s -> new Series<>(s.dimensions(), from.convert(s.value(), to)))
                        .toList();
    }

    private static List<Series<Double>> series(Outcome<Double> outcome) {
        return outcome instanceof Outcome.Found<Double> found ? found.series() : List.of();
    }

    private <T> List<Series<T>> inScope(List<Series<T>> series) {
        return scope.isEmpty()
                ? series
                : series.stream()
                        .filter(s -> s.dimensions().entrySet().containsAll(scope.entrySet()))
                        .toList();
    }
}
