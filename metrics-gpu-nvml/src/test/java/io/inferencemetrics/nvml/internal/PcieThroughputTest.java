package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.spi.ExpositionWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The second device hangs, so that what was measured of the first stays the latest; the clock is the test's. */
class PcieThroughputTest {
    private final FakeNvml fake = FakeNvml.withOneDevice();
    private final Device first = new Device(FakeNvml.FIRST, "0", "GPU-aaaa");
    private final Device second = new Device(FakeNvml.SECOND, "1", "GPU-bbbb");
    private final AtomicLong nanos = new AtomicLong(-5);
    private final HangingCall hanging = new HangingCall();
    private final Nvml nvml = (function, a, b, c, out) -> {
        if (function == NvmlFunction.PCIE_THROUGHPUT && a == FakeNvml.SECOND) {
            hanging.hang();
        }
        return fake.call(function, a, b, c, out);
    };

    @AfterEach
    void letGo() {
        hanging.release();
    }

    private String written(PcieThroughput pcie) {
        ExpositionWriter text = new ExpositionWriter();
        pcie.write(text, List.of(first, second));
        return Reads.text(text);
    }

    private PcieThroughput measuring() throws InterruptedException {
        PcieThroughput pcie = new PcieThroughput(nvml, List.of(first, second), nanos::get);
        hanging.awaitHanging();
        return pcie;
    }

    @Test
    void whatWasMeasuredLastIsHandedOutForFiveSeconds() throws InterruptedException {
        fake.number(NvmlFunction.PCIE_THROUGHPUT, FakeNvml.FIRST, 0, 17);
        try (PcieThroughput pcie = measuring()) {
            String sent = "nvml_pcie_tx_kilobytes_per_second{gpu=\"0\",uuid=\"GPU-aaaa\"} 17";
            nanos.addAndGet(Duration.ofSeconds(5).toNanos());
            assertThat(written(pcie)).contains(sent);
            nanos.addAndGet(1);
            assertThat(written(pcie)).doesNotContain("} 17");
        }
    }

    @Test
    void aCallThatThrowsDoesNotEndTheRound() throws InterruptedException {
        fake.number(NvmlFunction.PCIE_THROUGHPUT, FakeNvml.FIRST, 1, 18);
        fake.on(NvmlFunction.PCIE_THROUGHPUT, FakeNvml.FIRST, 0, 0, out -> {
            throw new IllegalStateException("a defect of ours");
        });
        try (PcieThroughput pcie = measuring()) {
            assertThat(written(pcie)).contains("nvml_pcie_rx_kilobytes_per_second{gpu=\"0\",uuid=\"GPU-aaaa\"} 18");
        }
    }

    @Test
    void whatWasNotOpenedIsNotClosed() {
        fake.fails(NvmlFunction.INIT, Status.DRIVER_NOT_LOADED);
        PcieThroughput pcie = new PcieThroughput(nvml, List.of(first, second), nanos::get);
        pcie.close();
        while (!pcie.isOver()) {
            Thread.onSpinWait();
        }
        assertThat(fake.called(NvmlFunction.INIT)).isEqualTo(1);
        assertThat(fake.called(NvmlFunction.PCIE_THROUGHPUT)).isZero();
        assertThat(fake.called(NvmlFunction.SHUTDOWN)).isZero();
    }
}
