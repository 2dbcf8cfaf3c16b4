package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;

/** A metric name that was looked up: lines of one family stand together, so the next line mostly has the same. */
final class RecentName {
    private byte[] bytes = new byte[64];
    private int length;

    /** Whether a range holds it; never for one that holds nothing. */
    boolean is(byte[] other, int from, int size) {
        return size > 0 && size == length && ByteSearch.equal(other, from, bytes, 0, size);
    }

    /** Where it ends on a line that starts with it; -1 for any other line. */
    int endOn(byte[] line, int from, int to) {
        if (length >= to - from) {
            return -1;
        }
        int end = from + length;
        return NameBytes.endsName(line[end]) && ByteSearch.equal(line, from, bytes, 0, length) ? end : -1;
    }

    void remember(byte[] name, int from, int size) {
        if (size > bytes.length) {
            bytes = new byte[2 * size];
        }
        System.arraycopy(name, from, bytes, 0, size);
        length = size;
    }
}
