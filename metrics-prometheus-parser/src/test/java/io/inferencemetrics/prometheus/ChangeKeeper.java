package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a target says by reading only what is not as it was, as {@link ExpositionCursor#nextChanged()} is meant to be
 * used, and compares it with a first sight of each body.
 */
final class ChangeKeeper {
    private final ParserOptions options;
    private final ExpositionCursor cursor;
    private final Map<Integer, String> kept = new HashMap<>();
    private List<String> seriesBefore = List.of();

    ChangeKeeper(ParserOptions options) {
        this.options = options;
        cursor = ExpositionCursor.remembering(options);
    }

    void read(byte[] body, String context) {
        ExpositionCursor anew = new ExpositionCursor(options);
        List<String> series = new ArrayList<>();
        Map<String, String> expected = new HashMap<>();
        String failure = readAnew(anew, body, series, expected);
        int generation = cursor.generation();
        assertThat(readChanges(body)).as(context).isEqualTo(failure);
        if (failure != null) {
            kept.clear();
            seriesBefore = List.of();
            return;
        }
        assertThat(cursor.line()).as(context).isEqualTo(anew.line());
        assertThat(cursor.skipped()).as(context).isEqualTo(anew.skipped());
        if (cursor.hasSameSeries()) {
            assertThat(series.isEmpty() || cursor.generation() == generation)
                    .as(context)
                    .isTrue();
            assertThat(series)
                    .as(context)
                    .containsExactlyInAnyOrderElementsOf(seriesBefore)
                    .doesNotHaveDuplicates();
        } else {
            readAll(body);
        }
        assertThat(kept.values()).as(context).containsExactlyInAnyOrderElementsOf(expected.values());
        seriesBefore = series;
    }

    private @Nullable String readChanges(byte[] body) {
        try {
            cursor.reset(body, 0, body.length);
            for (Event event = cursor.nextChanged(); event != Event.END; event = cursor.nextChanged()) {
                keep(event);
            }
            return null;
        } catch (ExpositionException e) {
            return e.getMessage();
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
            kept.put(cursor.sample().ordinal(), text(cursor.sample()));
        }
    }

    private static @Nullable String readAnew(
            ExpositionCursor anew, byte[] body, List<String> all, Map<String, String> values) {
        try {
            anew.reset(body, 0, body.length);
            for (Event event = anew.next(); event != Event.END; event = anew.next()) {
                if (event == Event.SAMPLE) {
                    String series = bytes(anew.sample().series());
                    all.add(series);
                    values.put(series, text(anew.sample()));
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

    private static String text(Sample sample) {
        return bytes(sample.series()) + " " + sample.value() + " " + sample.timestampText() + " "
                + (sample.hasExemplar() ? sample.exemplar().value() : "");
    }
}
