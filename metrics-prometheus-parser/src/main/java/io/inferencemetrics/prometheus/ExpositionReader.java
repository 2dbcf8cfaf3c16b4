package io.inferencemetrics.prometheus;

import java.util.Objects;

/**
 * Reads the bodies of one target, one after another, as objects.
 *
 * <pre>{@code
 * ExpositionReader reader = new ExpositionReader(ParserOptions.lenient(ExpositionFormat.TEXT));
 * Exposition first = reader.read(scrape());
 * Exposition second = reader.read(scrape());
 * }</pre>
 *
 * <p>It says what {@link Exposition#parse(byte[], ParserOptions)} says, but remembers the body before: name and labels of a
 * series that came before are the same objects again, and a sample of which nothing changed is the same record. From the
 * second body on it makes some 50 bytes a sample and 300 a family. An array may be used for the next body as soon as
 * a body is read, since it is copied; an exposition may be kept as long as one likes. Series that come no more are forgotten
 * as {@link ExpositionCursor#remembering} forgets them.
 *
 * <p>One reader a target; not thread-safe.
 */
public final class ExpositionReader {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ParserOptions options;
    private final ExpositionCursor cursor;
    private final FamilyCollector collector;

    /** The body that the cursor compares the next one with. */
    private byte[] before = {};

    private byte[] spare = {};

    /**
     * A reader of all samples.
     *
     * @throws IllegalArgumentException when the options are {@linkplain ParserOptions#validating() validating}
     */
    public ExpositionReader(ParserOptions options) {
        this(options, SampleFilter.ALL);
    }

    /**
     * A reader of the wanted samples, as {@link Exposition#parse(byte[], ParserOptions, SampleFilter)} reads them.
     *
     * @throws IllegalArgumentException when the options are {@linkplain ParserOptions#validating() validating}
     */
    public ExpositionReader(ParserOptions options, SampleFilter filter) {
        this.options = options;
        cursor = ExpositionCursor.remembering(options);
        collector = new FamilyCollector(filter);
    }

    /** Reads a body in the format of the options. See {@link #read(ExpositionFormat, byte[], int, int)}. */
    public Exposition read(byte[] body) {
        return read(options.format(), body, 0, body.length);
    }

    /**
     * Reads a body. After an exception the reader can go on with the next one.
     *
     * @throws IndexOutOfBoundsException when the range does not lie inside the array
     * @throws ExpositionException in strict mode, when a line is bad
     * @throws LimitExceededException when a line or the body is too large
     */
    public Exposition read(ExpositionFormat format, byte[] body, int from, int to) {
        Objects.checkFromToIndex(from, to, body.length);
        int length = to - from;
        cursor.checkBodySize(length);
        byte[] copy = spare(length);
        System.arraycopy(body, from, copy, 0, length);
        cursor.reset(format, copy, 0, length);
        spare = before;
        before = copy;
        return collector.collect(cursor);
    }

    /** The array that the cursor does not look at, with room for a body that grows a little from scrape to scrape. */
    private byte[] spare(int length) {
        if (spare.length < length) {
            spare = new byte[(int) Math.min(length + length / 8L, LARGEST_ARRAY)];
        }
        return spare;
    }
}
