package io.inferencemetrics.internal.decode;

import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of the last frames of one server, in memory that does not grow with time.
 *
 * <p>Bodies, skipped lines and the text of samples are not kept. Any number of threads may read while one writes: a reader
 * holds no lock and never makes the writer wait, but copies rows and throws away those that were written over meanwhile.
 * Writers wait for each other.
 */
public final class FrameRing {
    private final int capacity;
    private volatile @Nullable FrameRows rows;

    /**
     * Creates an empty ring.
     *
     * @param capacity how many frames it holds, 2 or more
     */
    public FrameRing(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Adds a frame, in place of the oldest one if the ring is full.
     *
     * @throws IllegalArgumentException when the snapshot was not made by a collector
     */
    public synchronized void add(MetricsSnapshot snapshot) {
        FrameSnapshot framed = Frames.frameOf(snapshot);
        FrameRows current = rows;
        if (current == null) {
            current = new FrameRows(framed, capacity);
        } else if (!current.fits(framed)) {
            current = current.widened(framed);
        }
        current.write(framed);
        rows = current;
    }

    /**
     * Frames as snapshots, the oldest first: back from the newest to the first that is at least so much older.
     *
     * @param age in nanoseconds
     */
    public List<MetricsSnapshot> back(long age) {
        FrameRows current = rows;
        return current == null ? List.of() : current.back(age);
    }

    /** The memory that the numbers take, in bytes; 0 before the first frame. */
    public long bytes() {
        FrameRows current = rows;
        return current == null ? 0 : current.bytes();
    }
}
