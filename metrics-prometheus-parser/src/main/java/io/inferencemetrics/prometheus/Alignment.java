package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import java.util.Arrays;

/**
 * Where a body stands against the one before: which line is next, which one of before is expected there, and how far the
 * bytes of both are known to be the same.
 *
 * <p>What was compared holds as long as both bodies go on side by side, so no byte is compared twice then; where they do
 * not, not more than {@link #LOOK} bytes are. So time is linear in the size of the body, however lines move.
 */
final class Alignment {
    /** How far a comparison looks: many lines, to make few of them, and not so many that it is for nothing. */
    static final int LOOK = 2_048;

    byte[] body = {};
    byte[] before = {};
    int from;
    int end;
    private int beforeEnd;

    /** Where the next line starts. */
    int at;

    /** The line that is expected there, in the order of before. */
    int expected;

    /** How much further on in its array the expected line is in this body than in the one before. */
    int shift;

    /** Up to here both bodies are known to be the same. */
    int sameUntil;

    /** Whether the bodies differ there, or one of them ends; otherwise a further look may find more that is the same. */
    boolean differenceKnown;

    /** Where each line starts in the body before, and the line of each series; known from a move on. */
    private int[] lineStarts = {};

    private int[] lineOfSeries = {};

    /** Goes to the start of a body; the last one becomes the one before. */
    void start(byte[] newBody, int newFrom, int to) {
        before = body;
        beforeEnd = end;
        shift = newFrom - from;
        body = newBody;
        from = newFrom;
        end = to;
        at = newFrom;
        expected = 0;
        lookAnew();
    }

    /** Compares further on if the expected line may turn out to be the same; false when that is known. */
    boolean lookFurther(LineOrder order) {
        if (differenceKnown || expected == order.count || sameUntil - at >= order.length(expected)) {
            return false;
        }
        int start = sameUntil;
        sameUntil = look(start, shift);
        differenceKnown = sameUntil < start + LOOK;
        return true;
    }

    /** Compares from some index on: up to where both bodies are the same. Less than {@link #LOOK} is all there is. */
    int look(int start, int shiftThere) {
        int there = start - shiftThere;
        int length = Math.min(LOOK, Math.min(end - start, beforeEnd - there));
        return start + ByteSearch.longCommonLength(body, start, before, there, length);
    }

    /** Goes on behind a line that was read, with the expected line there. */
    void goOn(int newShift) {
        if (newShift != shift || sameUntil <= at) {
            shift = newShift;
            lookAnew();
        }
    }

    private void lookAnew() {
        sameUntil = at;
        differenceKnown = false;
    }

    /** Finds where each line of before is that is still to come. */
    void findLines(LineOrder order, int expectedStart, int seriesCount) {
        if (lineStarts.length <= order.count) {
            lineStarts = new int[2 * order.count + 1];
        }
        if (lineOfSeries.length < seriesCount) {
            lineOfSeries = new int[2 * seriesCount];
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

    /** The line of a series in the body before, if it was still to come there; -1 otherwise. */
    int lineOf(int ordinal) {
        return ordinal < lineOfSeries.length ? lineOfSeries[ordinal] : -1;
    }

    /** The shift at which a line of before is the one expected next. */
    int shiftTo(int line) {
        return at - lineStarts[line];
    }
}
