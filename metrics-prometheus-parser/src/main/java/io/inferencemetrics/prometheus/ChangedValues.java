package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.NumberParser;
import io.inferencemetrics.prometheus.internal.Swar;

/**
 * Reads only what stands behind a series, where the bytes up to there are the same as in the body before.
 *
 * <p>The two methods that find the next such line are long, and hold their state in local variables, because every line
 * passes through them. They only ever know what to do with what most lines are; on anything else they stop in front of it.
 */
final class ChangedValues {
    /** Of milliseconds since 1970, from 2001 to 2286. */
    private static final int DIGITS_OF_TIME = 13;

    private final Alignment alignment;
    private final ParsedSample sample;
    private final ValueScanner values;
    private final int maxLineBytes;

    ChangedValues(Alignment alignment, LineReader reader) {
        this.alignment = alignment;
        sample = reader.sample();
        values = reader.usualValues();
        maxLineBytes = reader.maxLineBytes();
    }

    /**
     * Passes over all lines that are the same, and reads the next value that is not; false when it stands in front of
     * another line. Only for a body whose lines have not moved, so that no series can have come already.
     */
    boolean next(LineOrder order, KnownSeries series) {
        Alignment where = alignment;
        byte[] body = where.body;
        int[] lengths = order.lengths;
        int last = where.end - Swar.BYTES;
        int line = where.expected;
        int start = where.at;
        int same = where.sameUntil;
        boolean known = where.differenceKnown;
        while (true) {
            int length = lengths[line];
            while (length >= 0 && length <= same - start) {
                start += length;
                length = lengths[++line];
            }
            if (length < 0 || length > last - start) {
                break;
            }
            if (!known) {
                int looked = where.look(same);
                known = looked < same + Alignment.LOOK;
                same = looked;
                if (!known || length <= same - start) {
                    continue;
                }
            }
            int ordinal = order.ordinals[line];
            if (ordinal < 0) {
                break;
            }
            int space = start + series.lengths[ordinal];
            if (same <= space) {
                break;
            }
            long word = Swar.load(body, space + 1);
            int newline;
            double value;
            int digits = Swar.first(Swar.notDigit(word));
            if (NumberParser.isFollowedByPointZero(word, digits)) {
                newline = space + digits + 3;
                value = Swar.digits(word, digits);
            } else {
                newline = values.scan(body, space, where.end);
                if (newline < 0 || values.hasTimestamp()) {
                    break;
                }
                value = values.value();
            }
            int newLength = newline + 1 - start;
            if (newLength > maxLineBytes) {
                break;
            }
            sample.setKnown(ordinal, start, value, series.replace(ordinal, value));
            lengths[line] = newLength;
            where.shift += newLength - length;
            where.at = newline + 1;
            where.expected = line + 1;
            where.sameUntil = newline + 1;
            where.differenceKnown = false;
            return true;
        }
        where.at = start;
        where.expected = line;
        where.sameUntil = same;
        where.differenceKnown = known;
        return order.kinds[line] == LineOrder.TIMED_SAMPLE && nextTimed(order, series);
    }

    /** The same for a line with a time, which is rarely as it was. */
    private boolean nextTimed(LineOrder order, KnownSeries series) {
        Alignment where = alignment;
        int line = where.expected;
        int start = where.at;
        int length = ~order.lengths[line];
        int same = where.sameUntil;
        if (!where.differenceKnown && length > same - start) {
            int looked = where.look(same);
            where.differenceKnown = looked < same + Alignment.LOOK;
            same = looked;
            where.sameUntil = looked;
        }
        return where.differenceKnown && length > same - start && read(order, series, order.ordinals[line]);
    }

    /** Reads what stands behind the series of the expected line; false when that may not be the series, or is unusual. */
    boolean read(LineOrder order, KnownSeries series, int ordinal) {
        Alignment where = alignment;
        byte[] body = where.body;
        int line = where.expected;
        int start = where.at;
        int length = order.length(line);
        int seriesEnd = start + series.lengths[ordinal];
        int same = where.sameUntil;
        if (same <= seriesEnd) {
            return false;
        }
        double before = series.values[ordinal];
        int time = order.kinds[line] == LineOrder.TIMED_SAMPLE ? start + length - DIGITS_OF_TIME - 2 : same;
        int newline = time > seriesEnd && time < same && body[time] == ' '
                ? values.scanTime(body, time, where.end, before)
                : values.scan(body, seriesEnd, where.end);
        int newLength = newline + 1 - start;
        if (newline < 0 || newLength > maxLineBytes) {
            return false;
        }
        double value = values.value();
        sample.setKnown(ordinal, start, value, series.replace(ordinal, value));
        boolean timed = values.hasTimestamp();
        if (timed) {
            sample.setTimestamp(values.millis(), false, body, values.timestampStart(), newline);
        }
        order.set(line, timed ? LineOrder.TIMED_SAMPLE : LineOrder.SAMPLE, newLength, ordinal);
        where.at = newline + 1;
        where.expected = line + 1;
        where.goOn(where.shift + newLength - length);
        return true;
    }
}
