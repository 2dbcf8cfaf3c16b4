package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Transport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a device that hangs or is lost; the clock of the pauses is the test's. */
class NvmlTransportTest {
    private final FakeNvml fake = FakeNvml.withOneDevice();
    private final AtomicLong nanos = new AtomicLong(-5);
    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hangs;

    private final Nvml nvml = (function, a, b, c, out) -> {
        if (hangs && function == NvmlFunction.POWER) {
            await();
        }
        synchronized (fake) {
            return fake.call(function, a, b, c, out);
        }
    };

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void letGo() {
        released.countDown();
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
            assertTimeout(transport, "tried again later");
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
            assertTimeout(transport, "3 call(s)");
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
}
