package io.inferencemetrics.prometheus;

/** What a format and a mode allow, as the questions that the line parsers ask. */
record Grammar(ExpositionFormat format, ParserMode mode, ParserLimits limits) {
    Grammar(ParserOptions options) {
        this(options.format(), options.mode(), options.limits());
    }

    boolean lenient() {
        return mode == ParserMode.LENIENT;
    }

    boolean validating() {
        return mode == ParserMode.VALIDATING;
    }

    boolean openMetrics() {
        return format == ExpositionFormat.OPENMETRICS;
    }

    /** Blanks in any number between tokens, blank lines, comments, a comma after the last label. */
    boolean tolerant() {
        return lenient() || !openMetrics();
    }
}
