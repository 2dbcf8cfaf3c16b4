package io.inferencemetrics.prometheus.internal;

import java.util.Optional;

/**
 * Searches ranges of bytes, as many at a time as the running JVM can: by vectors where the application has the module
 * {@code jdk.incubator.vector} and the processor has vectors of 32 bytes, else by words of eight.
 */
public final class ByteSearch {
    private static final boolean VECTORS = vectorsWork();

    private ByteSearch() {}

    private static boolean vectorsWork() {
        Optional<Module> module = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (module.isEmpty() || !compilesVectors()) {
            return false;
        }
        ByteSearch.class.getModule().addReads(module.get());
        try {
            return VectorSearch.works();
        } catch (LinkageError e) { // what incubates may look different in the next JDK
            return false;
        }
    }

    /**
     * Whether the JVM has the compiler that makes instructions of vectors; without it each is an object, and slow. Apache
     * Lucene asks so too ({@code org.apache.lucene.util.Constants}).
     */
    private static boolean compilesVectors() {
        String compilers = System.getProperty("java.vm.info", "");
        return !compilers.contains("emulated-client") && !compilers.contains("interpreted");
    }

    /** How many bytes are looked at in one step. */
    public static int bytesAtATime() {
        return VECTORS ? VectorSearch.BYTES : Swar.BYTES;
    }

    /** The index of a newline; the end of the range if there is none. */
    public static int indexOfNewline(byte[] bytes, int from, int to) {
        return VECTORS ? VectorSearch.indexOfNewline(bytes, from, to) : SwarSearch.indexOfNewline(bytes, from, to);
    }

    /**
     * The index of the first byte that is not plain text of a label value: a quote, a backslash, a control character, or a
     * part of a character outside ASCII.
     *
     * @param last only whole words that start before it are looked at, so that one more byte is left behind what is found
     * @return -1 when there is none
     */
    public static int plainTextEnd(byte[] bytes, int from, int last) {
        return VECTORS ? VectorSearch.plainTextEnd(bytes, from, last) : SwarSearch.plainTextEnd(bytes, from, last);
    }

    /** How many bytes two ranges, no longer than a line, have in common at their start. */
    public static int commonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return VECTORS ? VectorSearch.commonLength(a, from, b, otherFrom, length) : SwarSearch.commonLength(a, from, b, otherFrom, length);
    }

    /** The same for ranges of many lines. */
    public static int longCommonLength(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return VECTORS ? VectorSearch.commonLength(a, from, b, otherFrom, length) : SwarSearch.longCommonLength(a, from, b, otherFrom, length);
    }

    /** Whether two ranges of one length hold the same bytes. */
    public static boolean equal(byte[] a, int from, byte[] b, int otherFrom, int length) {
        return VECTORS ? VectorSearch.equal(a, from, b, otherFrom, length) : SwarSearch.equal(a, from, b, otherFrom, length);
    }
}
