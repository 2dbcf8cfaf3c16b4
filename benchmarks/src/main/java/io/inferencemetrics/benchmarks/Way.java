package io.inferencemetrics.benchmarks;

/** A way to read an input, in this process or another. */
interface Way {
    /** How tables call it. */
    String name();

    /** Reads the scrapes of the input over and over for a while, and says what that took. */
    Slice slice(long nanos);

    /**
     * A while of reading.
     *
     * @param bytes read
     * @param nanos of CPU time, of all threads of the process
     * @param allocatedPerScrape bytes
     */
    record Slice(long bytes, long nanos, long allocatedPerScrape) {}
}
