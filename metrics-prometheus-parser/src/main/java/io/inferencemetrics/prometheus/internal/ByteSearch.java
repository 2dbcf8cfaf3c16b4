package io.inferencemetrics.prometheus.internal;

/**
 * Searches ranges of bytes, as many at a time as the running JVM can.
 *
 * <p>These are eight here. On Java 25 the class of the same name in {@code src/main/java25} stands in for this one, and takes
 * vectors where the application has them.
 */
public final class ByteSearch {
    private ByteSearch() {}

    /** How many bytes are looked at in one step. */
    public static int bytesAtATime() {
        return Swar.BYTES;
    }

    /** The index of a newline; the end of the range if there is none. */
    public static int indexOfNewline(byte[] bytes, int from, int to) {
        return SwarSearch.indexOfNewline(bytes, from, to);
    }

    /**
     * The index of the first byte that is not plain text of a label value: a quote, a backslash, a control character, or a
     * part of a character outside ASCII.
     *
     * @param last only whole words that start before it are looked at, so that one more byte is left behind what is found
     * @return -1 when there is none
     */
    public static int plainTextEnd(byte[] bytes, int from, int last) {
        return SwarSearch.plainTextEnd(bytes, from, last);
    }

    /** How many bytes two ranges, no longer than a line, have in common at their start. */
    public static int commonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return SwarSearch.commonLength(a, from, b, otherFrom, length);
    }

    /** The same for ranges of many lines. */
    public static int longCommonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return SwarSearch.longCommonLength(a, from, b, otherFrom, length);
    }

    /** Whether two ranges of one length hold the same bytes. */
    public static boolean equal(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return SwarSearch.equal(a, from, b, otherFrom, length);
    }
}
