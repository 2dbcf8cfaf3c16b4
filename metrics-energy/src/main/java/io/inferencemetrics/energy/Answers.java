package io.inferencemetrics.energy;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Readings made of others. */
final class Answers {
    private Answers() {}

    /** The same under another metric. */
    static Reading<Double> with(Reading<Double> reading, Metric<Double> metric) {
        return reading instanceof Reading.Value<Double> value
                ? new Reading.Value<>(metric, value.value(), reading.provenance())
                : inPlaceOf(metric, reading, "");
    }

    /** What stands in place of a value where there is none of what it is made of. */
    static Reading<Double> inPlaceOf(Metric<Double> metric, Reading<Double> missing, String who) {
        if (missing instanceof Reading.Absent<Double> absent) {
            return new Reading.Absent<>(
                    metric,
                    absent.reason(),
                    who + absent.detail(),
                    absent.option(),
                    absent.versions(),
                    absent.provenance());
        }
        if (missing instanceof Reading.NoObservations) {
            return new Reading.NoObservations<>(metric, missing.provenance());
        }
        String message = missing instanceof Reading.Failed<Double> failed ? failed.message() : "the value is too old";
        return new Reading.Failed<>(metric, who + message, missing.provenance());
    }

    /** That of what was made of several: the least trust, the oldest moment, all sources and notes. */
    static Provenance together(List<Reading<Double>> parts, String note) {
        Trust trust = parts.stream()
                .map(part -> part.provenance().trust())
                .max(Comparator.naturalOrder())
                .filter(least -> least != Trust.EXACT)
                .orElse(Trust.DERIVED);
        long oldest = parts.stream()
                .mapToLong(part -> part.provenance().measuredNanos())
                .reduce((a, b) -> a - b < 0 ? a : b)
                .orElse(System.nanoTime());
        String sources = joined(parts.stream().map(part -> part.provenance().source()), ", ");
        String notes = joined(
                Stream.concat(parts.stream().map(part -> part.provenance().note()), Stream.of(note)), "; ");
        return new Provenance(sources, trust, oldest, notes);
    }

    private static String joined(Stream<String> texts, String between) {
        return texts.filter(text -> !text.isEmpty()).distinct().collect(Collectors.joining(between));
    }
}
