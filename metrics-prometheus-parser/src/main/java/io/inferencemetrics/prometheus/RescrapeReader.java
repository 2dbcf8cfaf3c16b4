package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body by what it has in common with the one before: servers say the same lines again, with some other values.
 *
 * <p>The lines are expected in the order of the body before. Where the bytes are the same, nothing is parsed, and one
 * comparison covers many lines. Where only what stands behind the name and labels differs, only that is parsed. Any other
 * line is read as if for the first time, and its series tells where to go on in the order of before. What is taken over
 * is always taken from a line whose bytes were compared, so that no move of lines can lead to a wrong value.
 */
final class RescrapeReader {
    private static final int FEW_SERIES = 4_096;
    /** Keys of so many bytes are kept whatever the size of the bodies. */
    private static final long FEW_BYTES = 1 << 20;

    /** {@code Arrays.mismatch} of JDK 17 kills the JVM where a range starts in the last 16 bytes of the largest array. */
    private static final int LAST_COMPARABLE = Integer.MAX_VALUE - 64;

    private static final int BYTE_ORDER_MARK = (byte) 0xef;

    private final LineReader reader;
    private final ParsedSample sample;
    private final Alignment alignment = new Alignment();
    private final BodyLayout layout = new BodyLayout(alignment);
    private final ChangedValues changedValues;
    private KnownSeries series = new KnownSeries();

    /** The lines that are expected, as the layout has them. */
    private LineOrder order = new LineOrder();

    private boolean complete;
    private int generation;

    /** Up to here samples that are the same can be taken over; one that came elsewhere is stopped by its length. */
    private int freeUntil;

    /** Whether the limit of samples may be met before the end of what is expected. */
    private boolean fewSamplesLeft;

    /** The first line that was taken over, or whose value was read, and that is not yet counted. */
    private int counted;

    RescrapeReader(LineReader reader) {
        this.reader = reader;
        sample = reader.sample();
        changedValues = new ChangedValues(alignment, reader);
        sample.setSeries(series);
    }

    /** Changes when series get new ordinals. */
    int generation() {
        return generation;
    }

    /** Goes to the start of a body. The one before must still be where it was. */
    @SuppressWarnings("ReferenceEquality") // the same array can hold only one of the two bodies
    void start(byte[] newBody, int newFrom, int to) {
        boolean forgotten = forgetSeriesLongGone();
        order = layout.start(series, complete && !forgotten && newBody != alignment.body && isComparable(newFrom, to));
        alignment.start(newBody, newFrom, to);
        counted = 0;
        freeUntil = newFrom;
        fewSamplesLeft = reader.samplesLeft() < (to - newFrom) / 2;
        complete = false;
    }

    /** What most series are that are known but were not in the last body is for nothing; so is what it takes to hold them. */
    private boolean forgetSeriesLongGone() {
        int lines = layout.count();
        boolean tooMany = series.count() > FEW_SERIES && series.count() > 2 * lines;
        if (!tooMany && series.keyBytes() <= Math.max(FEW_BYTES, 2L * (alignment.end - alignment.from))) {
            return false;
        }
        series = new KnownSeries();
        sample.setSeries(series);
        generation++;
        return true;
    }

    /**
     * Goes to the next line if it is a sample that is the same in the body before. It says no for lack of anything, and
     * is as small as it can be, so that it becomes a part of the caller's loop: most samples need no more.
     */
    boolean takeOverNext() {
        Alignment where = alignment;
        int line = where.expected;
        int start = where.at;
        int length = order.lengths[line];
        int ordinal = order.ordinals[line];
        if (ordinal < 0 || length > freeUntil - start) {
            return false;
        }
        sample.takeOver(ordinal, start, series.values[ordinal]);
        where.at = start + length;
        where.expected = line + 1;
        return true;
    }

    /** Has what was taken over counted; to be called before the line reader is used or asked. */
    void countPassed() {
        int expected = alignment.expected;
        if (expected > counted) {
            reader.passLines(expected - counted, order.samples(counted, expected));
            layout.takeOver(counted, expected);
            counted = expected;
        }
    }

    /** Expects a line that is not the one after those that were taken over. */
    private void expect(int line) {
        alignment.expected = line;
        counted = line;
    }

    /** Goes to the next line that says something; null at the end. */
    @Nullable
    Event next() {
        while (alignment.at < alignment.end) {
            Event event = alignment.expected < order.count ? readExpected() : readAnew();
            if (event != null) {
                return event;
            }
        }
        countPassed();
        return null;
    }

    /** Goes to the next line that is not the same as the one expected; null at the end. */
    @Nullable
    Event nextChanged() {
        while (alignment.at < alignment.end) {
            passSame();
            Event event = alignment.at < alignment.end ? readOther() : null;
            if (event != null) {
                return event;
            }
        }
        countPassed();
        return null;
    }

    /** Reads values that changed, as many as {@link ChangedValues} finds and has room for. */
    void readChanges(Changes changes) {
        if (isUnlimited() && alignment.expected < order.count) {
            changedValues.read(order, series, changes);
            findFree();
        }
    }

    /** Whether lines that are known cannot be too many samples: there is room for any body, or they are those of before. */
    private boolean isUnlimited() {
        return !fewSamplesLeft || !layout.hasMoved();
    }

    private @Nullable Event readOther() {
        return order.kinds[alignment.expected] <= LineOrder.TIMED_SAMPLE ? readValue() : readAnew();
    }

    private void passSame() {
        do {
            passSameSamples();
        } while (passSameOther() || lookFurther());
    }

    /** One addition a line; what is the same needs no look at all. */
    private void passSameSamples() {
        int[] lengths = order.lengths;
        int line = alignment.expected;
        int left = freeUntil - alignment.at;
        int length = lengths[line];
        while (length <= left) {
            left -= length;
            length = lengths[++line];
        }
        alignment.at = freeUntil - left;
        alignment.expected = line;
    }

    /** Passes over a line that is the same, and not what most lines are. */
    private boolean passSameOther() {
        int line = alignment.expected;
        byte kind = order.kinds[line];
        int length = order.length(line);
        if (kind == LineOrder.SAMPLE || kind == LineOrder.STRANGE || length > alignment.sameUntil - alignment.at) {
            return false;
        }
        if (kind >= LineOrder.NOTHING) {
            takeOverOther(kind);
            return true;
        }
        if (fewSamplesLeft || !layout.isFree(order.ordinals[line])) {
            return false;
        }
        alignment.at += length;
        alignment.expected++;
        return true;
    }

    /** The body was read to its end, and is what the next one is compared with. */
    void finish() {
        layout.finish();
        complete = isComparable(alignment.from, alignment.end);
    }

    private static boolean isComparable(int from, int to) {
        return to - from <= LineOrder.LONGEST && to <= LAST_COMPARABLE;
    }

    /** Whether this body, now that it was read to its end, is known to have the very series of the one before. */
    boolean hasSameSeries() {
        return layout.hasSameSeries();
    }

    private @Nullable Event readExpected() {
        while (lookFurther()) {
            // until it is known whether the line is the same
        }
        if (takeOverNext()) {
            return Event.SAMPLE;
        }
        int line = alignment.expected;
        byte kind = order.kinds[line];
        if (kind <= LineOrder.TIMED_SAMPLE) {
            return readValue();
        }
        boolean comment = kind >= LineOrder.NOTHING && kind < LineOrder.STRANGE;
        boolean same = alignment.sameUntil - alignment.at >= order.length(line);
        return comment && same ? takeOverOther(kind) : readAnew();
    }

    private boolean lookFurther() {
        boolean looked = alignment.lookFurther(order);
        if (looked) {
            findFree();
        }
        return looked;
    }

    /** Goes on behind a line that was read. */
    private void goOn(int shift) {
        alignment.goOn(shift);
        findFree();
    }

    private void findFree() {
        freeUntil = isUnlimited() ? alignment.sameUntil : endOfFree();
    }

    /** Up to where the samples that are the same are not too many, whether they can be taken over or not. */
    private int endOfFree() {
        countPassed();
        long left = reader.samplesLeft();
        int sameUntil = alignment.sameUntil;
        int free = alignment.at;
        for (int line = alignment.expected; free < sameUntil && left > 0; line++) {
            if (order.kinds[line] != LineOrder.SAMPLE) {
                break;
            }
            free += order.length(line);
            left--;
        }
        return Math.min(free, sameUntil);
    }

    /** The series may be the expected one; what stands behind it is not, or has to be looked at again. */
    private @Nullable Event readValue() {
        int ordinal = order.ordinals[alignment.expected];
        boolean known = layout.isFree(ordinal) && !(fewSamplesLeft && noSamplesLeft());
        if (!known || !changedValues.read(order, series, ordinal)) {
            return readAnew();
        }
        findFree();
        return Event.SAMPLE;
    }

    private boolean noSamplesLeft() {
        countPassed();
        return reader.samplesLeft() == 0;
    }

    /** A comment is looked at again only if somebody asks. */
    private @Nullable Event takeOverOther(byte kind) {
        countPassed();
        int start = alignment.at;
        int line = alignment.expected;
        alignment.at += order.length(line);
        layout.takeOver(line, line + 1);
        expect(line + 1);
        findFree();
        if (kind == LineOrder.NOTHING || kind == LineOrder.UNWANTED) {
            reader.passLines(order.lines(line), 0);
            return null;
        }
        return reader.passMetadata(alignment.body, start, alignment.at - 1, LineOrder.event(kind));
    }

    /** A line that is not the expected one, or not only by its value. */
    private @Nullable Event readAnew() {
        countPassed();
        byte[] body = alignment.body;
        int start = alignment.at;
        alignment.at = reader.passUnwanted(body, start, alignment.end);
        if (alignment.at > start) {
            goOn(placeOther(LineOrder.UNWANTED, start, reader.unwantedLines()));
            return null;
        }
        int next = reader.readUsualSample(body, start, alignment.end);
        if (next < 0) {
            return readMetadataOrUnusual(start);
        }
        alignment.at = next;
        int ordinal = series.ordinal(sample.series());
        sample.rememberPositions(ordinal);
        goOn(placeSample(sample.hasTimestamp() ? LineOrder.TIMED_SAMPLE : LineOrder.SAMPLE, ordinal, start));
        return Event.SAMPLE;
    }

    private @Nullable Event readMetadataOrUnusual(int start) {
        int next = reader.readUsualMetadata(alignment.body, start, alignment.end);
        if (next < 0) {
            return readExact(start);
        }
        alignment.at = next;
        Event event = reader.takeUsualMetadata();
        goOn(placeOther(LineOrder.kind(event), start, 1));
        return event;
    }

    private @Nullable Event readExact(int start) {
        byte[] body = alignment.body;
        int end = alignment.end;
        int lineEnd = ByteSearch.indexOfNewline(body, start, end);
        boolean marked = reader.lineNumber() == 0 && body[start] == BYTE_ORDER_MARK;
        alignment.at = Math.min(lineEnd + 1, end);
        long skipped = reader.skippedCount();
        Event event = reader.read(body, start, lineEnd);
        boolean bad = reader.skippedCount() > skipped;
        // without its newline it may be the start of another line next time
        boolean strange = marked || bad || reader.endOfFileSeen() || lineEnd == end;
        int shift = event == Event.SAMPLE
                ? placeSample(
                        strange ? LineOrder.STRANGE : LineOrder.UNUSUAL_SAMPLE, series.ordinal(sample.series()), start)
                : placeOther(strange ? LineOrder.STRANGE : LineOrder.kind(event), start, 1);
        if (reader.endOfFileSeen()) {
            layout.cut(alignment.expected);
        }
        goOn(shift);
        return event;
    }

    private int placeSample(byte kind, int ordinal, int start) {
        int shift = layout.placeSample(kind, ordinal, start);
        counted = alignment.expected;
        // of a series that comes twice the first value is kept
        boolean changed = layout.isStrange() || series.replace(ordinal, sample.value()) || !layout.wasThere();
        sample.setOrdinal(ordinal, changed);
        return shift;
    }

    private int placeOther(byte kind, int start, int lines) {
        int shift = layout.placeOther(kind, start, lines);
        counted = alignment.expected;
        return shift;
    }
}
