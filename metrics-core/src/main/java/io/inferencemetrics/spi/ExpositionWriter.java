package io.inferencemetrics.spi;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes what a machine says as the text of an exposition, family by family, for a {@link LocalTransport}.
 *
 * <pre>{@code
 * ExpositionWriter out = new ExpositionWriter();
 * out.family("nvml_power_watts", MetricType.GAUGE);
 * out.sample(311.5, "gpu", uuid);
 * out.absent(Absence.NO_PERMISSION, "gpu", otherUuid);
 * return out.send(request, sink);
 * }</pre>
 *
 * <p>For one read by one thread.
 */
public final class ExpositionWriter {
    private static final Optional<String> TEXT = Optional.of("text/plain; version=0.0.4");

    private final StringBuilder text = new StringBuilder(4_096);
    private final long startNanos = System.nanoTime();
    private String family = "";

    /** Creates a writer; the read's time starts now. */
    public ExpositionWriter() {}

    /** Starts a family; the samples that follow belong to it. A counter's name ends in {@code _total}. */
    public void family(String name, MetricType type) {
        family = name;
        text.append("# TYPE ").append(name).append(' ');
        text.append(type.name().toLowerCase(Locale.ROOT)).append('\n');
    }

    /**
     * Writes a sample of the family.
     *
     * @param labels name, value, name, value; a value may be any text
     * @throws IllegalArgumentException when a name has no value
     */
    public void sample(double value, String... labels) {
        head(labels);
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            text.append((long) value);
        } else {
            text.append(value);
        }
        text.append('\n');
    }

    /**
     * Writes that a value is not there, and why: as a number that no machine has, which the catalogue's line
     * {@code blank own} turns into the reason.
     *
     * @param reason such as {@link Absence#NOT_SUPPORTED}
     */
    public void absent(Absence reason, String... labels) {
        head(labels);
        text.append(Catalog.blank(reason)).append('\n');
    }

    private void head(String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("a value was expected for the label " + labels[labels.length - 1]);
        }
        text.append(family);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            quote(labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length > 0 ? "} " : " ");
    }

    private void quote(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    /**
     * Pushes the text into a sink.
     *
     * @return what the read took, from the writer's creation to now
     * @throws CollectException when the text is longer than the request allows
     */
    public FetchSummary send(FetchRequest request, BodySink sink) {
        byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
        long firstByteNanos = System.nanoTime();
        if (body.length > request.maxBodyBytes()) {
            throw new CollectException(
                    FailureKind.TOO_LARGE,
                    "what " + request.target() + " says is " + body.length + " bytes long, at most "
                            + request.maxBodyBytes() + " were expected",
                    "Raise maxBodyBytes, or select fewer devices.",
                    null);
        }
        sink.begin(new ResponseHead(TEXT));
        sink.chunk(ByteBuffer.wrap(body));
        long end = System.nanoTime();
        return new FetchSummary(Instant.now(), end, startNanos, firstByteNanos, end, body.length, TEXT);
    }
}
