package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Pulls samples and metadata out of one body after another, each from {@code reset} to {@link Event#END}, in one thread.
 *
 * <pre>{@code
 * ExpositionCursor cursor = new ExpositionCursor(ParserOptions.lenient(ExpositionFormat.TEXT));
 * cursor.reset(body, 0, body.length);
 * while (cursor.next() != Event.END) { ... }
 * }</pre>
 *
 * <p>One cursor reads one body after another, and from the second on allocates nothing. All views it hands out are valid
 * until the next call of {@link #next()}, {@link #nextChanged()}, {@link #nextChanges} or {@code reset}. Not thread-safe.
 */
public final class ExpositionCursor {
    private static final byte[] NOTHING = {};
    private static final Event[] EVENTS = Event.values();
    private static final int END = Event.END.ordinal();
    private static final int SAMPLE = Event.SAMPLE.ordinal();

    private final ParserOptions options;
    private final LineReaders readers;
    private LineReader reader;
    private ParsedSample sample;
    private byte[] body = NOTHING;
    private int at;
    private int end;
    /** The ordinal, not the event, for the same reason as in {@link SharedBytes}. */
    private int event = END;

    private final boolean remembers;
    private @Nullable RescrapeReader rescrape;
    private int generation;
    private boolean readable;
    private boolean finished;

    /** A cursor without a body yet, which reads each body as if for the first time. */
    public ExpositionCursor(ParserOptions options) {
        this(options, false);
    }

    /**
     * A cursor that remembers the body before, for one target that is read again and again.
     *
     * <p>It finds the same, but parses only what has changed, and knows series again: see {@link Sample#ordinal()} and
     * {@link Sample#changed()}. A body must stay as it is until the next one has been read, so give it two arrays in turn;
     * a body in the array of the one before is read as if for the first time.
     *
     * @throws IllegalArgumentException when the options are {@linkplain ParserOptions#validating() validating}
     */
    public static ExpositionCursor remembering(ParserOptions options) {
        if (options.mode() == ParserMode.VALIDATING) {
            throw new IllegalArgumentException(
                    "validating looks at each line of each body; use new ExpositionCursor(options)");
        }
        return new ExpositionCursor(options, true);
    }

    private ExpositionCursor(ParserOptions options, boolean remembers) {
        this.options = options;
        this.remembers = remembers;
        readers = new LineReaders(options);
        reader = readers.get(options.format());
        sample = reader.sample();
    }

    /** Goes to the start of a body in the format of the options. See {@link #reset(ExpositionFormat, byte[], int, int)}. */
    public void reset(byte[] newBody, int from, int to) {
        reset(options.format(), newBody, from, to);
    }

    /**
     * Goes to the start of a body, which must not change while it is read.
     *
     * @throws IndexOutOfBoundsException when the range does not lie inside the array
     * @throws IllegalArgumentException when the options are validating, and the format is not OpenMetrics
     * @throws LimitExceededException when the body is too large
     */
    public void reset(ExpositionFormat format, byte[] newBody, int from, int to) {
        Objects.checkFromToIndex(from, to, newBody.length);
        readable = false;
        event = END;
        LineReader newReader = readers.get(format);
        if (remembers && (rescrape == null || newReader != reader)) {
            generation = generation() + 1;
            rescrape = new RescrapeReader(newReader);
        }
        reader = newReader;
        sample = newReader.sample();
        reader.start();
        reader.checkBodySize(to - from);
        reader.goTo(newBody);
        body = newBody;
        at = from;
        end = to;
        finished = false;
        if (rescrape != null) {
            rescrape.start(newBody, from, to);
        }
        readable = true;
    }

    /**
     * Goes to the next sample or metadata; {@link Event#END} when there is none, however often it is called.
     *
     * @throws ExpositionException in strict mode, when a line is bad; the cursor then reads on only after a reset
     * @throws LimitExceededException when a line or the body is too large, likewise
     * @throws IllegalStateException when there is no body, or the last call threw
     */
    public Event next() {
        requireBody();
        return rescrape != null && rescrape.takeOverNext() ? set(Event.SAMPLE) : nextOther(false);
    }

    /**
     * Goes to the next sample or metadata that is not the same as in the body before, and passes over all others; {@link
     * Event#END} when there is none.
     *
     * <p>For who keeps the values of a target by {@link Sample#ordinal()}: what is passed over has the value, the time and
     * the exemplar that it had. What is handed out may still have the value that it had, such as a line that moved: see
     * {@link Sample#changed()}. Which series came or went is told at the end, by {@link #hasSameSeries()}. A cursor that
     * remembers nothing passes over nothing.
     *
     * @throws ExpositionException as {@link #next()} does
     * @throws LimitExceededException likewise
     * @throws IllegalStateException likewise
     */
    public Event nextChanged() {
        requireBody();
        return nextOther(true);
    }

    /**
     * Hands out many of those samples at once that {@link #nextChanged()} would hand out next: known series with another
     * value or time, behind the line that they stood behind before. It passes over what is the same, and ends in front of
     * anything else, such as the first sample of a family that moved:
     *
     * <pre>{@code
     * Event event;
     * do {
     *     while (cursor.nextChanges(changes) > 0) { ... } // by ordinal
     *     event = cursor.nextChanged();
     *     if (event == Event.SAMPLE) { ... } // perhaps a new series
     * } while (event != Event.END);
     * }</pre>
     *
     * <p>Until the next event the cursor has no sample to be asked for.
     *
     * @return how many; 0 when {@link #nextChanged()} has to go on, and always from a cursor that remembers nothing
     * @throws IllegalStateException when there is no body, or the last call threw
     */
    public int nextChanges(Changes changes) {
        requireBody();
        event = END;
        changes.clear();
        if (rescrape != null) {
            rescrape.readChanges(changes);
        }
        return changes.count();
    }

    /**
     * Whether this body is known to have the very series that the body before had, each once; in doubt it is not. When it
     * has not, reset to the same body again and read all of it: series keep their ordinals.
     *
     * @throws IllegalStateException when the body has not been read to its end
     */
    public boolean hasSameSeries() {
        if (!finished) {
            throw new IllegalStateException("known only at the end of a body: call nextChanged until END first");
        }
        return rescrape != null && rescrape.hasSameSeries();
    }

    /** Throws when a body of this size would be too large. */
    void checkBodySize(long bytes) {
        reader.checkBodySize(bytes);
    }

    private void requireBody() {
        if (!readable) {
            throw new IllegalStateException("no body to read: call reset first, and after each exception");
        }
    }

    private Event set(Event found) {
        event = found.ordinal();
        return found;
    }

    /** Apart from {@link #next()}, and not small, so that only the latter becomes a part of the caller's loop. */
    private Event nextOther(boolean changedOnly) {
        readable = false;
        event = END;
        Event found = rescrape == null ? nextLine() : changedOnly ? rescrape.nextChanged() : rescrape.next();
        if (found == null) {
            found = Event.END;
            if (!finished) {
                reader.finish();
                if (rescrape != null) {
                    rescrape.finish();
                }
                finished = true;
            }
        }
        readable = true;
        return set(found);
    }

    private @Nullable Event nextLine() {
        while (true) {
            at = reader.passUnwanted(body, at, end);
            if (at >= end) {
                return null;
            }
            int next = reader.readUsualSample(body, at, end);
            if (next >= 0) {
                at = next;
                return Event.SAMPLE;
            }
            Event found = nextMetadataOrUnusual();
            if (found != null) {
                return found;
            }
        }
    }

    private @Nullable Event nextMetadataOrUnusual() {
        int next = reader.readUsualMetadata(body, at, end);
        if (next >= 0) {
            at = next;
            return reader.takeUsualMetadata();
        }
        int lineStart = at;
        int lineEnd = ByteSearch.indexOfNewline(body, at, end);
        at = lineEnd + 1;
        return reader.read(body, lineStart, lineEnd);
    }

    /** Changes when the {@linkplain Sample#ordinal() ordinals} of series start anew, because most of them were long gone. */
    public int generation() {
        return rescrape == null ? generation : generation + rescrape.generation();
    }

    /**
     * The sample.
     *
     * @throws IllegalStateException when the cursor stands on something else
     */
    public Sample sample() {
        require(Event.SAMPLE);
        return sample;
    }

    /**
     * The name of the sample, or that on the TYPE, HELP or UNIT line.
     *
     * @throws IllegalStateException at the end, or before the start
     */
    public ByteSlice name() {
        if (event == END) {
            throw new IllegalStateException("there is no name at " + Event.END);
        }
        return event == SAMPLE ? reader.sample().name() : reader.metadata().name;
    }

    /**
     * The type on the TYPE line.
     *
     * @throws IllegalStateException when the cursor stands on something else
     */
    public MetricType type() {
        require(Event.TYPE);
        return reader.metadata().type;
    }

    /**
     * The text on the HELP line, its escapes resolved; may be empty.
     *
     * @throws IllegalStateException when the cursor stands on something else
     */
    public ByteSlice help() {
        require(Event.HELP);
        return reader.metadata().text;
    }

    /**
     * The unit on the UNIT line; may be empty.
     *
     * @throws IllegalStateException when the cursor stands on something else
     */
    public ByteSlice unit() {
        require(Event.UNIT);
        return reader.metadata().text;
    }

    /** The line of the sample or metadata, counted from 1. */
    public long line() {
        if (rescrape != null) {
            rescrape.countPassed();
        }
        return reader.lineNumber();
    }

    /** What was skipped so far in this body; always nothing in strict mode. Allocates only when something was. */
    public SkippedLines skipped() {
        return reader.skipped();
    }

    private void require(Event expected) {
        if (event != expected.ordinal()) {
            throw new IllegalStateException("the cursor stands on " + EVENTS[event] + ", not on " + expected);
        }
    }
}
