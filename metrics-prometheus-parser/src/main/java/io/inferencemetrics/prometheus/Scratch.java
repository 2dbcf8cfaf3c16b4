package io.inferencemetrics.prometheus;

/**
 * Room for the text of one line that differs from its bytes: escapes resolved, invalid UTF-8 replaced. Grows to the
 * largest line seen and is reused. Slices into it stay good when it grows, since the old array is left as it is.
 */
final class Scratch {
    private static final int INITIAL_BYTES = 1024;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int used;

    void clear() {
        used = 0;
    }

    /** The array with that much room from {@link #used()} on. */
    byte[] reserve(int size) {
        if (bytes.length - used < size) {
            bytes = new byte[Math.max(2 * bytes.length, size)];
            used = 0;
        }
        return bytes;
    }

    int used() {
        return used;
    }

    void use(int newUsed) {
        used = newUsed;
    }
}
