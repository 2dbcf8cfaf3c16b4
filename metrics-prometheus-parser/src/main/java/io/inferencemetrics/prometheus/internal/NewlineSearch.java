package io.inferencemetrics.prometheus.internal;

/**
 * Finds the ends of lines that nobody wants, as many bytes at a time as the running JVM can.
 *
 * <p>These are eight here. On Java 25 and newer the class of the same name in {@code src/main/java25} stands in for this one,
 * and takes vectors where the application has them. It is for long runs of lines only: called a few times a body, it would be
 * compiled late, and until then each vector is an object.
 */
public final class NewlineSearch {
    private NewlineSearch() {}

    /** How many bytes are looked at in one step. */
    public static int bytesAtATime() {
        return Swar.BYTES;
    }

    /** The index of the first newline; the end of the range if there is none. */
    public static int next(byte[] bytes, int from, int to) {
        return ByteSearch.indexOfNewline(bytes, from, to);
    }
}
