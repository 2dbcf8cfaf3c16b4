package io.inferencemetrics.benchmarks;

/** Reads one body after another, and tallies what it has reached. */
interface Reader {
    void read(byte[] body, Tally tally);
}
