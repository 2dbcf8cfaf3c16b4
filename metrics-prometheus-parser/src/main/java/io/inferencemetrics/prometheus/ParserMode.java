package io.inferencemetrics.prometheus;

/** How strictly a parser reads. */
public enum ParserMode {
    /** Reads a tolerant grammar, skips lines that are bad even so, and counts them in {@link SkippedLines}. */
    LENIENT,
    /** Throws {@link ExpositionException} at the first line that breaks the grammar of its format. */
    STRICT,
    /**
     * Like {@link #STRICT}, and throws also at the first line that breaks a rule of OpenMetrics 1.0 across lines: names,
     * types and units of families, order, timestamps, values, buckets and exemplars.
     */
    VALIDATING
}
