package io.inferencemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.spi.EngineProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeakTest {
    private static final int READS = 10_000;
    private static final int AT_ONCE = 64;
    private static final byte[] BODY =
            "# TYPE e:running gauge\ne:running{model_name=\"m\"} 3\n".getBytes(StandardCharsets.UTF_8);

    /** The engine of the test. */
    private static final class Engine implements EngineProvider {
        private static final Catalog CATALOG =
                Catalog.parse("test", "engine e\nprefixes e:\nrequests.running | e:running | gauge\n", List.of());

        @Override
        public String id() {
            return "e";
        }

        @Override
        public Catalog catalog() {
            return CATALOG;
        }
    }

    @Test
    void tenThousandReadsOneInTenFailingLeaveNothingBehind() throws Exception {
        readFromServerOfItsOwn(500);
        Set<String> threadsBefore = threads();
        long socketsBefore = openSockets();
        long heapBefore = heapAfterCollection();
        int failed = readFromServerOfItsOwn(READS);
        assertThat(failed).isEqualTo(READS / 10);
        assertThat(heapAfterCollection() - heapBefore).isLessThan(50L << 20);
        assertThat(threads()).isSubsetOf(threadsBefore);
        assertThat(openSocketsOnceAtMost(socketsBefore)).isLessThanOrEqualTo(socketsBefore);
    }

    private static int readFromServerOfItsOwn(int times) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AT_ONCE);
        server.setExecutor(workers);
        server.createContext("/metrics", exchange -> {
            boolean fails = asked.incrementAndGet() % 10 == 0;
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(fails ? 500 : 200, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.start();
        try {
            return read("http://127.0.0.1:" + server.getAddress().getPort(), times);
        } finally {
            server.stop(0);
            workers.shutdownNow();
            assertThat(workers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static int read(String address, int times) throws InterruptedException {
        InstalledEngines installed = InstalledEngines.of(List.of(new Engine()));
        CollectorBuilder builder = CollectorBuilder.of(installed.named("e"), installed);
        Semaphore slots = new Semaphore(AT_ONCE);
        CountDownLatch left = new CountDownLatch(times);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < times; i++) {
            slots.acquire();
            builder.collectAsync(address).whenComplete((snapshot, failure) -> {
                if (failure != null || snapshot.value(LlmMetrics.REQUESTS_RUNNING) != 3) {
                    failed.incrementAndGet();
                }
                slots.release();
                left.countDown();
            });
        }
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        return failed.get();
    }

    /** The names of live threads, without the numbers that pools give them. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("\\d+", ""))
                .collect(Collectors.toSet());
    }

    /** The client notices a little later that its idle connections were closed. */
    private static long openSocketsOnceAtMost(long expected) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long open = openSockets();
        while (open > expected && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            open = openSockets();
        }
        return open;
    }

    private static long openSockets() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "this system does not list open files");
        try (Stream<Path> files = Files.list(descriptors)) {
            return files.filter(LeakTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // it was closed in the meantime
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
