package io.inferencemetrics.prometheus;

import java.util.Objects;

/**
 * How a parser reads: which format, how strictly, and up to which limits.
 *
 * @param format the format to expect
 * @param lenient false to throw {@link ExpositionException} at the first bad line; true to read the tolerant grammar,
 *     to skip lines that are bad even so, and to count them in {@link SkippedLines}
 * @param limits what is too much in both modes
 */
public record ParserOptions(ExpositionFormat format, boolean lenient, ParserLimits limits) {
    /** Options without a null. */
    public ParserOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(limits, "limits");
    }

    /** Throws at the first bad line, with the default limits. */
    public static ParserOptions strict(ExpositionFormat format) {
        return new ParserOptions(format, false, ParserLimits.DEFAULTS);
    }

    /** Skips and counts bad lines, with the default limits. */
    public static ParserOptions lenient(ExpositionFormat format) {
        return new ParserOptions(format, true, ParserLimits.DEFAULTS);
    }

    /** These options for another format. */
    public ParserOptions withFormat(ExpositionFormat other) {
        return other == format ? this : new ParserOptions(other, lenient, limits);
    }

    /** These options with other limits. */
    public ParserOptions withLimits(ParserLimits other) {
        return new ParserOptions(format, lenient, other);
    }
}
