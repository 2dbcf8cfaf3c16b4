package io.inferencemetrics.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FrameRingTest {
    private static final int SERIES = 40;
    private static final int WRITES = 30_000;

    /** All series of one body have one value, so that a row of two bodies would show. */
    private static String body(int value) {
        StringBuilder body = new StringBuilder();
        for (int rank = 0; rank < SERIES; rank++) {
            body.append("eng:running{rank=\"")
                    .append(rank)
                    .append("\"} ")
                    .append(value)
                    .append('\n');
        }
        return body.toString();
    }

    @Test
    void whoReadsWhileOthersWriteNeverSeesARowOfTwoSnapshots() throws Exception {
        FrameRing ring = new FrameRing(4);
        List<MetricsSnapshot> snapshots = new ArrayList<>();
        ScrapeReader reader = TestBodies.reader();
        for (int i = 0; i < 50; i++) {
            snapshots.add(TestBodies.read(reader, body(i), i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean done = new AtomicBoolean();
        try {
            List<Future<Long>> readers =
                    List.of(threads.submit(() -> read(ring, done)), threads.submit(() -> read(ring, done)));
            for (int i = 0; i < WRITES; i++) {
                ring.add(snapshots.get(i % snapshots.size()));
            }
            done.set(true);
            for (Future<Long> rows : readers) {
                assertThat(rows.get()).isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    /** How many rows were read; fails on one that is made of two. */
    private static long read(FrameRing ring, AtomicBoolean done) {
        long rows = 0;
        while (!done.get() || rows == 0) {
            for (MetricsSnapshot snapshot : ring.back(Long.MAX_VALUE)) {
                double second = snapshot.info().measuredNanos() / 1e9;
                assertThat(snapshot.series(LlmMetrics.REQUESTS_RUNNING))
                        .hasSize(SERIES)
                        .allMatch(series -> series.value() == second);
                rows++;
            }
        }
        return rows;
    }
}
