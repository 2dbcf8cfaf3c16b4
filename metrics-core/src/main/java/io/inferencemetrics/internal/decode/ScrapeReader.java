package io.inferencemetrics.internal.decode;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.ExpositionException;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ExpositionStream;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.prometheus.SkippedLine;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body after the other into snapshots; keeps what it learned about names and series in between.
 *
 * <p>Filling the frame allocates nothing once the series are known; the snapshot is what costs memory. Not safe for use
 * by several threads.
 */
public final class ScrapeReader {
    private static final byte[] NOTHING = {};

    private final ReadOptions options;
    private final Supplier<OtherEngines> otherEngines;
    private final Decoder decoder;
    private final ExpositionStream stream;
    private final JsonString jsonString = new JsonString();
    private final JsonString.TextSink toStream;
    private final byte[] buffer = new byte[16_384];
    private final @Nullable ByteArrayOutputStream kept;

    private ExpositionFormat format = ExpositionFormat.TEXT;
    private Optional<String> contentType = Optional.empty();
    private byte firstByte;
    private boolean insideJson;

    /** Creates a reader for bodies of one engine. */
    public ScrapeReader(CompiledCatalog catalog, Supplier<OtherEngines> otherEngines, ReadOptions options) {
        this.options = options;
        this.otherEngines = otherEngines;
        this.decoder = new Decoder(catalog);
        this.stream = new ExpositionStream(
                ParserOptions.lenient(ExpositionFormat.TEXT).withLimits(options.limits()), decoder);
        this.toStream = stream::feed;
        this.kept = options.keepBody() || options.keepRawSamples() ? new ByteArrayOutputStream() : null;
    }

    /** Makes ready for the next body. */
    public void begin(Optional<String> bodyContentType) {
        if (!bodyContentType.equals(contentType)) {
            contentType = bodyContentType;
            format = bodyContentType.map(ExpositionFormat::ofContentType).orElse(ExpositionFormat.TEXT);
        }
        firstByte = 0;
        insideJson = false;
        jsonString.reset();
        decoder.begin();
        stream.reset(format);
        if (kept != null) {
            kept.reset();
        }
    }

    /**
     * Reads a further piece of the body; it may be cut anywhere.
     *
     * @throws ExpositionException when the body exceeds a limit
     */
    public void feed(ByteBuffer chunk) {
        while (chunk.hasRemaining()) {
            int length = Math.min(chunk.remaining(), buffer.length);
            chunk.get(buffer, 0, length);
            feed(length);
        }
    }

    /**
     * The snapshot of the body read.
     *
     * @throws CollectException when the body is no exposition, or one of another engine
     */
    public MetricsSnapshot finish(ScrapeInfo info) {
        endBody();
        Frame frame = decoder.frame();
        checkExposition(info, frame);
        checkEngine(info, frame);
        byte[] body = kept == null ? NOTHING : kept.toByteArray();
        return new FrameSnapshot(
                frame,
                new Scrape(
                        info,
                        options.staleAfter(),
                        format,
                        stream.skipped().count(),
                        stream.skipped().first().stream()
                                .map(SkippedLine::toString)
                                .toList(),
                        notes(),
                        insideJson ? JsonString.textOf(body) : body,
                        body,
                        options.keepRawSamples(),
                        options.keepBody()));
    }

    /** Ends the body without making a snapshot: the part that allocates nothing. */
    void endBody() {
        stream.finish();
    }

    /** How many names and series are remembered from this body and earlier ones. */
    int remembered() {
        return decoder.remembered();
    }

    private void feed(int length) {
        if (kept != null) {
            kept.write(buffer, 0, length);
        }
        if (firstByte == 0) {
            firstByte = firstVisible(length);
            insideJson = firstByte == '"';
        }
        if (insideJson) {
            jsonString.feed(buffer, 0, length, toStream);
        } else {
            stream.feed(buffer, 0, length);
        }
    }

    private byte firstVisible(int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] > ' ' || buffer[i] < 0) {
                return buffer[i];
            }
        }
        return 0;
    }

    private void checkExposition(ScrapeInfo info, Frame frame) {
        if (frame.samples() > 0 || (stream.skipped().count() == 0 && jsonString.ignored() == 0)) {
            return;
        }
        String what = firstByte == '<' ? "HTML" : firstByte == '{' || firstByte == '[' ? "JSON" : "other text";
        throw new CollectException(
                FailureKind.NOT_PROMETHEUS,
                info.target() + " was expected to expose metrics as text, but sent " + what
                        + " without a line that is a sample"
                        + contentType
                                .map(type -> " (Content-Type " + type + ")")
                                .orElse(""),
                "Check the path: engines serve their metrics at /metrics.",
                null);
    }

    private void checkEngine(ScrapeInfo info, Frame frame) {
        if (frame.hasEngineFamilies()) {
            return;
        }
        otherEngines
                .get()
                .among(frame.names().stream().map(slot -> slot.name).toList(), info.engine())
                .ifPresent(other -> {
                    throw new CollectException(
                            FailureKind.WRONG_ENGINE,
                            info.target() + " was expected to be " + info.engine() + ", but its metrics are those of "
                                    + other.title(),
                            "Use Collectors.forEngine(\"" + other.id() + "\") with the module " + other.artifact()
                                    + ", or let Collectors.detect find out.",
                            null);
                });
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (insideJson) {
            notes.add("the body came as one JSON string; its text was taken out"
                    + (jsonString.ignored() == 0 ? "" : ", " + jsonString.ignored() + " bytes behind it were not"));
        }
        contentType
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .ifPresent(type -> notes.add("the Content-Type was " + type));
        return notes;
    }
}
