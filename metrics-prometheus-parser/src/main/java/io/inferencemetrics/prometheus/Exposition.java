package io.inferencemetrics.prometheus;

import java.util.List;
import java.util.Optional;

/**
 * A whole body as objects, for when nanoseconds do not count; {@link ExpositionCursor} and {@link ExpositionStream} read
 * without making any, and {@link ExpositionReader} makes few when it reads one target again and again.
 *
 * @param families in the order in which the body first speaks of them
 * @param skipped what a lenient parser skipped
 */
public record Exposition(List<MetricFamily> families, SkippedLines skipped) {
    /** Copies the list. */
    public Exposition {
        families = List.copyOf(families);
    }

    /**
     * Reads a body.
     *
     * @throws ExpositionException in strict mode, when a line is bad
     * @throws LimitExceededException when a line or the body is too large
     */
    public static Exposition parse(byte[] body, ParserOptions options) {
        return parse(body, options, SampleFilter.ALL);
    }

    /**
     * Reads the wanted samples of a body, and checks all of it. With a filter, families without such a sample are left
     * out.
     *
     * @throws ExpositionException in strict mode, when a line is bad
     * @throws LimitExceededException when a line or the body is too large
     */
    public static Exposition parse(byte[] body, ParserOptions options, SampleFilter filter) {
        ExpositionCursor cursor = new ExpositionCursor(options);
        cursor.reset(body, 0, body.length);
        return new FamilyCollector(filter).collect(cursor);
    }

    /** The family of exactly that name. */
    public Optional<MetricFamily> family(String name) {
        return families.stream().filter(family -> family.name().equals(name)).findFirst();
    }
}
