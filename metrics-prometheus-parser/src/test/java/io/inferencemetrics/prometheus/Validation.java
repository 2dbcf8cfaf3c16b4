package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads small bodies in validating mode, through cursor, stream and object form, which have to agree. */
final class Validation {
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.OPENMETRICS);
    private static final ParserOptions VALIDATING = ParserOptions.validating();

    private Validation() {}

    static void accepts(String... lines) {
        String body = body(lines);
        assertThat(failure(body)).as(body).isNull();
    }

    /** Strict mode accepts what breaks only a rule; the rest is a matter of the grammar. */
    static void rejects(int line, int column, String reason, String... lines) {
        String body = body(lines);
        assertThat(failure(body))
                .as(body)
                .startsWith("line " + line + ", column " + column + ": OpenMetrics: expected ")
                .contains(reason);
        Recording strict = Recording.ofCursor(body.getBytes(UTF_8), STRICT);
        assertThat(strict.accepted()).as("strict mode accepts it; %s", strict).isTrue();
    }

    private static String body(String... lines) {
        return Arrays.stream(lines).map(line -> line + '\n').collect(Collectors.joining()) + "# EOF\n";
    }

    private static @Nullable String failure(String text) {
        byte[] body = text.getBytes(UTF_8);
        Recording cursor = Recording.ofCursor(body, VALIDATING);
        for (int cut = 0; cut <= body.length; cut++) {
            assertThat(Recording.ofStream(body, VALIDATING, cut)).isEqualTo(cursor);
        }
        assertThat(objectForm(body)).isEqualTo(cursor.failure());
        return cursor.failure();
    }

    private static @Nullable String objectForm(byte[] body) {
        try {
            Exposition.parse(body, VALIDATING);
            return null;
        } catch (ExpositionException e) {
            return e.getMessage();
        }
    }
}
