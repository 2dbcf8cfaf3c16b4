package io.inferencemetrics.internal.decode;

import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.time.Duration;
import java.util.List;

/**
 * All about a scrape but its numbers.
 *
 * @param text the exposition, where it is kept; the body without its JSON string, if it came in one
 * @param body as it came, where it is kept
 */
record Scrape(
        ScrapeInfo info,
        Duration staleAfter,
        ExpositionFormat format,
        long skippedLines,
        List<String> firstSkipped,
        List<String> notes,
        byte[] text,
        byte[] body,
        boolean keepsRawSamples,
        boolean keepsBody) {

    private static final byte[] NOTHING = {};

    Scrape with(ScrapeInfo other) {
        return new Scrape(
                other, staleAfter, format, skippedLines, firstSkipped, notes, text, body, keepsRawSamples, keepsBody);
    }

    Scrape withoutBody() {
        return new Scrape(info, staleAfter, format, skippedLines, firstSkipped, notes, NOTHING, NOTHING, false, false);
    }
}
