package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of samples. Where the cursor knows series again, so does this: a record has the name and labels of the
 * series' last one, and is that very one if nothing else is new.
 */
final class SampleRecords {
    private final RecentTexts texts = new RecentTexts();

    /** The last record of each series, by ordinal. */
    private @Nullable MetricSample[] last = {};

    private int generation;

    /** All samples of a scrape tend to have the same one. */
    private OptionalLong lastTimestamp = OptionalLong.empty();

    /** Forgets all series if the cursor has. */
    void startGeneration(int newGeneration) {
        if (generation != newGeneration) {
            generation = newGeneration;
            last = new MetricSample[0];
        }
    }

    String string(ByteSlice text) {
        return texts.string(text);
    }

    MetricSample record(Sample sample) {
        int ordinal = sample.ordinal();
        if (ordinal < 0) {
            return newRecord(sample, null);
        }
        if (ordinal >= last.length) {
            last = Arrays.copyOf(last, Math.max(64, 2 * ordinal));
        }
        MetricSample before = last[ordinal];
        if (before != null && isThatOf(sample, before)) {
            return before;
        }
        MetricSample record = newRecord(sample, before);
        last[ordinal] = record;
        return record;
    }

    /** Whether a record of the same series says all that a sample says. */
    private static boolean isThatOf(Sample sample, MetricSample before) {
        return Double.doubleToRawLongBits(sample.value()) == Double.doubleToRawLongBits(before.value())
                && isTimestampOf(sample, before.timestampMillis())
                && before.exemplar().isEmpty()
                && !sample.hasExemplar();
    }

    private static boolean isTimestampOf(Sample sample, OptionalLong timestamp) {
        return sample.hasTimestamp()
                ? timestamp.isPresent() && timestamp.getAsLong() == sample.timestampMillis()
                : timestamp.isEmpty();
    }

    private MetricSample newRecord(Sample sample, @Nullable MetricSample before) {
        return new MetricSample(
                before == null ? string(sample.name()) : before.name(),
                before == null ? texts.labels((ParsedSample) sample) : before.labels(),
                sample.value(),
                sample.hasTimestamp() ? timestamp(sample.timestampMillis()) : OptionalLong.empty(),
                sample.hasExemplar() ? Optional.of(record(sample.exemplar())) : Optional.empty());
    }

    private MetricExemplar record(Exemplar exemplar) {
        return new MetricExemplar(
                texts.labels((ParsedExemplar) exemplar),
                exemplar.value(),
                exemplar.hasTimestamp() ? OptionalLong.of(exemplar.timestampMillis()) : OptionalLong.empty());
    }

    private OptionalLong timestamp(long millis) {
        if (lastTimestamp.isEmpty() || lastTimestamp.getAsLong() != millis) {
            lastTimestamp = OptionalLong.of(millis);
        }
        return lastTimestamp;
    }
}
