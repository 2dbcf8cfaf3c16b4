package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a target says by reading only what is not as it was, as {@link ExpositionCursor#nextChanges} and {@link
 * ExpositionCursor#nextChanged()} are meant to be used, and compares it with a first sight of each whole body, of which it
 * may want only some families.
 */
final class ChangeKeeper {
    private final ParserOptions options;
    /** Those that only the own cursor is told to want; empty where both cursors have the same options. */
    private final Set<String> families;

    private final ExpositionCursor cursor;
    private final Changes changes = new Changes();
    private final Map<Integer, Kept> kept = new HashMap<>();
    private int bodies;
    /** Null after a body of which it is not known what it held. */
    private @Nullable List<String> seriesBefore = List.of();

    private record Kept(String series, double value, String time, String exemplar) {
        Kept(Sample sample) {
            this(
                    bytes(sample.series()),
                    sample.value(),
                    sample.hasTimestamp() ? Long.toString(sample.timestampMillis()) : "",
                    sample.hasExemplar() ? Double.toString(sample.exemplar().value()) : "");
        }

        Kept with(double newValue, String newTime) {
            return new Kept(series, newValue, newTime, exemplar);
        }
    }

    ChangeKeeper(ParserOptions options) {
        this(options, Set.of(), options);
    }

    ChangeKeeper(ParserOptions options, Set<String> families) {
        this(options, families, options.withFamilies(families));
    }

    private ChangeKeeper(ParserOptions options, Set<String> families, ParserOptions own) {
        this.options = options;
        this.families = families;
        cursor = ExpositionCursor.remembering(own);
    }

    void read(byte[] body, String context) {
        ExpositionCursor anew = new ExpositionCursor(options);
        List<String> series = new ArrayList<>();
        Map<String, Kept> expected = new HashMap<>();
        String failure = readAnew(anew, body, series, expected);
        int generation = cursor.generation();
        String ownFailure = readChanges(body);
        if (families.isEmpty()) {
            assertThat(ownFailure).as(context).isEqualTo(failure);
            assertThat(cursor.skipped()).as(context).isEqualTo(anew.skipped());
        }
        if (ownFailure != null) {
            assertThat(failure).as(context).isNotNull();
            kept.clear();
            seriesBefore = List.of();
            return;
        }
        if (!families.isEmpty() && (failure != null || anew.skipped().count() > 0)) {
            // what is not wanted is not looked at, and may hide what is bad
            readAll(body);
            seriesBefore = null;
            return;
        }
        assertThat(cursor.line()).as(context).isEqualTo(anew.line());
        if (cursor.hasSameSeries()) {
            assertThat(series.isEmpty() || cursor.generation() == generation)
                    .as(context)
                    .isTrue();
            assertThat(series).as(context).doesNotHaveDuplicates();
            if (seriesBefore != null) {
                assertThat(series).as(context).containsExactlyInAnyOrderElementsOf(seriesBefore);
            }
        } else {
            readAll(body);
        }
        assertThat(kept.values()).as(context).containsExactlyInAnyOrderElementsOf(expected.values());
        seriesBefore = series;
    }

    private @Nullable String readChanges(byte[] body) {
        try {
            cursor.reset(body, 0, body.length);
            boolean manyAtATime = ++bodies % 3 > 0; // all ways to follow each other
            Event event;
            do {
                while (manyAtATime && cursor.nextChanges(changes) > 0) {
                    keepChanges();
                }
                event = cursor.nextChanged();
                keep(event);
            } while (event != Event.END);
            return null;
        } catch (ExpositionException e) {
            return e.getMessage();
        }
    }

    private void keepChanges() {
        for (int i = 0; i < changes.count(); i++) {
            double value = changes.value(i);
            String time = changes.hasTimestamp(i) ? Long.toString(changes.timestampMillis(i)) : "";
            kept.computeIfPresent(changes.ordinal(i), (ordinal, before) -> before.with(value, time));
        }
    }

    private void readAll(byte[] body) {
        kept.clear();
        cursor.reset(body, 0, body.length);
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            keep(event);
        }
    }

    /** A series that comes twice in a body has the value that came last. */
    private void keep(Event event) {
        if (event == Event.SAMPLE) {
            kept.put(cursor.sample().ordinal(), new Kept(cursor.sample()));
        }
    }

    private boolean wants(Sample sample) {
        return families.isEmpty() || ProjectionTest.isWanted(sample.name().toString(), families);
    }

    private @Nullable String readAnew(ExpositionCursor anew, byte[] body, List<String> all, Map<String, Kept> values) {
        try {
            anew.reset(body, 0, body.length);
            for (Event event = anew.next(); event != Event.END; event = anew.next()) {
                if (event == Event.SAMPLE && wants(anew.sample())) {
                    String series = bytes(anew.sample().series());
                    all.add(series);
                    values.put(series, new Kept(anew.sample()));
                }
            }
            return null;
        } catch (ExpositionException e) {
            return e.getMessage();
        }
    }

    /** Series differ by their bytes, also where these are no text. */
    private static String bytes(ByteSlice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), ISO_8859_1);
    }
}
