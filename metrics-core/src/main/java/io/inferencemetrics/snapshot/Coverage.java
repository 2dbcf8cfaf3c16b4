package io.inferencemetrics.snapshot;

import io.inferencemetrics.metric.Metric;
import java.util.List;
import java.util.Optional;

/**
 * What a scrape found of what is known about the engine, what it lacked and why, and what nobody knows.
 *
 * @param found families of the engine that were there and are in its catalogue, by their name on the wire
 * @param absent metrics of the vocabulary without a value, each with its reason
 * @param unmapped names with the engine's prefix that its catalogue lacks
 * @param foreign names of others: of the web framework, the language's runtime, the process
 * @param inferredVersion the engine versions that the names allow, inferred; the one that the collector was told, where they allow it
 * @param samples how many samples were read
 * @param duplicateSeries samples left out because their series had already come in this scrape
 * @param skippedLines lines that could not be read
 * @param firstSkipped the first few of them, each with its reason
 * @param notes other things a reader should know, such as a body wrapped in a JSON string
 */
public record Coverage(
        List<String> found,
        List<MissingMetric> absent,
        List<String> unmapped,
        List<String> foreign,
        VersionRange inferredVersion,
        long samples,
        long duplicateSeries,
        long skippedLines,
        List<String> firstSkipped,
        List<String> notes) {

    /** Makes all lists immutable. */
    public Coverage {
        found = List.copyOf(found);
        absent = List.copyOf(absent);
        unmapped = List.copyOf(unmapped);
        foreign = List.copyOf(foreign);
        firstSkipped = List.copyOf(firstSkipped);
        notes = List.copyOf(notes);
    }

    /**
     * A metric without a value.
     *
     * @param reason the likeliest reason
     * @param detail the reason in a sentence
     * @param option what the server would have to be started or built with, where that is the reason
     * @param versions the engine versions that have it, where that is the reason
     */
    public record MissingMetric(
            Metric<?> metric, Absence reason, String detail, Optional<String> option, Optional<VersionRange> versions) {

        /** The metric of an absent reading, and why it has no value. */
        public static MissingMetric of(Reading.Absent<?> reading) {
            return new MissingMetric(
                    reading.metric(), reading.reason(), reading.detail(), reading.option(), reading.versions());
        }
    }
}
