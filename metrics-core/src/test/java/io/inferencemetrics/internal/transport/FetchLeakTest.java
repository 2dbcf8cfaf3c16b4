package io.inferencemetrics.internal.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fetches that end in every way, also cancelled ones, give their sockets and threads back. */
class FetchLeakTest {
    private static final int FETCHES = 3_000;
    private static final int AT_ONCE = 64;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final byte[] BODY =
            "vllm:num_requests_running 3\n".repeat(100).getBytes(UTF_8);

    private final ExecutorService serverThreads = Executors.newFixedThreadPool(4);
    private final StandardTransport transport = new StandardTransport();
    private HttpServer server;
    private Set<Thread> threadsBefore;
    private int socketsBefore;

    @BeforeEach
    void start() throws IOException {
        SocketChannel.open().close(); // the JVM keeps one socket from its first on, with which it closes others
        threadsBefore = threads();
        socketsBefore = Files.isDirectory(OPEN_FILES) ? openSockets() : 0;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), AT_ONCE);
        server.setExecutor(serverThreads);
        server.createContext("/metrics", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.createContext("/broken", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length + 1);
            exchange.getResponseBody().write(BODY);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.createContext("/busy", exchange -> {
            exchange.sendResponseHeaders(503, BODY.length);
            exchange.getResponseBody().write(BODY);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        serverThreads.shutdownNow();
    }

    private String address(int i) {
        String path = i % 10 != 0 ? "/metrics" : i % 20 == 0 ? "/broken" : "/busy";
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** How many of the fetches failed by themselves; every seventh is cancelled as soon as it is asked. */
    private int fetchAll(int count) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger defects = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            assertThat(free.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
            FetchRequest request = FetchRequest.to(Target.parse(address(i))).withTimeout(Duration.ofSeconds(60));
            CompletableFuture<FetchSummary> fetch = transport.fetch(request, new CollectedBody());
            fetch.whenComplete((summary, thrown) -> {
                if (thrown instanceof CollectException) {
                    failed.incrementAndGet();
                } else if (thrown != null && !fetch.isCancelled()) {
                    defects.incrementAndGet();
                }
                free.release();
            });
            if (i % 7 == 1) {
                fetch.cancel(true);
            }
        }
        assertThat(free.tryAcquire(AT_ONCE, 60, TimeUnit.SECONDS)).isTrue();
        assertThat(defects).hasValue(0);
        return failed.get();
    }

    @Test
    void fetchesThatEndInEveryWayGiveTheirSocketsAndThreadsBack() throws Exception {
        assumeTrue(Files.isDirectory(OPEN_FILES), "counts open sockets in /proc");
        assertThat(fetchAll(FETCHES)).isBetween(FETCHES / 20, FETCHES / 10);
        // the client keeps idle connections, as it should; they end with the server
        stop();
        await(() -> openSockets() <= socketsBefore, () -> "open sockets: " + openSockets());
        await(() -> threadsBefore.containsAll(threads()), () -> "threads: " + threads());
    }

    private static void await(BooleanSupplier condition, Supplier<String> seen) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(seen).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    /** All but those that the JDK's client and futures keep for the next use and end by themselves when idle. */
    private static Set<Thread> threads() {
        return live().filter(thread -> !isClients(thread) && !isOfFutures(thread))
                .collect(Collectors.toSet());
    }

    private static Stream<Thread> live() {
        return Thread.getAllStackTraces().keySet().stream();
    }

    private static boolean isClients(Thread thread) {
        return thread.getName().startsWith("HttpClient-");
    }

    private static boolean isOfFutures(Thread thread) {
        return thread.getName().startsWith("ForkJoinPool.commonPool")
                || thread.getName().equals("CompletableFutureDelayScheduler");
    }

    private static int openSockets() {
        try (Stream<Path> files = Files.list(OPEN_FILES)) {
            return (int) files.filter(FetchLeakTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
