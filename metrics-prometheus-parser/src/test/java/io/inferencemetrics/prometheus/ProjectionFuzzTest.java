package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Of a body that is accepted, who wants some families gets exactly what is theirs, whole or in chunks, at first sight or
 * after another body. The build runs the inputs that once were interesting; with {@code JAZZER_FUZZ=1} set, the test looks
 * for new ones.
 */
class ProjectionFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void whatIsNotWantedChangesNothing(byte[] data) {
        if (data.length < 3) {
            return;
        }
        // the first bytes say which options are used, how far apart the cuts are, and which names are wanted
        ParserOptions options = ParserAgreement.ALL_OPTIONS.get(data[0] & 3);
        int step = 1 + ((data[0] & 0xff) >>> 2);
        byte[] body = Arrays.copyOfRange(data, 2, data.length);
        Recording all = Recording.ofCursor(body, options);
        if (!all.accepted()) {
            return;
        }
        Set<String> families = new HashSet<>(Set.of("none_of_them"));
        List<String> names =
                all.items().stream().map(Recording.Item::name).distinct().toList();
        IntStream.range(0, names.size())
                .filter(i -> (data[1] >>> (i & 7) & 1) != 0)
                .forEach(i -> families.add(names.get(i)));
        ParserOptions some = options.withFamilies(families);
        List<Recording.Item> wanted = all.items().stream()
                .filter(item -> ProjectionTest.isWanted(item.name(), families))
                .toList();
        int[] cuts = IntStream.iterate(0, cut -> cut <= body.length, cut -> cut + step)
                .toArray();
        assertThat(Recording.ofCursor(body, some).items()).isEqualTo(wanted);
        assertThat(Recording.ofStream(body, some, cuts).items()).isEqualTo(wanted);
        checkAgain(body, some, wanted);
    }

    /** After a body that differs in one byte and may be bad, and after the same one. */
    private static void checkAgain(byte[] body, ParserOptions options, List<Recording.Item> wanted) {
        ExpositionCursor cursor = ExpositionCursor.remembering(options);
        byte[] other = body.clone();
        if (other.length > 0) {
            other[other.length / 2] ^= 1;
        }
        try {
            read(cursor, other);
        } catch (ExpositionException e) {
            assertThat(options.lenient()).isFalse();
        }
        assertThat(read(cursor, body)).isEqualTo(wanted);
        assertThat(read(cursor, body.clone())).isEqualTo(wanted);
    }

    private static List<Recording.Item> read(ExpositionCursor cursor, byte[] body) {
        Recording.Recorder recorder = new Recording.Recorder();
        cursor.reset(body, 0, body.length);
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            recorder.add(event, cursor);
        }
        return recorder.items();
    }
}
