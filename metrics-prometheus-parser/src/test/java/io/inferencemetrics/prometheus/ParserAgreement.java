package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks that cursor, stream and oracle agree on a body in all four combinations of format and mode. */
final class ParserAgreement {
    static final List<ParserOptions> ALL_OPTIONS = List.of(
            ParserOptions.strict(ExpositionFormat.TEXT),
            ParserOptions.lenient(ExpositionFormat.TEXT),
            ParserOptions.strict(ExpositionFormat.OPENMETRICS),
            ParserOptions.lenient(ExpositionFormat.OPENMETRICS));

    private ParserAgreement() {}

    static void check(byte[] body, int... cuts) {
        for (ParserOptions options : ALL_OPTIONS) {
            Recording cursor = Recording.ofCursor(body, options);
            String context = options.format()
                    + (options.lenient() ? " lenient: " : " strict: ")
                    + (body.length > 2000 ? body.length + " bytes" : new String(body, StandardCharsets.UTF_8));
            assertThat(Recording.ofStream(body, options, cuts)).as(context).isEqualTo(cursor);
            checkOracle(OracleParser.parse(body, options), cursor, context);
        }
    }

    private static void checkOracle(Recording oracle, Recording cursor, String context) {
        String failedLine = cursor.failure() == null ? null : cursor.failure().replaceAll(",.*", "");
        assertThat(failedLine)
                .as("failed line of " + cursor.failure() + " in " + context)
                .isEqualTo(oracle.failure());
        assertThat(cursor.skipped())
                .as("%s skipped in %s", cursor.firstSkipped(), context)
                .isEqualTo(oracle.skipped());
        assertThat(cursor.items()).as(context).isEqualTo(oracle.items());
    }
}
