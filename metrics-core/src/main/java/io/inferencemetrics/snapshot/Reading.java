package io.inferencemetrics.snapshot;

import io.inferencemetrics.metric.Metric;
import java.time.Duration;
import java.util.Optional;

/**
 * The whole answer to one question: a value, or what stands in its place and why.
 *
 * <p>Exactly one of five: {@link Value}, {@link Absent}, {@link Stale}, {@link Failed}, {@link NoObservations}.
 *
 * @param <T> {@code Double}, {@link io.inferencemetrics.metric.HistogramValue} or {@code String}
 */
public sealed interface Reading<T> {

    /** What was asked. */
    Metric<T> metric();

    /** Where the answer comes from, its trust and age. */
    Provenance provenance();

    /** The value, where the reading is a {@link Value}. */
    default Optional<T> optional() {
        return Optional.empty();
    }

    /** How old the answer is now. */
    default Duration age() {
        return provenance().age();
    }

    /** The same reading, or a {@link Stale} one in place of a value that is older than this now. */
    default Reading<T> within(Duration oldest) {
        return this instanceof Value<T> value && age().compareTo(oldest) > 0
                ? new Stale<>(metric(), value.value(), provenance())
                : this;
    }

    /** The engine says this. */
    record Value<T>(Metric<T> metric, T value, Provenance provenance) implements Reading<T> {
        @Override
        public Optional<T> optional() {
            return Optional.of(value);
        }
    }

    /**
     * There is no value.
     *
     * @param reason the likeliest reason
     * @param detail the reason in a sentence
     * @param option what the server would have to be started or built with, where that is the reason
     * @param versions the engine versions that have it, where that is the reason
     */
    record Absent<T>(
            Metric<T> metric,
            Absence reason,
            String detail,
            Optional<String> option,
            Optional<VersionRange> versions,
            Provenance provenance)
            implements Reading<T> {

        /** Creates an answer that neither an option nor another version would change. */
        public Absent(Metric<T> metric, Absence reason, String detail, Provenance provenance) {
            this(metric, reason, detail, Optional.empty(), Optional.empty(), provenance);
        }
    }

    /**
     * The value is too old: it has a time of its own that was too old when it was read, or the caller wants younger ones.
     *
     * @param lastValue the old value
     */
    record Stale<T>(Metric<T> metric, T lastValue, Provenance provenance) implements Reading<T> {}

    /**
     * Something was there and could not be used.
     *
     * @param message what was expected and what came
     */
    record Failed<T>(Metric<T> metric, String message, Provenance provenance) implements Reading<T> {}

    /** The distribution or ratio exists, but nothing has been observed: neither zero nor unknown. */
    record NoObservations<T>(Metric<T> metric, Provenance provenance) implements Reading<T> {}
}
