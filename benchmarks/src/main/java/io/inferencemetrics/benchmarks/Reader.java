package io.inferencemetrics.benchmarks;

/** Reads one body after another, and tallies what it has reached. */
interface Reader {
    /** Reads nothing, for as long as there is no better. */
    Reader NONE = (body, tally) -> {};

    void read(byte[] body, Tally tally);
}
