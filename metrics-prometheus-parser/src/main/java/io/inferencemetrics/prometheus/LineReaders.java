package io.inferencemetrics.prometheus;

import org.jspecify.annotations.Nullable;

/** One reader a format, since a server may answer in another one from scrape to scrape. */
final class LineReaders {
    private final ParserOptions options;
    private final @Nullable LineReader[] readers = new @Nullable LineReader[ExpositionFormat.values().length];

    LineReaders(ParserOptions options) {
        this.options = options;
    }

    LineReader get(ExpositionFormat format) {
        LineReader reader = readers[format.ordinal()];
        if (reader == null) {
            reader = new LineReader(options.withFormat(format));
            readers[format.ordinal()] = reader;
        }
        return reader;
    }
}
