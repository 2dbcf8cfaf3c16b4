package io.inferencemetrics.host.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostTransportTest {
    private static final FetchRequest REQUEST = FetchRequest.to(Target.local("host"));

    private final StringBuilder body = new StringBuilder();
    private final BodySink sink = new BodySink() {
        @Override
        public void begin(ResponseHead head) {}

        @Override
        public void chunk(ByteBuffer chunk) {
            body.append(StandardCharsets.UTF_8.decode(chunk));
        }
    };

    private static ExpositionWriter one() {
        ExpositionWriter out = new ExpositionWriter();
        out.family("host_cpu_count", MetricType.GAUGE);
        out.sample(2);
        return out;
    }

    /** As a read of the kernel's, it takes no notice of an interrupt. */
    private static ExpositionWriter after(Semaphore permit) {
        permit.acquireUninterruptibly();
        return one();
    }

    private static FailureKind kindOf(CompletableFuture<?> read) throws InterruptedException {
        try {
            read.get();
            throw new AssertionError("a failure was expected");
        } catch (ExecutionException e) {
            return Objects.requireNonNull((CollectException) e.getCause()).kind();
        }
    }

    @Test
    void theTextIsHandedOverBeforeFetchReturns() {
        AtomicReference<Thread> reader = new AtomicReference<>();
        try (HostTransport transport = new HostTransport(() -> {
            reader.set(Thread.currentThread());
            return one();
        })) {
            assertThat(transport.fetch(REQUEST, sink)).isCompleted();
            assertThat(body).contains("host_cpu_count 2\n");
            assertThat(reader.get().isDaemon()).isTrue();
            assertThat(reader.get()).isNotSameAs(Thread.currentThread());
        }
    }

    @Test
    void aReadThatHangsEndsAtTheDeadlineAndSoDoThoseBehindIt() throws InterruptedException {
        Semaphore hung = new Semaphore(0);
        try (HostTransport transport = new HostTransport(() -> after(hung))) {
            FetchRequest impatient = REQUEST.withTimeout(Duration.ofMillis(20));
            for (int i = 0; i < 40; i++) {
                assertThat(kindOf(transport.fetch(impatient, sink))).isEqualTo(FailureKind.TIMEOUT);
            }
            assertThat(body).isEmpty();
            hung.release(50);
            assertThat(transport.fetch(REQUEST, sink)).isCompleted();
            assertThat(body).contains("host_cpu_count 2\n");
        }
    }

    @Test
    void anInterruptedReadIsCancelledAndTheInterruptKept() throws InterruptedException {
        Semaphore never = new Semaphore(0);
        try (HostTransport transport = new HostTransport(() -> after(never))) {
            Thread.currentThread().interrupt();
            CompletableFuture<?> read = transport.fetch(REQUEST, sink);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(kindOf(read)).isEqualTo(FailureKind.CANCELLED);
        } finally {
            never.release();
        }
    }

    @Test
    void aClosedTransportReadsNoMore() throws InterruptedException {
        HostTransport transport = new HostTransport(HostTransportTest::one);
        transport.close();
        transport.close();
        assertThat(kindOf(transport.fetch(REQUEST, sink))).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void aDefectIsNotTakenForAMachineThatCannotBeRead() {
        try (HostTransport transport = new HostTransport(() -> {
            throw new IllegalArgumentException("defect");
        })) {
            assertThatThrownBy(() -> transport.fetch(REQUEST, sink).get())
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("defect");
        }
    }
}
