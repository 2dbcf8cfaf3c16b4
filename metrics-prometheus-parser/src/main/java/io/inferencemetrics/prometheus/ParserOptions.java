package io.inferencemetrics.prometheus;

import java.util.Objects;
import java.util.Set;

/**
 * How a parser reads: which format, how strictly, and up to which limits.
 *
 * @param format the format to expect
 * @param lenient false to throw {@link ExpositionException} at the first bad line; true to read the tolerant grammar,
 *     to skip lines that are bad even so, and to count them in {@link SkippedLines}
 * @param limits what is too much in both modes
 * @param families the families to read, as {@link #withFamilies} says; empty for all
 */
public record ParserOptions(ExpositionFormat format, boolean lenient, ParserLimits limits, Set<String> families) {
    /** Options without a null. */
    public ParserOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(limits, "limits");
        families = Set.copyOf(families);
    }

    /** Throws at the first bad line, with the default limits. */
    public static ParserOptions strict(ExpositionFormat format) {
        return new ParserOptions(format, false, ParserLimits.DEFAULTS, Set.of());
    }

    /** Skips and counts bad lines, with the default limits. */
    public static ParserOptions lenient(ExpositionFormat format) {
        return new ParserOptions(format, true, ParserLimits.DEFAULTS, Set.of());
    }

    /** These options for another format. */
    public ParserOptions withFormat(ExpositionFormat other) {
        return other == format ? this : new ParserOptions(other, lenient, limits, families);
    }

    /** These options with other limits. */
    public ParserOptions withLimits(ParserLimits other) {
        return new ParserOptions(format, lenient, other, families);
    }

    /**
     * These options for some families only, which costs little more than finding the newlines of all others.
     *
     * <p>A family is given by the name on its TYPE line, with {@code _total} or without; its samples are those with that
     * name, or that name and a suffix of OpenMetrics such as {@code _bucket}. Lines of other families are passed over
     * without a look at more than their name: bad ones are not noticed there, and samples not counted.
     *
     * @param names empty for all families
     */
    public ParserOptions withFamilies(Set<String> names) {
        return new ParserOptions(format, lenient, limits, names);
    }
}
