package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.LimitExceededException.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one body after another in one format. No newline can be inside a line, so the pull and the push
 * form both cut a body at newlines and hand each line to this class; it knows what holds across lines.
 */
final class LineReader {
    private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

    private final Grammar grammar;
    private final Line line = new Line();
    private final Scratch scratch = new Scratch();
    private final SkippedLineLog skipped = new SkippedLineLog();
    private final SampleParser samples;
    private final MetadataParser metadata;
    /** Null when all families are wanted. */
    private final @Nullable FamilyFilter filter;
    /** Null unless the parser validates. */
    private final @Nullable Validator validator;

    private long sampleCount;
    private boolean endOfFileSeen;
    private boolean metadataPending;
    private final int maxLineBytes;
    private final long maxSamples;

    LineReader(ParserOptions options) {
        grammar = new Grammar(options);
        maxLineBytes = options.limits().maxLineBytes();
        maxSamples = options.limits().maxSamples();
        EscapedText text = new EscapedText(line, scratch, grammar);
        samples = new SampleParser(line, new LabelsParser(line, text, grammar), grammar);
        metadata = new MetadataParser(line, text, grammar);
        validator = grammar.validating() ? new Validator(line) : null;
        filter = options.families().isEmpty() ? null : new FamilyFilter(options.families(), maxLineBytes);
    }

    /** Forgets the last body; {@link #goTo} says where the bytes of the next one are. */
    void start() {
        line.number = 0;
        skipped.clear();
        sampleCount = 0;
        endOfFileSeen = false;
        if (validator != null) {
            validator.start();
        }
    }

    /** Passes over lines that are not wanted; where the first other one starts. */
    int passUnwanted(byte[] bytes, int from, int to) {
        if (filter == null || endOfFileSeen || validator != null) {
            return from;
        }
        int next = filter.passUnwanted(bytes, from, to);
        line.number += filter.lines();
        return next;
    }

    /** How many lines the last call passed over. */
    int unwantedLines() {
        return filter == null ? 0 : filter.lines();
    }

    /**
     * Reads a sample whose line is in the usual shape, with its newline; nothing has happened when it is not.
     *
     * @param to where the bytes end
     * @return where the next line starts, or -1 when {@link #read} has to read this one
     */
    int readUsualSample(byte[] bytes, int from, int to) {
        int newline = from < to && bytes[from] != '#' ? samples.readUsual(bytes, from, to) : -1;
        if (newline < 0
                || newline - from > maxLineBytes
                || sampleCount == maxSamples
                || endOfFileSeen
                || !wantsSample()) {
            return -1;
        }
        line.number++;
        sampleCount++;
        if (validator != null) {
            line.set(bytes, from, newline);
            validator.sample(samples.sample());
        }
        return newline + 1;
    }

    /**
     * Reads a line of metadata that is in the usual shape, with its newline; nothing has happened when it is not. To be
     * followed by one call of {@link #takeUsualMetadata()}.
     *
     * @param to where the bytes end
     * @return where the next line starts, or -1 when {@link #read} has to read this one
     */
    int readUsualMetadata(byte[] bytes, int from, int to) {
        int newline = from < to && bytes[from] == '#' ? metadata.readUsual(bytes, from, to) : -1;
        if (newline < 0 || newline - from > maxLineBytes || endOfFileSeen) {
            return -1;
        }
        line.number++;
        line.set(bytes, from, newline);
        metadataPending = true;
        return newline + 1;
    }

    /** Checks what was read against the lines before, where the parser validates; null when nobody wants its family. */
    @Nullable
    Event takeUsualMetadata() {
        return metadataEvent(metadata.usualEvent());
    }

    /** What reads behind a series that is known. */
    ValueScanner usualValues() {
        return samples.usualValues();
    }

    int maxLineBytes() {
        return maxLineBytes;
    }

    /** How many more samples the limit allows. */
    long samplesLeft() {
        return maxSamples - sampleCount;
    }

    /** Counts lines of which everything is known, and that have not too many samples. */
    void passLines(int lines, int samplesOnThem) {
        line.number += lines;
        sampleCount += samplesOnThem;
    }

    /** Counts a line that was a comment before; what it says is read when somebody asks. */
    @Nullable
    Event passMetadata(byte[] bytes, int from, int to, @Nullable Event event) {
        line.number++;
        line.set(bytes, from, to);
        metadataPending = true;
        return event;
    }

    boolean endOfFileSeen() {
        return endOfFileSeen;
    }

    /** Goes to other bytes of the body: those of the line before may change from now on. */
    void goTo(byte[] bytes) {
        samples.goTo(bytes);
        metadata.start();
    }

    /** Reads a line without its newline; null when it says nothing, or is bad and skipped. */
    @Nullable
    Event read(byte[] bytes, int from, int to) {
        line.number++;
        line.set(bytes, from, to);
        metadataPending = false;
        scratch.clear();
        checkLength(to - from, line.number);
        if (filter != null && validator == null && !endOfFileSeen && filter.isUnwanted(bytes, from, to)) {
            return null;
        }
        return switch (kind()) {
            case SAMPLE -> sampleEvent();
            case TYPE -> metadataEvent(Event.TYPE);
            case HELP -> metadataEvent(Event.HELP);
            case UNIT -> metadataEvent(Event.UNIT);
            case END_OF_FILE -> endOfFile();
            case NOTHING -> null;
            case BAD -> skipOrThrow();
        };
    }

    private @Nullable Event sampleEvent() {
        if (validator == null) {
            return wantsSample() ? countedSample() : null;
        }
        Event counted = countedSample(); // wanted or not, it is remembered
        validator.sample(samples.sample());
        return wantsSample() ? counted : null;
    }

    private boolean wantsSample() {
        return filter == null || filter.wants(samples.sample().name());
    }

    private @Nullable Event metadataEvent(Event event) {
        if (validator != null) {
            validator.metadata(event, metadata());
        }
        return filter == null || filter.wants(metadata().name) ? event : null;
    }

    /** Checks what must have come when the body ends. */
    void finish() {
        if (grammar.openMetrics() && !endOfFileSeen) {
            line.number++; // the line that is missing
            line.set(line.bytes, line.end, line.end);
            line.fail("expected # EOF at the end of the body, which may have been cut off");
            skipOrThrow();
            line.number--;
        }
    }

    /** Throws when the start of the next line is already too long, so that nobody has to keep it. */
    void checkPartialLength(long bytes) {
        checkLength(bytes, line.number + 1);
    }

    private void checkLength(long bytes, long number) {
        int limit = grammar.limits().maxLineBytes();
        if (bytes > limit) {
            throw new LimitExceededException(number, limit + 1, Limit.LINE_BYTES, limit);
        }
    }

    /** Throws when a body, complete or not, is already too large. */
    void checkBodySize(long bytes) {
        long limit = grammar.limits().maxBodyBytes();
        if (bytes > limit) {
            throw new LimitExceededException(line.number + 1, 1, Limit.BODY_BYTES, limit);
        }
    }

    ParsedSample sample() {
        return samples.sample();
    }

    Metadata metadata() {
        if (metadataPending) {
            metadataPending = false;
            if (!metadata.setUsual()) {
                scratch.clear();
                kind();
            }
        }
        return metadata.metadata();
    }

    long lineNumber() {
        return line.number;
    }

    /** How many lines were skipped so far. */
    long skippedCount() {
        return skipped.count();
    }

    SkippedLines skipped() {
        return skipped.toSkippedLines();
    }

    private LineKind kind() {
        if (!readLineEnds()) {
            return LineKind.BAD;
        }
        if (grammar.tolerant()) {
            line.skipBlanks();
            if (line.atEnd()) {
                return LineKind.NOTHING;
            }
        }
        if (endOfFileSeen) {
            line.fail("expected nothing after # EOF");
            return LineKind.BAD;
        }
        if (line.isAt('#')) {
            return metadata.read();
        }
        return samples.read() ? LineKind.SAMPLE : LineKind.BAD;
    }

    /** Files from Windows: a carriage return at the end, a byte order mark at the very start. */
    private boolean readLineEnds() {
        if (line.end > line.start && line.bytes[line.end - 1] == '\r') {
            if (!grammar.lenient()) {
                return line.fail("expected lines that end in a newline alone", line.end - 1);
            }
            line.end--;
        }
        if (line.number == 1 && startsWithByteOrderMark()) {
            if (!grammar.lenient()) {
                return line.fail("expected no byte order mark");
            }
            line.at += BYTE_ORDER_MARK.length;
        }
        return true;
    }

    private boolean startsWithByteOrderMark() {
        if (line.end - line.at < BYTE_ORDER_MARK.length) {
            return false;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if ((line.bytes[line.at + i] & 0xff) != BYTE_ORDER_MARK[i]) {
                return false;
            }
        }
        return true;
    }

    private Event countedSample() {
        long limit = grammar.limits().maxSamples();
        if (sampleCount == limit) {
            throw new LimitExceededException(line.number, 1, Limit.SAMPLES, limit);
        }
        sampleCount++;
        return Event.SAMPLE;
    }

    private @Nullable Event endOfFile() {
        endOfFileSeen = true;
        if (validator != null) {
            validator.end();
        }
        return null;
    }

    private @Nullable Event skipOrThrow() {
        if (!grammar.lenient()) {
            throw line.failure();
        }
        skipped.add(line);
        return null;
    }
}
