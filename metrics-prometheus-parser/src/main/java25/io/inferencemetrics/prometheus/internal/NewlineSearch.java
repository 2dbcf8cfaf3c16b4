package io.inferencemetrics.prometheus.internal;

import java.util.Optional;

/**
 * Finds the ends of lines that nobody wants, as many bytes at a time as the running JVM can: by vectors where the application
 * has the module {@code jdk.incubator.vector} and the JVM makes instructions of them, else by words of eight.
 */
public final class NewlineSearch {
    private static final boolean VECTORS = vectorsWork();

    private NewlineSearch() {}

    private static boolean vectorsWork() {
        Optional<Module> module = ModuleLayer.boot().findModule("jdk.incubator.vector");
        if (module.isEmpty() || !compilesVectors()) {
            return false;
        }
        NewlineSearch.class.getModule().addReads(module.get());
        try {
            return VectorSearch.works();
        } catch (LinkageError | InternalError | RuntimeException e) { // what incubates may change with the next JDK
            return false;
        }
    }

    /**
     * Whether this JVM has the compiler that makes instructions of vectors, as far as it tells; without it each is an object,
     * and slow. Apache Lucene's {@code VectorizationProvider} asks much the same.
     */
    private static boolean compilesVectors() {
        String compilers = System.getProperty("java.vm.info", "");
        return System.getProperty("os.arch", "").matches("amd64|x86_64")
                && System.getProperty("java.vm.name", "").contains("Server VM")
                && !System.getProperty("java.vm.version", "").contains("jvmci")
                && !compilers.contains("emulated-client")
                && !compilers.contains("interpreted");
    }

    /** How many bytes are looked at in one step. */
    public static int bytesAtATime() {
        return VECTORS ? VectorSearch.BYTES : Swar.BYTES;
    }

    /** The index of the first newline; the end of the range if there is none. */
    public static int next(byte[] bytes, int from, int to) {
        return VECTORS ? VectorSearch.indexOfNewline(bytes, from, to) : ByteSearch.indexOfNewline(bytes, from, to);
    }
}
