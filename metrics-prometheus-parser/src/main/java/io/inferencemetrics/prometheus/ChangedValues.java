package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.NumberParser;
import io.inferencemetrics.prometheus.internal.Swar;

/**
 * Reads only what stands behind a series, where the bytes up to there are the same as in the body before.
 *
 * <p>The method that reads many is long, and holds its state in local variables, because every line passes through it. It
 * only ever knows what to do with what most lines are; on anything else it stops in front of it. It looks at as few arrays
 * as it can, since a large target's do not all stay in the cache.
 */
final class ChangedValues {
    /** A space, the thirteen digits of milliseconds since 1970 from 2001 to 2286, and the newline. */
    private static final int LENGTH_OF_TIME = 15;

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
     * Passes over all lines that are the same, and reads the values that are not, until there is no room for more, or in
     * front of a line that is anything else.
     */
    void read(LineOrder order, KnownSeries series, Changes changes) {
        Alignment where = alignment;
        byte[] body = where.body;
        int[] lengths = order.lengths;
        int last = where.end - Swar.BYTES;
        int line = where.expected;
        int start = where.at;
        int same = where.sameUntil;
        int shift = where.shift;
        boolean known = where.differenceKnown;
        int[] lengthsOfSeries = series.lengths;
        double[] valuesOfSeries = series.values;
        int[] ordinals = order.ordinals;
        int[] changedOrdinals = changes.ordinals;
        double[] changedValues = changes.values;
        int count = 0;
        while (count < changedOrdinals.length) {
            int left = same - start;
            int length = lengths[line];
            while (length <= left) {
                left -= length;
                length = lengths[++line];
            }
            start = same - left;
            boolean timed = (length & LineOrder.TIMED) != 0;
            if (timed) {
                length &= LineOrder.LONGEST;
                if (length <= left) {
                    start += length;
                    line++;
                    continue;
                }
            }
            if (length > last - start) {
                break;
            }
            if (!known) {
                int looked = where.look(same, shift);
                known = looked < same + Alignment.LOOK;
                same = looked;
                if (!known || length <= same - start) {
                    continue;
                }
            }
            int ordinal = ordinals[line];
            if (ordinal < 0) {
                break;
            }
            int space = start + lengthsOfSeries[ordinal];
            if (same <= space) {
                break;
            }
            long word = Swar.load(body, space + 1);
            int digits = Swar.first(Swar.notDigit(word));
            int newline;
            double value;
            if (NumberParser.isFollowedByPointZero(word, digits)) {
                if (timed) {
                    break;
                }
                newline = space + digits + 3;
                value = Swar.digits(word, digits);
            } else {
                int time = start + length - LENGTH_OF_TIME;
                newline = timed && same > time && time > space && body[time] == ' '
                        ? values.scanBehind(body, time, where.end, valuesOfSeries[ordinal])
                        : values.scan(body, space, where.end);
                if (newline < 0 || values.hasTimestamp() != timed) {
                    break;
                }
                value = values.value();
                if (timed) {
                    changes.setTimestamp(count, values.millis());
                }
            }
            int newLength = newline + 1 - start;
            if (newLength > maxLineBytes) {
                break;
            }
            changedOrdinals[count] = ordinal;
            changedValues[count] = value;
            count++;
            valuesOfSeries[ordinal] = value;
            lengths[line] += newLength - length;
            shift += newLength - length;
            start = newline + 1;
            same = start;
            known = false;
            line++;
        }
        where.at = start;
        where.expected = line;
        where.sameUntil = same;
        where.shift = shift;
        where.differenceKnown = known;
        changes.count = count;
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
        int time = order.kinds[line] == LineOrder.TIMED_SAMPLE ? start + length - LENGTH_OF_TIME : same;
        int newline = time > seriesEnd && time < same && body[time] == ' '
                ? values.scanBehind(body, time, where.end, before)
                : values.scan(body, seriesEnd, where.end);
        int newLength = newline + 1 - start;
        if (newline < 0 || newLength > maxLineBytes) {
            return false;
        }
        double value = values.value();
        sample.setKnown(ordinal, start, value, series.replace(ordinal, value));
        boolean timed = values.hasTimestamp();
        if (timed) {
            sample.setUsualTimestamp(values.millis(), values.timestampStart(), newline);
        }
        order.set(line, timed ? LineOrder.TIMED_SAMPLE : LineOrder.SAMPLE, newLength, ordinal);
        where.at = newline + 1;
        where.expected = line + 1;
        where.goOn(where.shift + newLength - length);
        return true;
    }
}
