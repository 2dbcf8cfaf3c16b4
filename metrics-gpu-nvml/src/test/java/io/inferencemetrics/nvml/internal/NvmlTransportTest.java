package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a device that hangs or is lost; the clock of the pauses is the test's. */
class NvmlTransportTest {
    private final FakeNvml fake = FakeNvml.withOneDevice();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger opened = new AtomicInteger();
    private final HangingCall hanging = new HangingCall();
    private volatile boolean hangs;
    private volatile NvmlFunction hangsIn = NvmlFunction.POWER;
    private volatile boolean breaks;

    private final Nvml nvml = (function, a, b, c, out) -> {
        if (hangs && function == hangsIn) {
            hanging.hang();
        }
        if (breaks && function == NvmlFunction.INIT) {
            throw new IllegalStateException("a defect of ours");
        }
        synchronized (fake) {
            return fake.call(function, a, b, c, out);
        }
    };

    @AfterEach
    void letGo() {
        hanging.release();
    }

    private NvmlTransport transport() {
        return new NvmlTransport(
                () -> {
                    opened.incrementAndGet();
                    return new Session(
                            () -> NvmlReader.open(nvml, Set.of(), new Known(Selection.parse("all", Map.of()))));
                },
                nanos::get);
    }

    private static Transport impatient(Transport transport) {
        return new Transport() {
            @Override
            public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
                return transport.fetch(request.withTimeout(Duration.ofMillis(100)), sink);
            }
        };
    }

    private static double up(Transport transport) {
        MetricsSnapshot s = Reads.snapshot(transport);
        return s.value(GpuMetrics.UP);
    }

    private static void assertTimeout(Transport transport, String words) {
        assertThatThrownBy(() -> Reads.snapshot(transport))
                .isInstanceOfSatisfying(
                        CollectException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.TIMEOUT))
                .hasMessageContaining(words);
    }

    @Test
    void aCallThatDoesNotReturnHoldsUpNobodyAndIsTriedAgainAfterAPause() {
        try (NvmlTransport transport = transport()) {
            hangs = true;
            assertTimeout(impatient(transport), "has not returned within 100 ms");
            assertTimeout(transport, "has not returned within 100 ms; it is tried again in 1 s");
            assertThat(opened).hasValue(1);
            hangs = false;
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(up(transport)).isEqualTo(1);
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void noMoreThanThreeThreadsAreGivenUp() {
        try (NvmlTransport transport = transport()) {
            hangs = true;
            for (int i = 0; i < 3; i++) {
                assertTimeout(impatient(transport), "has not returned");
                nanos.addAndGet(Duration.ofMinutes(2).toNanos());
            }
            assertTimeout(transport, "3 calls into the driver");
            assertThat(opened).hasValue(3);
        }
    }

    @Test
    void aLostDeviceIsOpenedAnewWithPausesThatDouble() {
        try (NvmlTransport transport = transport()) {
            fake.fails(NvmlFunction.POWER, Status.GPU_IS_LOST);
            assertThat(up(transport)).isZero();
            assertThat(up(transport)).isZero();
            assertThat(opened).hasValue(1);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(up(transport)).isZero();
            assertThat(opened).hasValue(2);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(up(transport)).isZero();
            assertThat(opened).hasValue(2);
            fake.works(NvmlFunction.POWER);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(up(transport)).isEqualTo(1);
            assertThat(up(transport)).isEqualTo(1);
            assertThat(opened).hasValue(3);
        }
    }

    @Test
    void aDriverThatIsGoneSaysSoAndIsTriedAgain() {
        try (NvmlTransport transport = transport()) {
            fake.fails(NvmlFunction.POWER, Status.GPU_IS_LOST);
            assertThat(up(transport)).isZero();
            fake.fails(NvmlFunction.INIT, Status.DRIVER_NOT_LOADED);
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThatThrownBy(() -> Reads.snapshot(transport)).hasMessageContaining("driver is not loaded");
            assertThatThrownBy(() -> Reads.snapshot(transport))
                    .isInstanceOfSatisfying(
                            CollectException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CONNECT))
                    .hasMessageContaining("driver is not loaded")
                    .hasMessageContaining("it is tried again in 2 s");
            fake.works(NvmlFunction.POWER).fails(NvmlFunction.INIT, 0);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(up(transport)).isEqualTo(1);
        }
    }

    @Test
    void whatIsClosedReadsNoMore() {
        NvmlTransport transport = transport();
        transport.close();
        transport.close();
        assertThatThrownBy(() -> Reads.snapshot(transport)).hasMessageContaining("closed");
    }

    @Test
    void whoIsInterruptedIsToldSo() {
        try (NvmlTransport transport = transport()) {
            hangs = true;
            Thread.currentThread().interrupt();
            CompletableFuture<FetchSummary> fetch = transport.fetch(
                    FetchRequest.to(io.inferencemetrics.transport.Target.local("nvml")), Reads.nowhere());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(fetch).isCompletedExceptionally();
        }
    }

    @Test
    void anOpeningThatFailsInAnyWayIsTriedAgain() {
        try (NvmlTransport transport = transport()) {
            fake.fails(NvmlFunction.POWER, Status.GPU_IS_LOST);
            assertThat(up(transport)).isZero();
            breaks = true;
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThatThrownBy(() -> Reads.snapshot(transport)).hasStackTraceContaining("a defect of ours");
            assertThatThrownBy(() -> Reads.snapshot(transport))
                    .hasMessageContaining("IllegalStateException: a defect of ours; it is tried again in 2 s");
            breaks = false;
            fake.works(NvmlFunction.POWER);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(up(transport)).isEqualTo(1);
            assertThat(opened).hasValue(3);
        }
    }

    @Test
    void whatIsClosedDuringAReadThatHangsStillTimesOut() throws InterruptedException {
        NvmlTransport transport = transport();
        hangs = true;
        CompletableFuture<Void> read =
                CompletableFuture.runAsync(() -> assertTimeout(impatient(transport), "has not returned"));
        hanging.awaitHanging();
        transport.close();
        assertThatCode(read::join).doesNotThrowAnyException();
    }

    @Test
    void aSessionThatIsClosedTwiceSaysSoToWhoReads() {
        Session session =
                new Session(() -> NvmlReader.open(nvml, Set.of(), new Known(Selection.parse("all", Map.of()))));
        session.close();
        session.close();
        assertThatThrownBy(() -> session.read(new ExpositionWriter(), Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        CollectException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CANCELLED))
                .hasMessageContaining("closed during the read");
    }

    private void openAnewSlowly(NvmlTransport transport) {
        fake.fails(NvmlFunction.POWER, Status.GPU_IS_LOST);
        assertThat(up(transport)).isZero();
        fake.works(NvmlFunction.POWER);
        hangsIn = NvmlFunction.INIT;
        hangs = true;
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertTimeout(impatient(transport), "opening it anew takes longer than 100 ms");
    }

    @Test
    void anOpeningThatIsSlowerThanAReadMayWaitSucceedsLater() {
        try (NvmlTransport transport = transport()) {
            openAnewSlowly(transport);
            nanos.addAndGet(Duration.ofSeconds(9).toNanos());
            assertTimeout(impatient(transport), "and goes on");
            hanging.release();
            assertThat(up(transport)).isEqualTo(1);
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void anOpeningThatHangsIsGivenUpAfterTenSeconds() {
        try (NvmlTransport transport = transport()) {
            openAnewSlowly(transport);
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertTimeout(impatient(transport), "has not returned");
            hangs = false;
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(up(transport)).isEqualTo(1);
            assertThat(opened).hasValue(3);
        }
    }
}
