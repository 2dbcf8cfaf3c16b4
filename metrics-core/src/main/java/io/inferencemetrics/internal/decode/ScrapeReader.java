package io.inferencemetrics.internal.decode;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionException;
import io.inferencemetrics.prometheus.ExpositionFormat;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.prometheus.SkippedLine;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.ScrapeInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body after the other into snapshots; keeps the last body and what it learned about names and series.
 *
 * <p>A body is read when it is whole, since then only what differs from the one before has to be parsed. Filling the frame
 * allocates nothing once the series are known; the snapshot is what costs memory. Not safe for use by several threads.
 */
public final class ScrapeReader {
    private static final byte[] NOTHING = {};

    private final ReadOptions options;
    private final Supplier<OtherEngines> otherEngines;
    private final Decoder decoder;
    private final ExpositionCursor cursor;
    /** Null where all families are read. */
    private final @Nullable WireNames names;

    private final JsonString jsonString = new JsonString();
    private BodyBuffer body = new BodyBuffer();

    /** The body before, which the cursor still looks at. */
    private BodyBuffer before = new BodyBuffer();

    private ExpositionFormat format = ExpositionFormat.TEXT;
    private Optional<String> contentType = Optional.empty();
    private byte firstByte;
    private boolean insideJson;
    private boolean endsWithinLine;

    /** Creates a reader for bodies of one engine. */
    public ScrapeReader(CompiledCatalog catalog, Supplier<OtherEngines> otherEngines, ReadOptions options) {
        this.options = options;
        this.otherEngines = otherEngines;
        this.decoder = new Decoder(catalog);
        ParserOptions all = ParserOptions.lenient(ExpositionFormat.TEXT).withLimits(options.limits());
        Set<String> wanted = catalog.wantedNames();
        this.cursor = ExpositionCursor.remembering(all.withFamilies(wanted));
        this.names = wanted.isEmpty() ? null : new WireNames(catalog, all);
    }

    /** Makes ready for the next body. */
    public void begin(Optional<String> bodyContentType) {
        if (!bodyContentType.equals(contentType)) {
            contentType = bodyContentType;
            format = bodyContentType.map(ExpositionFormat::ofContentType).orElse(ExpositionFormat.TEXT);
        }
        body.clear();
    }

    /** Takes a further piece of the body; it may be cut anywhere. */
    public void feed(ByteBuffer chunk) {
        body.append(chunk);
    }

    /**
     * The snapshot of the body read.
     *
     * @throws ExpositionException when the body exceeds a limit
     * @throws CollectException when the body is no exposition, or one of another engine
     */
    public MetricsSnapshot finish(ScrapeInfo info) {
        byte[] text = readBody();
        Frame frame = names == null ? decoder.frame() : decoder.frame(names.names());
        checkExposition(info, frame);
        checkEngine(info, frame);
        boolean kept = options.keepBody() || options.keepRawSamples();
        byte[] whole = kept ? before.copy() : NOTHING;
        return new FrameSnapshot(
                frame,
                new Scrape(
                        info,
                        options.staleAfter(),
                        format,
                        cursor.skipped().count(),
                        cursor.skipped().first().stream()
                                .map(SkippedLine::toString)
                                .toList(),
                        notes(),
                        kept && insideJson ? text : whole,
                        whole,
                        options.keepRawSamples(),
                        options.keepBody()));
    }

    /** Reads the whole body into the decoder's frame, without making a snapshot: the part that allocates nothing. */
    public byte[] readBody() {
        firstByte = firstVisible();
        insideJson = firstByte == '"';
        byte[] text = body.array();
        int length = body.length();
        if (insideJson) {
            text = jsonString.textOf(text, length);
            length = text.length;
        }
        endsWithinLine = length > 0 && text[length - 1] != '\n';
        cursor.reset(format, text, 0, length);
        if (!decoder.readChanges(cursor)) {
            cursor.reset(format, text, 0, length);
            decoder.read(cursor);
        }
        if (names != null) {
            names.lookIfDue(decoder.fingerprint(), format, text, length);
        }
        BodyBuffer read = body;
        body = before;
        before = read;
        return text;
    }

    /** How many names and series are remembered from this body and earlier ones. */
    int remembered() {
        return decoder.remembered();
    }

    private byte firstVisible() {
        byte[] bytes = body.array();
        for (int i = 0; i < body.length(); i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return bytes[i];
            }
        }
        return 0;
    }

    private void checkExposition(ScrapeInfo info, Frame frame) {
        if (!frame.names().isEmpty() || (cursor.skipped().count() == 0 && (!insideJson || jsonString.ignored() == 0))) {
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
                            "Use Collectors." + other.method() + "(\"" + other.id() + "\") with the module "
                                    + other.artifact() + ", or let Collectors.detect find out.",
                            null);
                });
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (insideJson) {
            notes.add("the body came as one JSON string; its text was taken out"
                    + (jsonString.ignored() == 0 ? "" : ", " + jsonString.ignored() + " bytes behind it were not"));
        }
        if (endsWithinLine) {
            notes.add("the body does not end in a newline: it may have been cut off, perhaps within its last value");
        }
        contentType
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("html"))
                .ifPresent(type -> notes.add("the Content-Type was " + type));
        return notes;
    }
}
