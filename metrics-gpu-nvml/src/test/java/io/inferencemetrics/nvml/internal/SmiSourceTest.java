package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.Reads.absence;
import static io.inferencemetrics.nvml.internal.Reads.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An nvidia-smi that is a script of ours; it writes a round and waits, as the real one does in its loop. */
class SmiSourceTest {
    private static final String REFUSES =
            "case \"$1\" in *%s*) echo 'Field \"%s\" is not a valid field to query.'; exit 2;; esac\n";
    private static final String ROUND = """
            for i in 0 1; do
              row="2, $i, GPU-$i, 00000000:0$i:00.0, 570.86.15, NVIDIA H100 80GB HBM3"
              for c in $(echo "${1#--query-gpu=}" | tr ',' ' '); do
                case $c in
                  count|index|uuid|pci.bus_id|driver_version|name) ;;
                  utilization.gpu) row="$row, 5$i" ;;
                  memory.used) row="$row, 1024" ;;
                  power.draw) row="$row, 311.50" ;;
                  pstate) row="$row, P2" ;;
                  clocks_throttle_reasons.active) row="$row, 0x0000000000000004" ;;
                  retired_pages.pending) row="$row, No" ;;
                  fan.speed) row="$row, [N/A]" ;;
                  memory.total) row="$row, [Insufficient Permissions]" ;;
                  temperature.gpu) row="$row, [GPU is lost]" ;;
                  clocks.sm) row="$row, [Unknown Error]" ;;
                  *) row="$row, 7" ;;
                esac
              done
              echo "$row"
            done
            """;

    @TempDir
    private Path folder;

    private Path program = Path.of("");

    @BeforeEach
    void whereThereIsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell: no script that stands in for nvidia-smi");
        program = folder.resolve("nvidia-smi");
    }

    private SmiSource source(String script) throws IOException {
        Files.writeString(program, "#!/bin/sh\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new SmiSource(program.toString(), 50, Map.of("CUDA_VISIBLE_DEVICES", "1"));
    }

    @Test
    void aRoundIsASnapshotAsTheLibrarysIs() throws IOException {
        try (LocalTransport transport = source(ROUND + "exec sleep 60").open("all")) {
            MetricsSnapshot s = snapshot(transport);
            assertThat(s.devices()).containsOnlyKeys("GPU-0", "GPU-1");
            assertThat(s.text(GpuMetrics.NAME)).contains("NVIDIA H100 80GB HBM3");
            assertThat(s.text(GpuMetrics.DRIVER_VERSION)).contains("570.86.15");
            assertThat(s.value(GpuMetrics.UTILIZATION)).isEqualTo(0.505);
            assertThat(s.value(GpuMetrics.MEMORY_USED)).isEqualTo(2 * 1024.0 * 1024 * 1024);
            assertThat(s.value(GpuMetrics.POWER)).isEqualTo(623);
            assertThat(s.value(GpuMetrics.PERFORMANCE_STATE)).isEqualTo(2);
            assertThat(s.value(GpuMetrics.RETIRED_PAGES_PENDING)).isZero();
            assertThat(s.value(GpuMetrics.ECC_CORRECTED)).isEqualTo(14);
            assertThat(s.where(Dimension.REASON, "power_cap").value(GpuMetrics.CLOCK_REASON))
                    .isEqualTo(1);
            assertThat(absence(s, GpuMetrics.FAN_SPEED)).isEqualTo(Absence.NOT_SUPPORTED);
            assertThat(absence(s, GpuMetrics.MEMORY_TOTAL)).isEqualTo(Absence.NO_PERMISSION);
            assertThat(absence(s, GpuMetrics.TEMPERATURE)).isEqualTo(Absence.LOST);
            assertThat(absence(s, GpuMetrics.CLOCK)).isEqualTo(Absence.UNKNOWN);
            assertThat(Reads.text(transport)).contains("reader=\"nvidia-smi, slower");
        }
    }

    @Test
    void columnsThatAnOlderOneDoesNotKnowAreLeftOut() throws IOException {
        String old = REFUSES.formatted("power.draw.instant", "power.draw.instant")
                + REFUSES.formatted("memory.reserved", "memory.reserved");
        try (LocalTransport transport = source(old + ROUND + "exec sleep 60").open("visible")) {
            MetricsSnapshot s = snapshot(transport);
            assertThat(s.devices()).containsOnlyKeys("GPU-1");
            assertThat(s.value(GpuMetrics.POWER)).isEqualTo(311.5);
            assertThat(s.value(GpuMetrics.POWER_INSTANT)).isNaN();
        }
    }

    @Test
    void oneThatEndedIsStartedAgain() throws IOException {
        try (LocalTransport transport = source(ROUND).open("0")) {
            assertThat(snapshot(transport).value(GpuMetrics.POWER)).isEqualTo(311.5);
            assertThat(snapshot(transport).value(GpuMetrics.POWER)).isEqualTo(311.5);
        }
    }

    @Test
    void whatItSaysInsteadOfNumbersIsRepeated() throws IOException {
        SmiSource source = source("echo 'NVIDIA-SMI has failed because it could not talk to the driver'; exit 9");
        assertThat(source.unavailable().orElseThrow()).contains("has ended: NVIDIA-SMI has failed because");
        assertThat(source(ROUND + "exec sleep 60").unavailable()).isEmpty();
    }

    @Test
    void aMachineWithoutTheProgramSaysSo() {
        SmiSource none = new SmiSource(folder.resolve("none").toString(), 50, Map.of());
        assertThat(none.unavailable().orElseThrow()).contains("cannot be started");
    }

    @Test
    void aSelectionThatMeansNothingNamesWhatThereIs() throws IOException {
        SmiSource source = source(ROUND + "exec sleep 60");
        assertThatThrownBy(() -> source.open("9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 (GPU-0), 1 (GPU-1); not '9'");
    }

    @Test
    void whatIsClosedReadsNoMore() throws IOException {
        LocalTransport transport = source(ROUND + "exec sleep 60").open("all");
        transport.close();
        assertThatThrownBy(() -> snapshot(transport))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("is closed");
    }

    /** A round as above, but each line goes through a command of sed. */
    private static String changed(String sed) {
        return "round() {\n" + ROUND + "}\nround \"$1\" | sed '" + sed + "'\n";
    }

    @Test
    void aRowThatIsNoneIsSkippedAndCountedAndNeverFilledUpFromTheNextRound() throws IOException {
        String broken = changed("s/^2, 0, GPU-0/2, none, GPU-0/");
        try (LocalTransport transport =
                source(broken + broken + "exec sleep 60").open("all")) {
            assertThat(snapshot(transport).devices()).containsOnlyKeys("GPU-1");
            assertThat(Reads.text(transport)).contains("nvml_reader_skipped_lines 2");
        }
    }

    @Test
    void aRoundThatLacksADeviceIsNotFilledUpFromTheNext() throws IOException {
        String broken = changed("s/^2, 1, .*/2, 1, GPU-1/");
        try (LocalTransport transport =
                source(broken + broken + "exec sleep 60").open("all")) {
            assertThat(snapshot(transport).devices()).containsOnlyKeys("GPU-0");
        }
    }

    @Test
    void anAbsurdCountOfDevicesDoesNotGatherRowsForEver() throws IOException {
        String absurd = changed("s/^2, /2000000000, /");
        try (LocalTransport transport =
                source(absurd + absurd + "exec sleep 60").open("all")) {
            assertThat(snapshot(transport).devices()).containsOnlyKeys("GPU-0", "GPU-1");
        }
    }

    @Test
    void aLongComplaintIsCut() throws IOException {
        SmiSource source = source("head -c 100000 /dev/zero | tr '\\0' x\necho\nexit 1\n");
        assertThatThrownBy(() -> source.open("all"))
                .isInstanceOf(CollectException.class)
                .message()
                .hasSizeLessThan(1_000);
    }

    @Test
    void whoReadsWhileAnotherDoesWaitsNoLongerThanTold() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        FetchRequest request = FetchRequest.to(Target.local("nvml"));
        try (LocalTransport transport = source(ROUND + "exec sleep 60").open("all")) {
            CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> transport
                    .fetch(request, new BodySink() {
                        @Override
                        public void begin(ResponseHead head) {
                            inside.countDown();
                        }

                        @Override
                        public void chunk(ByteBuffer chunk) {
                            assertThatCode(release::await).doesNotThrowAnyException();
                        }
                    })
                    .join());
            inside.await();
            assertThat(transport.fetch(request.withTimeout(Duration.ofMillis(20)), Reads.nowhere()))
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("is being read by another");
            release.countDown();
            slow.join();
        }
    }
}
