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
    private static final int BYTE_ORDER_MARK = (byte) 0xef;

    private final LineReader reader;
    private final SeriesTable series = new SeriesTable();

    /** The lines of the body before; also of this one, as long as they are the same lines. */
    private LineTable lines = new LineTable();

    /** The lines of this body, once it has others. */
    private LineTable moved = new LineTable();

    private boolean hasMoved;
    private boolean complete;
    private int generation;

    private byte[] before = {};
    private int beforeAt;
    private int beforeEnd;
    private byte[] body = {};
    private int from;
    private int at;
    private int end;

    /** Up to here the body is the same as the one before at the expected line. */
    private int sameUntil;

    /** The line that is expected next. */
    private int expected;

    /** For each series the line before that it was on, and where each line started; known from the first move on. */
    private int[] lineOfSeries = {};

    private int[] lineStarts = {};

    RescrapeReader(LineReader reader) {
        this.reader = reader;
    }

    /** Changes when series get new ordinals. */
    int generation() {
        return generation;
    }

    /** Goes to the start of a body. The one before must still be where it was. */
    @SuppressWarnings("ReferenceEquality") // the same array can hold only one of the two bodies
    void start(byte[] newBody, int newFrom, int to) {
        if (hasMoved) {
            LineTable old = lines;
            lines = moved;
            moved = old;
            hasMoved = false;
        }
        if (!complete || newBody == body) {
            lines.clear();
        }
        forgetSeriesLongGone();
        before = body;
        beforeAt = from;
        beforeEnd = end;
        body = newBody;
        from = newFrom;
        at = newFrom;
        end = to;
        sameUntil = newFrom;
        expected = 0;
        complete = false;
    }

    private void forgetSeriesLongGone() {
        if (series.size() > FEW_SERIES && series.size() > 2 * lines.count) {
            series.clear();
            lines.clear();
            generation++;
        }
    }

    /** Goes to the next line that says something; null at the end. */
    @Nullable
    Event next() {
        while (at < end) {
            Event event = expected < lines.count && !reader.endOfFileSeen() ? readExpected() : readAnew();
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /** The body was read to its end, and is what the next one is compared with. */
    void finish() {
        if (!hasMoved && expected < lines.count) {
            move();
        }
        complete = true;
    }

    private @Nullable Event readExpected() {
        int length = lines.lengths[expected];
        if (sameUntil <= at) {
            compare();
        }
        byte kind = lines.kinds[expected];
        boolean same = at + length <= sameUntil;
        if (same && kind == LineTable.USUAL) {
            return takeOverSample(length);
        }
        if (same && kind != LineTable.TIMED) {
            return takeOverLine(kind, length);
        }
        return sameUntil - at > lines.seriesLengths[expected] && lines.seriesLengths[expected] > 0
                ? readValue(kind)
                : readAnew();
    }

    private void compare() {
        int length = Math.min(end - at, beforeEnd - beforeAt);
        int same = Arrays.mismatch(body, at, at + length, before, beforeAt, beforeAt + length);
        sameUntil = at + (same < 0 ? length : same);
    }

    private Event takeOverSample(int length) {
        int line = expected;
        reader.passSample();
        ParsedSample sample = reader.sample();
        sample.setKnown(body, at, lines, line);
        sample.setValue(lines.values[line]);
        sample.setOrdinal(lines.ordinals[line], false);
        if (hasMoved) {
            moved.addFrom(lines, line);
        }
        pass(length, length);
        return Event.SAMPLE;
    }

    /** A comment is looked at again only if somebody asks; a line for the exact parsers goes to them. */
    private @Nullable Event takeOverLine(byte kind, int length) {
        int start = at;
        if (hasMoved) {
            moved.addFrom(lines, expected);
        }
        int line = expected;
        pass(length, length);
        if (kind != LineTable.EXACT) {
            return reader.passMetadata(body, start, start + length - 1, LineTable.event(kind));
        }
        Event event = reader.read(body, start, start + length - 1);
        if (event == Event.SAMPLE) {
            reader.sample().setOrdinal(lines.ordinals[line], false);
        }
        return event;
    }

    /** The series is that of the line before; what stands behind it is not, or has to be looked at again. */
    private @Nullable Event readValue(byte kind) {
        int line = expected;
        ParsedSample sample = reader.sample();
        sample.setKnown(body, at, lines, line);
        int newline =
                kind == LineTable.EXACT ? -1 : reader.readUsualValue(body, at, at + lines.seriesLengths[line], end);
        if (newline < 0) {
            return readAnew();
        }
        reader.passSample();
        sample.setOrdinal(lines.ordinals[line], differs(sample.value(), lines.values[line]));
        int length = newline + 1 - at;
        int lengthBefore = lines.lengths[line];
        if (hasMoved) {
            moved.addFrom(lines, line);
            moved.setValue(moved.count - 1, length, sample);
        } else {
            lines.setValue(line, length, sample);
        }
        pass(length, lengthBefore);
        sameUntil = at;
        return Event.SAMPLE;
    }

    private static boolean differs(double a, double b) {
        return Double.doubleToRawLongBits(a) != Double.doubleToRawLongBits(b);
    }

    private void pass(int length, int lengthBefore) {
        at += length;
        beforeAt += lengthBefore;
        expected++;
    }

    /** A line that is not the expected one, or not only by its value. */
    private @Nullable Event readAnew() {
        if (!hasMoved) {
            move();
        }
        int start = at;
        int next = reader.readUsualSample(body, start, end);
        if (next >= 0) {
            at = next;
            addUsual(start);
            return Event.SAMPLE;
        }
        int lineEnd = Swar.indexOfNewline(body, start, end);
        boolean first = reader.lineNumber() == 0;
        boolean marked = first && body[start] == BYTE_ORDER_MARK;
        at = Math.min(lineEnd + 1, end);
        sameUntil = at;
        long skipped = reader.skippedCount();
        Event event = reader.read(body, start, lineEnd);
        boolean bad = reader.skippedCount() > skipped;
        boolean exact = marked || bad || event == Event.SAMPLE || reader.endOfFileSeen();
        if (event == Event.SAMPLE) {
            addExact(lineEnd + 1 - start, lineEnd < end);
        } else if (lineEnd < end) { // a line without its newline may be the start of another one next time
            moved.add(exact ? LineTable.EXACT : LineTable.kind(event), lineEnd + 1 - start);
        }
        return event;
    }

    private void addUsual(int start) {
        ParsedSample sample = reader.sample();
        int ordinal = series.ordinal(body, start, sample.series().length());
        boolean changed = goOnBehind(ordinal, sample.value());
        sample.setOrdinal(ordinal, changed);
        moved.addSample(at - start, ordinal, sample);
        sameUntil = at;
    }

    private void addExact(int length, boolean whole) {
        ParsedSample sample = reader.sample();
        ByteSlice text = sample.series();
        int ordinal = series.ordinal(text.array(), text.offset(), text.length());
        sample.setOrdinal(ordinal, goOnBehind(ordinal, sample.value()));
        if (whole) {
            moved.add(LineTable.EXACT, length);
            moved.ordinals[moved.count - 1] = ordinal;
            moved.values[moved.count - 1] = sample.value();
        }
    }

    /** Expects what followed a series in the body before; says whether its value is another now. */
    private boolean goOnBehind(int ordinal, double value) {
        int line = ordinal < lineOfSeries.length ? lineOfSeries[ordinal] : -1;
        if (line < 0) {
            return true;
        }
        expected = line + 1;
        beforeAt = lineStarts[line + 1];
        return differs(value, lines.values[line]);
    }

    /** From here on the lines are not those of the body before. */
    private void move() {
        hasMoved = true;
        moved.clear();
        for (int line = 0; line < expected; line++) {
            moved.addFrom(lines, line);
        }
        if (lineStarts.length <= lines.count) {
            lineStarts = new int[2 * lines.count + 1];
        }
        if (lineOfSeries.length < series.size()) {
            lineOfSeries = new int[2 * series.size()];
        }
        Arrays.fill(lineOfSeries, -1);
        int start = beforeAt;
        for (int line = expected; line < lines.count; line++) {
            lineStarts[line] = start;
            start += lines.lengths[line];
            if (lines.hasSeries(line) && lineOfSeries[lines.ordinals[line]] < 0) {
                lineOfSeries[lines.ordinals[line]] = line;
            }
        }
        lineStarts[lines.count] = start;
    }
}
