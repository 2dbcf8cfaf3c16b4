package io.inferencemetrics.internal.decode;

import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of one width as rows of one array, written round and round by one thread at a time.
 *
 * <p>Each row begins with its number, by which a reader knows after copying it whether it was written over meanwhile: a
 * sequence lock, as in Boehm, "Can seqlocks get along with programming language memory models?" (MSPC 2012).
 */
final class FrameRows {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int NUMBER = 0;
    private static final int MEASURED = 1;
    private static final int START = 2;
    private static final int FIRST_BYTE = 3;
    private static final int END = 4;
    private static final int TIME = 5;
    private static final int BYTES = 6;
    private static final int SAMPLES = 7;
    private static final int DUPLICATES = 8;
    private static final int HEAD = 9;

    /** Stands in a row's first cell while the row is written, or before it ever was: a row's number there is 1 or more. */
    private static final long NOT_WRITTEN = 0;

    /** A NaN that no parser makes of a text. */
    private static final long ABSENT = 0x7ff8_0000_ab5e_0000L;

    private final int capacity;
    private final int width;
    private final boolean timed;
    private final int stride;
    private final long[] cells;
    private volatile FrameSnapshot like;
    /** How many rows were written, those included that were written over. */
    private volatile long written;

    /** Makes room for frames like this one. */
    FrameRows(FrameSnapshot like, int capacity) {
        this(like, capacity, false);
    }

    private FrameRows(FrameSnapshot like, int capacity, boolean timed) {
        this.like = like.withoutBody();
        this.capacity = capacity;
        this.timed = timed || isTimed(like);
        this.width = like.frame().values().length;
        this.stride = HEAD + (this.timed ? 2 : 1) * width;
        this.cells = new long[Math.multiplyExact(capacity, stride)];
    }

    private static boolean isTimed(FrameSnapshot snapshot) {
        return snapshot.frame().timestampsMillis().length > 0;
    }

    boolean fits(FrameSnapshot snapshot) {
        return snapshot.frame().layout() == like.frame().layout() && (timed || !isTimed(snapshot));
    }

    /** The same rows with the series of another layout; series that it lacks are lost. */
    FrameRows widened(FrameSnapshot toFit) {
        FrameRows wider = new FrameRows(toFit, capacity, timed);
        for (long row = Math.max(0, written - capacity); row < written; row++) {
            @Nullable FrameSnapshot old = read(row);
            if (old != null) {
                wider.write(old.withNumbers(Frames.seenThrough(toFit.frame().layout(), old.frame())));
            }
        }
        return wider;
    }

    long bytes() {
        return (long) Long.BYTES * cells.length;
    }

    /** Writes the next row; by one thread at a time. */
    void write(FrameSnapshot snapshot) {
        long row = written;
        int at = at(row);
        CELL.setOpaque(cells, at + NUMBER, NOT_WRITTEN);
        VarHandle.storeStoreFence();
        writeHead(snapshot.info(), snapshot.frame(), at);
        writeNumbers(snapshot.frame(), at + HEAD);
        CELL.setRelease(cells, at + NUMBER, row + 1);
        like = snapshot.withoutBody();
        written = row + 1;
    }

    private void writeHead(ScrapeInfo info, Frame frame, int at) {
        cells[at + MEASURED] = info.measuredNanos();
        cells[at + START] = info.startNanos();
        cells[at + FIRST_BYTE] = info.firstByteNanos();
        cells[at + END] = info.endNanos();
        cells[at + TIME] = ChronoUnit.NANOS.between(Instant.EPOCH, info.time());
        cells[at + BYTES] = info.bytes();
        cells[at + SAMPLES] = frame.samples();
        cells[at + DUPLICATES] = frame.duplicates();
    }

    private void writeNumbers(Frame frame, int at) {
        for (int i = 0; i < width; i++) {
            cells[at + i] = frame.has(i) ? Double.doubleToRawLongBits(frame.values()[i]) : ABSENT;
        }
        for (int i = 0; timed && i < width; i++) {
            cells[at + width + i] = frame.timestampMillis(i);
        }
    }

    private int at(long row) {
        return (int) (row % capacity) * stride;
    }

    /** A row as a snapshot; null where it has been written over. */
    @Nullable
    FrameSnapshot read(long row) {
        int at = at(row);
        if ((long) CELL.getAcquire(cells, at + NUMBER) != row + 1) {
            return null;
        }
        long[] copy = Arrays.copyOfRange(cells, at, at + stride);
        VarHandle.loadLoadFence();
        return (long) CELL.getOpaque(cells, at + NUMBER) == row + 1 ? snapshot(copy) : null;
    }

    /** Rows as snapshots, the oldest first: back from the newest to the first that is at least so much older. */
    List<MetricsSnapshot> back(long age) {
        Deque<MetricsSnapshot> found = new ArrayDeque<>();
        long row = written - 1;
        boolean enough = false;
        while (row >= 0 && !enough) {
            @Nullable FrameSnapshot snapshot = read(row--);
            if (snapshot == null) {
                break;
            }
            found.addFirst(snapshot);
            enough = nanos(found.getLast()) - nanos(snapshot) >= age;
        }
        return List.copyOf(found);
    }

    private static long nanos(MetricsSnapshot snapshot) {
        return snapshot.info().measuredNanos();
    }

    private FrameSnapshot snapshot(long[] row) {
        double[] values = new double[width];
        boolean[] present = new boolean[width];
        for (int i = 0; i < width; i++) {
            values[i] = Double.longBitsToDouble(row[HEAD + i]);
            present[i] = row[HEAD + i] != ABSENT;
        }
        FrameSnapshot newest = like;
        Frame last = newest.frame();
        Frame frame = new Frame(
                last.layout(),
                values,
                present,
                timed ? Arrays.copyOfRange(row, HEAD + width, stride) : new long[0],
                last.names(),
                last.bare(),
                row[SAMPLES],
                row[DUPLICATES]);
        return newest.with(info(newest.info(), row), frame);
    }

    private static ScrapeInfo info(ScrapeInfo like, long[] row) {
        return new ScrapeInfo(
                like.target(),
                like.instanceId(),
                like.engine(),
                Instant.EPOCH.plusNanos(row[TIME]),
                row[MEASURED],
                row[START],
                row[FIRST_BYTE],
                row[END],
                row[BYTES],
                like.contentType());
    }
}
