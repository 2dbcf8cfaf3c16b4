package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.FamilyNames.SamplePart;
import io.inferencemetrics.metric.HistogramValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts histograms together: from their samples, and from one another. */
public final class HistogramParts {
    private HistogramParts() {}

    /** The histogram in samples that differ only in their bound; empty when neither count nor buckets are there. */
    static Optional<HistogramValue> read(Frame frame, List<WireSeries> series) {
        List<WireSeries> buckets = series.stream()
                .filter(s -> s.part() == SamplePart.BUCKET && !Double.isNaN(s.upperBound()))
                .sorted(Comparator.comparingDouble(WireSeries::upperBound))
                .toList();
        OptionalDouble count = value(frame, series, SamplePart.COUNT);
        if (buckets.isEmpty() && count.isEmpty()) {
            return Optional.empty();
        }
        double[] bounds =
                buckets.stream().mapToDouble(WireSeries::upperBound).distinct().toArray();
        long[] counts = new long[bounds.length];
        for (int i = 0, b = 0; b < buckets.size(); b++) {
            i = buckets.get(b).upperBound() == bounds[i] ? i : i + 1;
            counts[i] =
                    Math.max(counts[i], Math.round(frame.values()[buckets.get(b).index()]));
        }
        double sum = value(frame, series, SamplePart.SUM).orElse(Double.NaN);
        long all = count.isPresent() ? Math.round(count.getAsDouble()) : counts[counts.length - 1];
        return Optional.of(new HistogramValue(bounds, counts, sum, all));
    }

    private static OptionalDouble value(Frame frame, List<WireSeries> series, SamplePart part) {
        return series.stream()
                .filter(s -> s.part() == part)
                .mapToDouble(s -> frame.values()[s.index()])
                .findFirst();
    }

    /** The sum of histograms; where their bounds differ, over the bounds that all of them have. */
    public static HistogramValue merge(List<HistogramValue> parts) {
        HistogramValue merged = parts.get(0);
        for (int i = 1; i < parts.size(); i++) {
            merged = add(merged, parts.get(i));
        }
        return merged;
    }

    /** Whether a sum of these had to leave bounds out. */
    static boolean boundsDiffer(List<HistogramValue> parts) {
        return parts.stream().anyMatch(part -> !part.hasBoundsOf(parts.get(0)));
    }

    private static HistogramValue add(HistogramValue a, HistogramValue b) {
        double[] bounds = new double[Math.min(a.buckets(), b.buckets())];
        long[] counts = new long[bounds.length];
        int common = 0;
        for (int i = 0, j = 0; i < a.buckets() && j < b.buckets(); ) {
            int order = Double.compare(a.upperBound(i), b.upperBound(j));
            if (order == 0) {
                bounds[common] = a.upperBound(i);
                counts[common++] = a.cumulativeCount(i) + b.cumulativeCount(j);
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return new HistogramValue(
                Arrays.copyOf(bounds, common), Arrays.copyOf(counts, common), a.sum() + b.sum(), a.count() + b.count());
    }
}
