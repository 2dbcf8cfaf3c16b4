package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;
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
    /** How far the first comparison looks; each further one twice as far. */
    private static final int FIRST_LOOK = 2_048;

    private static final int BYTE_ORDER_MARK = (byte) 0xef;
    /** Of milliseconds since 1970, from 2001 to 2286. */
    private static final int DIGITS_OF_TIME = 13;

    private final LineReader reader;
    private final ParsedSample sample;
    private final ValueScanner values;
    private final int maxLineBytes;
    private KnownSeries series = new KnownSeries();

    /** The lines of the body before; also of this one, as long as they are the same lines. */
    private LineOrder order = new LineOrder();

    /** The lines of this body, once it has others. */
    private LineOrder moved = new LineOrder();

    private boolean hasMoved;
    private boolean complete;

    /** Samples that the order cannot tell, because they are strange: in this body, and in the one before. */
    private int strangeSamples;

    private int strangeSamplesBefore;
    /** Whether lines of the body before did not come again, which may have been samples. */
    private boolean cutShort;

    private int generation;
    private int bodyNumber;

    private byte[] before = {};
    private int beforeEnd;
    private byte[] body = {};
    private int from;
    private int at;
    private int end;

    /** The line that is expected next, in the order of before. */
    private int expected;

    /** How much further on in its array the expected line is in this body than in the one before. */
    private int shift;

    /** Up to here the body is known to be the same as the one before, as long as the shift is the one compared. */
    private int sameUntil;

    private int comparedShift;
    /** Whether the bodies differ there, or one of them ends; otherwise a further look may find more that is the same. */
    private boolean differenceKnown;

    private int look;

    /** Up to here samples that are the same can be taken over without a further look. */
    private int freeUntil;

    /** Whether the limit of samples may be met before the end of what is expected. */
    private boolean fewSamplesLeft;

    /** The first line that was taken over, or whose value was read, and that is not yet counted. */
    private int counted;

    /** Where each line starts in the body before, and the line of each series; known from a move on. */
    private int[] lineStarts = {};

    private int[] lineOfSeries = {};

    RescrapeReader(LineReader reader) {
        this.reader = reader;
        sample = reader.sample();
        values = reader.usualValues();
        maxLineBytes = reader.maxLineBytes();
        sample.setSeries(series);
    }

    /** Changes when series get new ordinals. */
    int generation() {
        return generation;
    }

    /** Goes to the start of a body. The one before must still be where it was. */
    @SuppressWarnings("ReferenceEquality") // the same array can hold only one of the two bodies
    void start(byte[] newBody, int newFrom, int to) {
        cutShort = false;
        boolean forgotten = forgetSeriesLongGone();
        if (hasMoved) {
            LineOrder old = order;
            order = moved;
            moved = old;
            hasMoved = false;
        }
        if (forgotten || !complete || newBody == body) {
            cutOrder(0);
        }
        before = body;
        beforeEnd = end;
        shift = newFrom - from;
        body = newBody;
        from = newFrom;
        at = newFrom;
        end = to;
        lookAnew();
        freeUntil = newFrom;
        fewSamplesLeft = reader.samplesLeft() < (to - newFrom) / 2;
        expect(0);
        complete = false;
        strangeSamplesBefore = strangeSamples;
        strangeSamples = 0;
        bodyNumber++;
        sample.setBody(newBody);
    }

    /** What most series are that are known but were not in the last body is for nothing; so is what it takes to hold them. */
    private boolean forgetSeriesLongGone() {
        int lines = hasMoved ? moved.count : expected;
        boolean tooMany = series.count() > FEW_SERIES && series.count() > 2 * lines;
        if (!tooMany && series.keyBytes() <= Math.max(FEW_BYTES, 2L * (end - from))) {
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
        int line = expected;
        int start = at;
        int length = order.lengths[line];
        if (length < 0 || length > freeUntil - start) {
            return false;
        }
        int ordinal = order.ordinals[line];
        sample.takeOver(ordinal, start, series.values[ordinal]);
        at = start + length;
        expected = line + 1;
        return true;
    }

    /** Has what was taken over counted; to be called before the line reader is used or asked. */
    void countPassed() {
        if (expected > counted) {
            reader.passSamples(expected - counted);
            if (hasMoved) {
                placePassed();
            }
            counted = expected;
        }
    }

    private void placePassed() {
        for (int line = counted; line < expected; line++) {
            series.bodies[order.ordinals[line]] = bodyNumber;
        }
        moved.addFrom(order, counted, expected);
    }

    /** Expects a line that is not the one after those that were taken over. */
    private void expect(int line) {
        expected = line;
        counted = line;
    }

    /** Goes to the next line that says something; null at the end. */
    @Nullable
    Event next() {
        while (at < end) {
            Event event = expected < order.count ? readExpected() : readAnew();
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
        while (at < end) {
            passSame();
            Event event = at < end ? readOther() : null;
            if (event != null) {
                return event;
            }
        }
        countPassed();
        return null;
    }

    private @Nullable Event readOther() {
        return order.kinds[expected] <= LineOrder.TIMED_SAMPLE ? readValue() : readAnew();
    }

    private void passSame() {
        do {
            passSameSamples();
        } while (passSameOther() || lookFurther());
    }

    /** One addition a line; what is the same needs no look at all. */
    private void passSameSamples() {
        int[] lengths = order.lengths;
        int line = expected;
        int left = freeUntil - at;
        int length = lengths[line];
        while (length >= 0 && length <= left) {
            left -= length;
            length = lengths[++line];
        }
        at = freeUntil - left;
        expected = line;
    }

    /** Passes over a line that is the same, and not what most lines are. */
    private boolean passSameOther() {
        byte kind = order.kinds[expected];
        int length = order.length(expected);
        if (kind == LineOrder.SAMPLE || kind == LineOrder.STRANGE || length > sameUntil - at) {
            return false;
        }
        if (kind >= LineOrder.NOTHING) {
            takeOverOther(kind);
            return true;
        }
        if (fewSamplesLeft || !isFree(order.ordinals[expected])) {
            return false;
        }
        at += length;
        expected++;
        return true;
    }

    /** The body was read to its end, and is what the next one is compared with. */
    void finish() {
        if (!hasMoved) {
            cutOrder(expected);
        }
        complete = true;
    }

    /** What was expected further on does not come. */
    private void cutOrder(int lines) {
        if (lines < order.count) {
            cutShort = true;
            order.cut(lines);
        }
    }

    /** Whether this body, now that it was read to its end, is known to have the very series of the one before. */
    boolean hasSameSeries() {
        boolean sure = strangeSamples + strangeSamplesBefore == 0 && !cutShort;
        return sure && (!hasMoved || movedHasSameSeries());
    }

    private boolean movedHasSameSeries() {
        int count = 0;
        for (int line = 0; line < order.count; line++) {
            if (order.hasSeries(line)) {
                count++;
                if (series.bodies[order.ordinals[line]] != bodyNumber) {
                    return false;
                }
            }
        }
        return count == moved.seriesCount();
    }

    private @Nullable Event readExpected() {
        while (lookFurther()) {
            // until it is known whether the line is the same
        }
        if (takeOverNext()) {
            return Event.SAMPLE;
        }
        byte kind = order.kinds[expected];
        if (kind <= LineOrder.TIMED_SAMPLE) {
            return readValue();
        }
        boolean comment = kind >= LineOrder.NOTHING && kind < LineOrder.STRANGE;
        return comment && sameUntil - at >= order.length(expected) ? takeOverOther(kind) : readAnew();
    }

    /** Compares further on if the expected line may turn out to be the same; false when that is known. */
    private boolean lookFurther() {
        if (differenceKnown || expected == order.count || sameUntil - at >= order.length(expected)) {
            return false;
        }
        int there = sameUntil - shift;
        int length = Math.min(look, Math.min(end - sameUntil, beforeEnd - there));
        int same = Arrays.mismatch(body, sameUntil, sameUntil + length, before, there, there + length);
        differenceKnown = same >= 0 || length < look;
        sameUntil += same < 0 ? length : same;
        look = Math.min(2 * look, Integer.MAX_VALUE / 2);
        findFree();
        return true;
    }

    /**
     * Goes on behind a line that was read. What was compared holds as long as both bodies go on side by side: no byte is
     * compared twice then, and where they do not, not more than a little.
     */
    private void goOn() {
        if (shift == comparedShift && sameUntil > at) {
            findFree();
        } else {
            lookAnew();
            freeUntil = at;
        }
    }

    private void lookAnew() {
        sameUntil = at;
        comparedShift = shift;
        differenceKnown = false;
        look = FIRST_LOOK;
    }

    private void findFree() {
        freeUntil = hasMoved || fewSamplesLeft ? endOfFree() : sameUntil;
    }

    /** Up to where the samples that are the same have not come yet in this body, and are not too many. */
    private int endOfFree() {
        countPassed();
        long left = reader.samplesLeft();
        int free = at;
        for (int line = expected; free < sameUntil && left > 0; line++) {
            if (order.kinds[line] != LineOrder.SAMPLE || !isFree(order.ordinals[line])) {
                break;
            }
            free += order.length(line);
            left--;
        }
        return Math.min(free, sameUntil);
    }

    /** Whether a series has not come yet in this body, as far as one can know before it has moved. */
    private boolean isFree(int ordinal) {
        return !hasMoved || series.bodies[ordinal] != bodyNumber;
    }

    /** The series may be the expected one; what stands behind it is not, or has to be looked at again. */
    private @Nullable Event readValue() {
        int line = expected;
        int start = at;
        int ordinal = order.ordinals[line];
        int seriesEnd = start + series.lengths[ordinal];
        int newline = sameUntil > seriesEnd && isFree(ordinal) ? scanBehind(line, seriesEnd) : -1;
        int length = newline + 1 - start;
        if (newline < 0 || length > maxLineBytes || (fewSamplesLeft && noSamplesLeft())) {
            return readAnew();
        }
        double value = values.value();
        sample.setKnown(ordinal, start, value, differs(value, series.values[ordinal]));
        series.values[ordinal] = value;
        if (values.hasTimestamp()) {
            sample.setTimestamp(values.millis(), false, body, values.timestampStart(), newline);
        }
        shift += length - order.length(line);
        order.set(line, values.hasTimestamp() ? LineOrder.TIMED_SAMPLE : LineOrder.SAMPLE, length, ordinal);
        at = newline + 1;
        expected = line + 1;
        goOn();
        return Event.SAMPLE;
    }

    /** Reads what stands behind the series, or only the time where the value in front of it is the same. */
    private int scanBehind(int line, int seriesEnd) {
        if (order.kinds[line] == LineOrder.TIMED_SAMPLE) {
            int space = at + order.length(line) - DIGITS_OF_TIME - 2;
            if (space > seriesEnd && space < sameUntil && body[space] == ' ') {
                return values.scanTime(body, space, end, series.values[order.ordinals[line]]);
            }
        }
        return values.scan(body, seriesEnd, end);
    }

    private boolean noSamplesLeft() {
        countPassed();
        return reader.samplesLeft() == 0;
    }

    private static boolean differs(double a, double b) {
        return Double.doubleToRawLongBits(a) != Double.doubleToRawLongBits(b);
    }

    /** A comment is looked at again only if somebody asks. */
    private @Nullable Event takeOverOther(byte kind) {
        countPassed();
        int start = at;
        int line = expected;
        at += order.length(line);
        if (hasMoved) {
            moved.addFrom(order, line, line + 1);
        }
        expect(expected + 1);
        findFree();
        if (kind == LineOrder.SKIPPED) {
            reader.passUnwanted(order.ordinals[line]);
            return null;
        }
        return reader.passMetadata(body, start, at - 1, LineOrder.event(kind));
    }

    /** A line that is not the expected one, or not only by its value. */
    private @Nullable Event readAnew() {
        countPassed();
        int start = at;
        at = reader.skipUnwanted(body, start, end);
        if (at > start) {
            placeOther(LineOrder.SKIPPED, start, reader.skippedUnwanted());
            goOn();
            return null;
        }
        int next = reader.readUsualSample(body, start, end);
        if (next < 0) {
            return readExact(start);
        }
        at = next;
        ByteSlice text = sample.series();
        int ordinal = series.ordinal(text);
        series.setPositions(ordinal, text.length(), sample.labels);
        placeSample(sample.hasTimestamp() ? LineOrder.TIMED_SAMPLE : LineOrder.SAMPLE, ordinal, start);
        goOn();
        return Event.SAMPLE;
    }

    private @Nullable Event readExact(int start) {
        int lineEnd = Swar.indexOfNewline(body, start, end);
        boolean marked = reader.lineNumber() == 0 && body[start] == BYTE_ORDER_MARK;
        at = Math.min(lineEnd + 1, end);
        long skipped = reader.skippedCount();
        Event event = reader.read(body, start, lineEnd);
        boolean bad = reader.skippedCount() > skipped;
        // without its newline it may be the start of another line next time
        boolean strange = marked || bad || reader.endOfFileSeen() || lineEnd == end;
        if (event == Event.SAMPLE) {
            placeSample(strange ? LineOrder.STRANGE : LineOrder.UNUSUAL_SAMPLE, series.ordinal(sample.series()), start);
        } else {
            placeOther(strange ? LineOrder.STRANGE : LineOrder.kind(event), start, 0);
        }
        if (reader.endOfFileSeen()) {
            cutOrder(expected);
        }
        goOn();
        return event;
    }

    /** Puts a sample that was read from some index to here into the order of this body. */
    private void placeSample(byte kind, int ordinal, int start) {
        int length = at - start;
        boolean isExpected = !hasMoved && order.hasSeries(expected) && order.ordinals[expected] == ordinal;
        if (isExpected && kind != LineOrder.STRANGE) {
            shift += length - order.length(expected);
            order.set(expected, kind, length, ordinal);
            expect(expected + 1);
            setSeries(ordinal, true);
            return;
        }
        move(start);
        if (kind == LineOrder.STRANGE || series.bodies[ordinal] == bodyNumber) {
            strangeSamples++;
            sample.setOrdinal(ordinal, true);
            placeOther(LineOrder.STRANGE, start, 0);
            return;
        }
        series.bodies[ordinal] = bodyNumber;
        moved.add(kind, length, ordinal);
        setSeries(ordinal, goOnBehind(ordinal, start));
    }

    private void setSeries(int ordinal, boolean known) {
        double value = sample.value();
        sample.setOrdinal(ordinal, !known || differs(value, series.values[ordinal]));
        series.values[ordinal] = value;
    }

    /** Expects what followed a series in the body before; false when that did not have it. */
    private boolean goOnBehind(int ordinal, int start) {
        int line = ordinal < lineOfSeries.length ? lineOfSeries[ordinal] : -1;
        if (line < 0) {
            shift += at - start;
            return false;
        }
        expect(line + 1);
        shift = at - lineStarts[expected];
        return true;
    }

    /** Puts a line that is no sample, or no known one, or some that were skipped, into the order of this body: perhaps instead of the expected one. */
    private void placeOther(byte kind, int start, int count) {
        int length = at - start;
        boolean instead = expected < order.count && order.kinds[expected] == kind;
        if (!instead) {
            move(start);
        }
        shift += length;
        if (hasMoved) {
            moved.add(kind, length, count);
        }
        if (instead) {
            shift -= order.length(expected);
            if (!hasMoved) {
                order.set(expected, kind, length, count);
            }
            expect(expected + 1);
        }
    }

    /** From a line on, which starts there, the lines are not those of the body before. */
    private void move(int start) {
        if (hasMoved) {
            return;
        }
        hasMoved = true;
        freeUntil = from;
        moved.cut(0);
        moved.addFrom(order, 0, expected);
        for (int line = 0; line < expected; line++) {
            if (order.hasSeries(line)) {
                series.bodies[order.ordinals[line]] = bodyNumber;
            }
        }
        findLines(start - shift);
    }

    /** Finds where each line of before is that is still to come. */
    private void findLines(int expectedStart) {
        if (lineStarts.length <= order.count) {
            lineStarts = new int[2 * order.count + 1];
        }
        if (lineOfSeries.length < series.count()) {
            lineOfSeries = new int[2 * series.count()];
        }
        Arrays.fill(lineOfSeries, -1);
        int start = expectedStart;
        for (int line = expected; line < order.count; line++) {
            lineStarts[line] = start;
            start += order.length(line);
            if (order.hasSeries(line)) {
                lineOfSeries[order.ordinals[line]] = line;
            }
        }
        lineStarts[order.count] = start;
    }
}
