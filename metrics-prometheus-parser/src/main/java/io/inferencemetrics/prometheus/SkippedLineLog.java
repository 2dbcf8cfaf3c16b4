package io.inferencemetrics.prometheus;

import java.util.ArrayList;
import java.util.List;

/** Counts the lines that were skipped and keeps the first few, in room that is reused from body to body. */
final class SkippedLineLog {
    private final Entry[] entries = new Entry[SkippedLines.REMEMBERED];
    private long count;

    SkippedLineLog() {
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new Entry();
        }
    }

    void clear() {
        count = 0;
    }

    long count() {
        return count;
    }

    void add(Line line) {
        if (count < entries.length) {
            entries[(int) count].set(line);
        }
        count++;
    }

    SkippedLines toSkippedLines() {
        if (count == 0) {
            return SkippedLines.NONE;
        }
        List<SkippedLine> first = new ArrayList<>();
        for (int i = 0; i < Math.min(count, entries.length); i++) {
            first.add(entries[i].toSkippedLine());
        }
        return new SkippedLines(count, first);
    }

    /** Copies bytes and not text, since most bodies are read without anyone asking for what was skipped. */
    private static final class Entry {
        private static final int EXCERPT_BYTES = 120;
        private static final int FOUND_BYTES = 32;

        private final byte[] excerpt = new byte[EXCERPT_BYTES];
        private int excerptLength;
        private final byte[] found = new byte[FOUND_BYTES];
        private int foundLength;
        private long number;
        private int column;
        private String reason = "";

        void set(Line line) {
            excerptLength = copy(line, line.start, excerpt);
            foundLength = copy(line, line.failedAt(), found);
            number = line.number;
            column = line.column();
            reason = line.reason();
        }

        private static int copy(Line line, int from, byte[] target) {
            int length = Math.min(line.end - from, target.length);
            System.arraycopy(line.bytes, from, target, 0, length);
            return length;
        }

        SkippedLine toSkippedLine() {
            return new SkippedLine(
                    number,
                    column,
                    Line.describe(reason, found, 0, foundLength),
                    Line.excerpt(excerpt, 0, excerptLength));
        }
    }
}
