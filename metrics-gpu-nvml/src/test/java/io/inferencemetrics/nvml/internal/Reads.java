package io.inferencemetrics.nvml.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a library, real or not, to a text and to a snapshot. */
final class Reads {
    private Reads() {}

    static LocalTransport open(Nvml nvml) {
        return open(nvml, "all", Map.of());
    }

    static LocalTransport open(Nvml nvml, String selection, Map<String, String> environment) {
        return new NvmlSource(() -> nvml, environment).open(selection);
    }

    static LocalTransport openAlso(Nvml nvml, Extra... extras) {
        return new NvmlSource(() -> nvml, Map.of())
                .open("all", Arrays.stream(extras).map(Extra::id).collect(Collectors.toSet()));
    }

    static MetricsSnapshot snapshot(Nvml nvml) {
        try (LocalTransport transport = open(nvml)) {
            return snapshot(transport);
        }
    }

    static MetricsSnapshot snapshot(Transport transport) {
        return io.inferencemetrics.Collectors.forGpu("nvml")
                .transport(transport)
                .collect("http://here");
    }

    static String text(Transport transport) {
        StringBuilder text = new StringBuilder();
        transport.fetch(FetchRequest.to(Target.local("nvml")), into(text)).join();
        return text.toString();
    }

    static String text(ExpositionWriter written) {
        StringBuilder text = new StringBuilder();
        written.send(FetchRequest.to(Target.local("nvml")), into(text));
        return text.toString();
    }

    /** What is read when a library is opened, for the first time or anew. */
    static String text(Nvml library, Known known, boolean healthy) {
        ExpositionWriter text = new ExpositionWriter();
        try (NvmlReader reader = NvmlReader.open(library, Set.of(), known)) {
            assertThat(reader.read(text)).isEqualTo(healthy);
        }
        return text(text);
    }

    /** What is known before the first device was looked for. */
    static Known known(String selection, @Nullable String cudaVisibleDevices) {
        return new Known(Selection.parse(
                selection, cudaVisibleDevices == null ? Map.of() : Map.of("CUDA_VISIBLE_DEVICES", cudaVisibleDevices)));
    }

    static BodySink nowhere() {
        return into(new StringBuilder());
    }

    private static BodySink into(StringBuilder text) {
        return new BodySink() {
            @Override
            public void begin(ResponseHead head) {
                // the text alone counts
            }

            @Override
            public void chunk(ByteBuffer chunk) {
                text.append(StandardCharsets.UTF_8.decode(chunk));
            }
        };
    }

    static Absence absence(MetricsSnapshot snapshot, Metric<?> metric) {
        return ((Reading.Absent<?>) snapshot.reading(metric)).reason();
    }
}
