package io.inferencemetrics.prometheus;

import java.util.Objects;
import java.util.Set;

/**
 * How a parser reads: which format, how strictly, and up to which limits.
 *
 * @param format the format to expect
 * @param mode how strictly to read
 * @param limits what is too much in every mode
 * @param families the families to read, as {@link #withFamilies} says; empty for all
 */
public record ParserOptions(ExpositionFormat format, ParserMode mode, ParserLimits limits, Set<String> families) {
    /**
     * Options without a null.
     *
     * @throws IllegalArgumentException when another format than OpenMetrics is to be validated
     */
    public ParserOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(mode, "mode");
        if (mode == ParserMode.VALIDATING && format != ExpositionFormat.OPENMETRICS) {
            throw new IllegalArgumentException(
                    "validating is for OPENMETRICS, but the format is " + format + "; use strict for it");
        }
        Objects.requireNonNull(limits, "limits");
        families = Set.copyOf(families);
    }

    /** Throws at the first bad line, with the default limits. */
    public static ParserOptions strict(ExpositionFormat format) {
        return new ParserOptions(format, ParserMode.STRICT, ParserLimits.DEFAULTS, Set.of());
    }

    /** Skips and counts bad lines, with the default limits. */
    public static ParserOptions lenient(ExpositionFormat format) {
        return new ParserOptions(format, ParserMode.LENIENT, ParserLimits.DEFAULTS, Set.of());
    }

    /**
     * Throws at the first line that breaks the OpenMetrics specification in any way, with the default limits.
     *
     * <p>Takes several times as long as strict reading, and remembers the names and label sets of a body until the next.
     * Not for {@link ExpositionCursor#remembering}.
     */
    public static ParserOptions validating() {
        return new ParserOptions(ExpositionFormat.OPENMETRICS, ParserMode.VALIDATING, ParserLimits.DEFAULTS, Set.of());
    }

    /** Whether the mode is {@link ParserMode#LENIENT}: bad lines are skipped and counted, and none throws. */
    boolean lenient() {
        return mode == ParserMode.LENIENT;
    }

    /**
     * These options for another format.
     *
     * @throws IllegalArgumentException when these are validating, and the format is not OpenMetrics
     */
    public ParserOptions withFormat(ExpositionFormat other) {
        return other == format ? this : new ParserOptions(other, mode, limits, families);
    }

    /** These options with other limits. */
    public ParserOptions withLimits(ParserLimits other) {
        return new ParserOptions(format, mode, other, families);
    }

    /**
     * These options for some families only, which costs little more than finding the newlines of all others.
     *
     * <p>A family is given by the name on its TYPE line, with {@code _total} or without; its samples are those with that
     * name, or that name and a suffix of OpenMetrics such as {@code _bucket}. Lines of other families are passed over
     * without a look at more than their name: bad ones are not noticed there, and samples not counted. Only
     * {@linkplain #validating() validating} looks at all lines even so.
     *
     * @param names empty for all families
     */
    public ParserOptions withFamilies(Set<String> names) {
        return new ParserOptions(format, mode, limits, names);
    }
}
