package io.inferencemetrics.testkit.internal;

/** A number that only grows. */
final class Count {
    private long value;

    void add(long more) {
        value += more;
    }

    long value() {
        return value;
    }
}
