package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.NumberParser;

/**
 * Reads what stands behind the series on a line, in the one shape that servers write: a space, a value, perhaps a space
 * and a time, the newline. It says no to everything else, bad or only unusual, which the exact parsers then read.
 */
final class ValueScanner {
    private final Grammar grammar;
    private final NumberParser numbers = new NumberParser();
    private int timestampStart;

    ValueScanner(Grammar grammar) {
        this.grammar = grammar;
    }

    /**
     * Reads a value and perhaps a time.
     *
     * @param space where the series ends
     * @param to where the bytes end
     * @return the index of the newline, or -1 when the line is of another shape
     */
    int scan(byte[] bytes, int space, int to) {
        if (space >= to || bytes[space] != ' ') {
            return -1;
        }
        int at = scanValue(bytes, space + 1, to);
        return at < 0 || bytes[at] == '\n' ? withoutTime(at) : scanTimestamp(bytes, at + 1, to);
    }

    private int withoutTime(int newline) {
        timestampStart = -1;
        return newline;
    }

    /** Reads only what stands behind a value that is known. */
    int scanBehind(byte[] bytes, int space, int to, double knownValue) {
        numbers.setValue(knownValue);
        return scanTimestamp(bytes, space + 1, to);
    }

    double value() {
        return numbers.value();
    }

    boolean hasTimestamp() {
        return timestampStart >= 0;
    }

    /** Where the time starts, which ends at the newline. */
    int timestampStart() {
        return timestampStart;
    }

    long millis() {
        return numbers.millis();
    }

    /** The index of the space or newline behind the value, or -1. */
    private int scanValue(byte[] bytes, int from, int to) {
        int end = numbers.scanPlainValue(bytes, from, to);
        return end >= 0 ? end : scanAnyValue(bytes, from, to);
    }

    private int scanAnyValue(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != ' ' && bytes[end] != '\n') {
            end++;
        }
        boolean number = end < to && numbers.parseValue(bytes, from, end, grammar.lenient());
        return number && !numbers.overflow() ? end : -1;
    }

    private int scanTimestamp(byte[] bytes, int from, int to) {
        timestampStart = from;
        int end = grammar.openMetrics() ? -1 : numbers.scanPlainMillis(bytes, from, to);
        return end >= 0 && bytes[end] == '\n' ? end : -1;
    }
}
