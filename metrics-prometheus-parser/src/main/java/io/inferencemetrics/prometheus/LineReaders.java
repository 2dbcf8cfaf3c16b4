package io.inferencemetrics.prometheus;

import java.util.EnumMap;
import java.util.Map;

/** One reader a format, since a server may answer in another one from scrape to scrape. */
final class LineReaders {
    private final ParserOptions options;
    private final Map<ExpositionFormat, LineReader> readers = new EnumMap<>(ExpositionFormat.class);

    LineReaders(ParserOptions options) {
        this.options = options;
    }

    LineReader get(ExpositionFormat format) {
        LineReader reader = readers.get(format);
        if (reader == null) {
            reader = new LineReader(options.withFormat(format));
            readers.put(format, reader);
        }
        return reader;
    }
}
