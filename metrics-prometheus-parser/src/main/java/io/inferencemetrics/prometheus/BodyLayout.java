package io.inferencemetrics.prometheus;

/**
 * Which lines this body has, and which the one before had: one order as long as they are the same, and two once they are
 * not.
 */
final class BodyLayout {
    private final Alignment alignment;
    private KnownSeries series = new KnownSeries();

    /**
     * The lines of the body before; also of this one, as long as they are the same lines. Of one that came, here or elsewhere,
     * the length is that in this body.
     */
    private LineOrder order = new LineOrder();

    /** The lines of this body, once it has others. */
    private LineOrder moved = new LineOrder();

    private boolean hasMoved;

    /** Samples that the order cannot tell, because they are strange: in this body, and in the one before. */
    private int strangeSamples;

    private int strangeSamplesBefore;
    /** Whether lines of the body before did not come again, which may have been samples. */
    private boolean cutShort;

    private int bodyNumber;
    private boolean wasThere;
    private boolean isStrange;

    BodyLayout(Alignment alignment) {
        this.alignment = alignment;
    }

    /**
     * Goes to the start of a body.
     *
     * @param keep whether it can be compared with the one before
     * @return the lines of the one before, which are expected
     */
    LineOrder start(KnownSeries newSeries, boolean keep) {
        series = newSeries;
        cutShort = false;
        if (hasMoved) {
            LineOrder old = order;
            order = moved;
            moved = old;
            hasMoved = false;
        }
        if (!keep) {
            cut(0);
        }
        strangeSamplesBefore = strangeSamples;
        strangeSamples = 0;
        bodyNumber++;
        return order;
    }

    /** Whether some lines are not those of the body before. */
    boolean hasMoved() {
        return hasMoved;
    }

    /** How many lines of this body have been read. */
    int count() {
        return hasMoved ? moved.count : alignment.expected;
    }

    /** The body was read to its end. */
    void finish() {
        if (!hasMoved) {
            cut(alignment.expected);
        }
    }

    /** What was expected from a line on does not come. */
    void cut(int lines) {
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
        for (int line = 0; line < order.count; line++) {
            if (order.hasSeries(line) && series.bodies[order.ordinals[line]] != bodyNumber) {
                return false;
            }
        }
        return order.samples(0, order.count) == moved.samples(0, moved.count);
    }

    /** Whether a series has not come yet in this body, as far as one can know before anything has moved. */
    boolean isFree(int ordinal) {
        return !hasMoved || series.bodies[ordinal] != bodyNumber;
    }

    /** Whether the sample placed last has a series that the body before had too. */
    boolean wasThere() {
        return wasThere;
    }

    /** Whether the sample placed last is one that is always read anew, such as the second of its series. */
    boolean isStrange() {
        return isStrange;
    }

    /** Some lines of the body before are in this one too. */
    void takeOver(int from, int to) {
        if (hasMoved) {
            markSeries(from, to);
            moved.addFrom(order, from, to);
            order.use(from, to);
        }
    }

    private void markSeries(int from, int to) {
        for (int line = from; line < to; line++) {
            if (order.hasSeries(line)) {
                series.bodies[order.ordinals[line]] = bodyNumber;
            }
        }
    }

    /**
     * Puts a sample that was read from some index to here into the order of this body.
     *
     * @return the shift from here on
     */
    int placeSample(byte kind, int ordinal, int start) {
        int length = alignment.at - start;
        int expected = alignment.expected;
        boolean isExpected = !hasMoved && order.hasSeries(expected) && order.ordinals[expected] == ordinal;
        wasThere = isExpected && kind != LineOrder.STRANGE;
        isStrange = false;
        if (wasThere) {
            int shift = alignment.shift + length - order.length(expected);
            order.set(expected, kind, length, ordinal);
            alignment.expected = expected + 1;
            return shift;
        }
        move(start);
        isStrange = kind == LineOrder.STRANGE || series.bodies[ordinal] == bodyNumber;
        series.bodies[ordinal] = bodyNumber;
        int line = alignment.lineOf(ordinal);
        if (line >= 0) {
            order.use(line, line + 1);
        }
        if (isStrange) {
            strangeSamples++;
            return placeOther(LineOrder.STRANGE, start, 1);
        }
        moved.add(kind, length, ordinal);
        wasThere = line >= 0;
        if (!wasThere) {
            return alignment.shift + length;
        }
        alignment.expected = line + 1;
        return alignment.shiftTo(line + 1);
    }

    /**
     * Puts a line that is no sample, or no known one, or some that stand together, into the order of this body: perhaps
     * instead of the expected one.
     *
     * @return the shift from here on
     */
    int placeOther(byte kind, int start, int lines) {
        int length = alignment.at - start;
        int expected = alignment.expected;
        boolean instead = expected < order.count && order.kinds[expected] == kind;
        if (!instead) {
            move(start);
        }
        if (hasMoved) {
            moved.add(kind, length, ~lines);
        }
        if (!instead) {
            return alignment.shift + length;
        }
        int shift = alignment.shift + length - order.length(expected);
        if (!hasMoved) {
            order.set(expected, kind, length, ~lines);
        }
        alignment.expected = expected + 1;
        return shift;
    }

    /** From a line on, which starts there, the lines are not those of the body before. */
    private void move(int start) {
        if (!hasMoved) {
            hasMoved = true;
            moved.cut(0);
            takeOver(0, alignment.expected);
            alignment.findLines(order, start - alignment.shift, series.count());
        }
    }
}
