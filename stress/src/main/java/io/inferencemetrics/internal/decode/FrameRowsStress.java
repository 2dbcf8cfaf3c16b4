package io.inferencemetrics.internal.decode;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Does a reader of a history ever see a row that is made of two snapshots, whatever the processor and the compiler reorder?
 *
 * <p>Rows for two snapshots are written over while they are read. All numbers of one snapshot are the same, so that a torn
 * row shows. The reader never waits: it gets as many rows as it can prove to be whole.
 */
@JCStressTest
@Outcome(
        id = {"0", "1", "2"},
        expect = Expect.ACCEPTABLE,
        desc = "So many rows, each whole.")
@Outcome(id = "-1", expect = Expect.FORBIDDEN, desc = "A row made of two snapshots.")
@State
public class FrameRowsStress {
    private static final int ROWS = 2;
    private static final FrameSnapshot[] SNAPSHOTS = snapshots();

    private final FrameRows rows = new FrameRows(SNAPSHOTS[0], ROWS);

    /** Fills the rows. */
    public FrameRowsStress() {
        rows.write(SNAPSHOTS[0]);
        rows.write(SNAPSHOTS[1]);
    }

    /** Writes over both rows. */
    @Actor
    public void writer() {
        rows.write(SNAPSHOTS[2]);
        rows.write(SNAPSHOTS[3]);
    }

    /** Reads what it can. */
    @Actor
    public void reader(I_Result result) {
        List<MetricsSnapshot> read = rows.back(Long.MAX_VALUE);
        result.r1 = read.stream().allMatch(FrameRowsStress::isWhole) ? read.size() : -1;
    }

    private static boolean isWhole(MetricsSnapshot snapshot) {
        double number = snapshot.info().measuredNanos();
        for (double value : ((FrameSnapshot) snapshot).frame().values()) {
            if (value != number) {
                return false;
            }
        }
        return true;
    }

    private static FrameSnapshot[] snapshots() {
        Catalog catalog = Catalog.parse("stress", "engine x\nprefixes x:\nrequests.running | x:running | gauge", List.of());
        ScrapeReader reader = new ScrapeReader(
                new CompiledCatalog(catalog, Set.of()),
                OtherEngines::none,
                new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS));
        FrameSnapshot[] snapshots = new FrameSnapshot[2 * ROWS];
        for (int i = 0; i < snapshots.length; i++) {
            snapshots[i] = snapshot(reader, i + 1);
        }
        return snapshots;
    }

    private static FrameSnapshot snapshot(ScrapeReader reader, int number) {
        StringBuilder body = new StringBuilder();
        for (int rank = 0; rank < 4; rank++) {
            body.append("x:running{rank=\"").append(rank).append("\"} ").append(number).append('\n');
        }
        reader.begin(Optional.empty());
        reader.feed(ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8)));
        return (FrameSnapshot) reader.finish(new ScrapeInfo(
                "x", "x", "x", Instant.EPOCH, number, number, number, number, number, Optional.empty()));
    }
}
