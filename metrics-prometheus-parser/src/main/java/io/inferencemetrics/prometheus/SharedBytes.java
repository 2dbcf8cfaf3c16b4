package io.inferencemetrics.prometheus;

/**
 * The array that all slices into one body look at, so that they move to the next body by one write.
 *
 * <p>A reference in each slice would be written on each line. Where it is the same one the write can be left out, but not the
 * code for it: behind each such write the compiler puts the barrier of the garbage collector, in the middle of the loop
 * through which all lines pass.
 */
final class SharedBytes {
    private static final byte[] NONE = {};

    byte[] array = NONE;
}
