package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pushes samples and metadata out of one body after another as their chunks arrive, each from {@code reset} to {@link
 * #finish()}, in one thread.
 *
 * <p>A chunk may be cut anywhere, also inside a character or an escape: what is found is the same as {@link
 * ExpositionCursor} finds in the whole body. All views that the handler gets are valid until it returns. From the second
 * body on nothing is allocated; no more is kept than the one line that a chunk cut. Not thread-safe.
 */
public final class ExpositionStream {
    private static final int INITIAL_BYTES = 4096;

    private final ParserOptions options;
    private final ExpositionHandler handler;
    private final LineReaders readers;
    private LineReader reader;

    /** The start of the line whose end has not come yet. */
    private byte[] partial = new byte[INITIAL_BYTES];

    private int partialLength;
    private byte[] copy = {};
    private long bodyBytes;
    private boolean writable = true;

    /** A stream at the start of a body in the format of the options. */
    public ExpositionStream(ParserOptions options, ExpositionHandler handler) {
        this.options = options;
        this.handler = Objects.requireNonNull(handler, "handler");
        readers = new LineReaders(options);
        reader = readers.get(options.format());
    }

    /** Forgets what came and waits for a body in the format of the options. */
    public void reset() {
        reset(options.format());
    }

    /**
     * Forgets what came and waits for a body in a format, such as that of a response's Content-Type.
     *
     * @throws IllegalArgumentException when the options are validating, and the format is not OpenMetrics
     */
    public void reset(ExpositionFormat format) {
        reader = readers.get(format);
        reader.start();
        partialLength = 0;
        bodyBytes = 0;
        writable = true;
    }

    /**
     * Takes the next bytes of the body, which may change again afterwards. Calls the handler for each line that they
     * complete; what the handler throws comes through.
     *
     * @throws IndexOutOfBoundsException when the range does not lie inside the array
     * @throws ExpositionException in strict mode, when a line is bad; the stream then reads on only after a reset
     * @throws LimitExceededException when a line or the body is too large, likewise
     * @throws IllegalStateException when the body is finished, or a call threw
     */
    public void feed(byte[] chunk, int from, int to) {
        Objects.checkFromToIndex(from, to, chunk.length);
        begin();
        bodyBytes += to - from;
        reader.checkBodySize(bodyBytes);
        readLines(chunk, from, to);
        writable = true;
    }

    /** Takes all remaining bytes of the buffer, like {@link #feed(byte[], int, int)}. Copies those of a direct buffer. */
    public void feed(ByteBuffer chunk) {
        int length = chunk.remaining();
        if (chunk.hasArray()) {
            int from = chunk.arrayOffset() + chunk.position();
            chunk.position(chunk.limit());
            feed(chunk.array(), from, from + length);
            return;
        }
        if (copy.length < length) {
            copy = new byte[length];
        }
        chunk.get(copy, 0, length);
        feed(copy, 0, length);
    }

    /**
     * Says that the body is complete; reads its last line, if no newline ended it.
     *
     * @throws ExpositionException in strict mode, when that line is bad, or an OpenMetrics body has no {@code # EOF}
     * @throws IllegalStateException when the body is finished already, or a call threw
     */
    public void finish() {
        begin();
        if (partialLength > 0) {
            int length = partialLength;
            partialLength = 0;
            readLine(partial, 0, length);
        }
        reader.finish();
    }

    /** The line that was read last, counted from 1; 0 before the first. */
    public long line() {
        return reader.lineNumber();
    }

    /** What was skipped so far in this body; always nothing in strict mode. Allocates only when something was. */
    public SkippedLines skipped() {
        return reader.skipped();
    }

    private void begin() {
        if (!writable) {
            throw new IllegalStateException("the body has ended: call reset first, and after each exception");
        }
        writable = false;
    }

    private void readLines(byte[] chunk, int from, int to) {
        reader.goTo(chunk);
        int start = from;
        while (start < to) {
            if (partialLength == 0) {
                start = reader.passUnwanted(chunk, start, to);
                int next = readUsual(chunk, start, to);
                if (next >= 0) {
                    start = next;
                    continue;
                }
            }
            int newline = ByteSearch.indexOfNewline(chunk, start, to);
            if (newline == to) {
                keep(chunk, start, to);
                return;
            }
            readEndOfLine(chunk, start, newline);
            start = newline + 1;
        }
    }

    /** Where the next line starts, or -1 when this one is not in the usual shape. */
    private int readUsual(byte[] chunk, int from, int to) {
        int next = reader.readUsualSample(chunk, from, to);
        if (next >= 0) {
            handler.sample(reader.sample());
            return next;
        }
        next = reader.readUsualMetadata(chunk, from, to);
        if (next >= 0) {
            hand(reader.takeUsualMetadata());
        }
        return next;
    }

    private void readEndOfLine(byte[] chunk, int from, int to) {
        if (partialLength == 0) {
            readLine(chunk, from, to);
            return;
        }
        keep(chunk, from, to);
        int length = partialLength;
        partialLength = 0;
        readLine(partial, 0, length);
    }

    private void keep(byte[] chunk, int from, int to) {
        reader.checkPartialLength((long) partialLength + (to - from));
        int needed = partialLength + (to - from);
        if (needed > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(needed, 2 * partial.length));
        }
        System.arraycopy(chunk, from, partial, partialLength, to - from);
        partialLength = needed;
    }

    private void readLine(byte[] bytes, int from, int to) {
        hand(reader.read(bytes, from, to));
    }

    private void hand(@Nullable Event event) {
        if (event == null) {
            return;
        }
        Metadata metadata = reader.metadata();
        switch (event) {
            case SAMPLE -> handler.sample(reader.sample());
            case TYPE -> handler.type(metadata.name, metadata.type);
            case HELP -> handler.help(metadata.name, metadata.text);
            case UNIT -> handler.unit(metadata.name, metadata.text);
            case END -> throw new AssertionError(event);
        }
    }
}
