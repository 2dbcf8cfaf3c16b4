package io.inferencemetrics.energy;

import io.inferencemetrics.Collector;
import io.inferencemetrics.CollectorBuilder;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads bodies at moments of the test's choice, one collector for all. */
final class Snapshots implements Transport {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final Collector collector;
    private String body = "";
    private long nanos;

    private Snapshots(CollectorBuilder builder) {
        collector = builder.transport(this).at("http://localhost:1");
    }

    static Snapshots nvml() {
        return new Snapshots(Collectors.forGpu("nvml"));
    }

    static Snapshots nvml(String rows) {
        return new Snapshots(Collectors.forGpu("nvml").catalogRows("rows of the test", rows));
    }

    static Snapshots dcgm() {
        return new Snapshots(Collectors.forGpu("dcgm"));
    }

    static Snapshots vllm() {
        return new Snapshots(Collectors.forEngine("vllm"));
    }

    MetricsSnapshot at(double seconds, String text) {
        nanos = Math.round(seconds * 1e9);
        body = text;
        return collector.collect();
    }

    /** One read of what NVML says. */
    static MetricsSnapshot read(String text) {
        return nvml().at(0, text);
    }

    @Override
    public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        sink.begin(new ResponseHead(Optional.of("text/plain")));
        sink.chunk(ByteBuffer.wrap(bytes));
        return CompletableFuture.completedFuture(new FetchSummary(
                START.plusNanos(nanos), nanos, nanos, nanos, nanos, bytes.length, Optional.of("text/plain")));
    }
}
