package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the validating mode goes together with all else that a parser can do. */
class ValidatingModeTest {
    private static final byte[] GOOD = bytes("# TYPE a counter\na_total 1\nb 1\n# EOF\n");
    private static final byte[] BAD = bytes("# TYPE a counter\na_total -1\nb 1\n# EOF\n");

    @Test
    void oneCursorValidatesOneBodyAfterAnother() {
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.validating());
        for (int i = 0; i < 3; i++) {
            read(cursor, GOOD);
            assertThatThrownBy(() -> read(cursor, BAD)).isInstanceOfSatisfying(ExpositionException.class, e -> {
                assertThat(e.line()).isEqualTo(2);
                assertThat(e.column()).isEqualTo(9);
                assertThat(e.reason()).startsWith("OpenMetrics: ").endsWith("found \"-1\"");
            });
        }
    }

    @Test
    void oneStreamValidatesOneBodyAfterAnother() {
        ExpositionStream stream = new ExpositionStream(ParserOptions.validating(), sample -> {});
        for (int i = 0; i < 3; i++) {
            stream.reset();
            stream.feed(GOOD, 0, GOOD.length);
            stream.finish();
            stream.reset();
            assertThatThrownBy(() -> stream.feed(BAD, 0, BAD.length)).isInstanceOf(ExpositionException.class);
        }
    }

    @Test
    void familiesThatAreNotWantedAreCheckedToo() {
        ParserOptions options = ParserOptions.validating().withFamilies(Set.of("b"));
        assertThat(Recording.ofCursor(GOOD, options).items()).hasSize(1);
        assertThat(Recording.ofStream(GOOD, options, 20).items()).hasSize(1);
        assertThat(Recording.ofCursor(BAD, options).accepted()).isFalse();
        assertThat(Recording.ofStream(BAD, options, 20).accepted()).isFalse();
    }

    @Test
    void aBodyThatWasCutOffIsIncomplete() {
        byte[] body = bytes("# TYPE a counter\na_total 1\n");
        assertThat(Recording.ofCursor(body, ParserOptions.validating()).failure())
                .contains("expected # EOF");
    }

    @Test
    void aSampleHasManyLabelsInAnyOrder() {
        StringBuilder up = new StringBuilder();
        StringBuilder down = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            up.append(",l").append(i).append("=\"\"");
            down.append(",l").append(999 - i).append("=\"\"");
        }
        Validation.accepts("# TYPE a summary", "a_sum{x=\"1\"" + up + "} 1", "a_count{x=\"1\"" + down + "} 1");
        Validation.rejects(2, 1, "no sample twice", "a{x=\"1\"" + up + "} 1", "a{x=\"1\"" + down + "} 1");
    }

    @Test
    void samplesThatAreNotWantedCountTowardsTheLimit() {
        ParserOptions options = ParserOptions.validating()
                .withFamilies(Set.of("b"))
                .withLimits(ParserLimits.DEFAULTS.withMaxSamples(2));
        byte[] body = "a{x=\"1\"} 1\na{x=\"2\"} 1\na{x=\"3\"} 1\n# EOF\n".getBytes(UTF_8);
        assertThatThrownBy(() -> Exposition.parse(body, options)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void namesAreAsLongAndFamiliesAsManyAsTheLimitsAllow() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            body.append("# TYPE f").append(i).append(" counter\nf").append(i).append("_total 1\n");
        }
        String name = "n".repeat(5000);
        body.append("# TYPE ").append(name).append(" gauge\n").append(name).append(" 1\n");
        assertThat(Recording.ofCursor(bytes(body + "# EOF\n"), ParserOptions.validating())
                        .failure())
                .isNull();
        body.append("f7_created 1\n# EOF\n");
        assertThat(Recording.ofCursor(bytes(body.toString()), ParserOptions.validating())
                        .failure())
                .startsWith("line 2003, column 1: ")
                .contains("sample of the counter f7, which may have f7_created");
    }

    @Test
    void theTextFormatCannotBeValidated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParserOptions.validating().withFormat(ExpositionFormat.TEXT))
                .withMessageContaining("OPENMETRICS");
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.validating());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cursor.reset(ExpositionFormat.TEXT, GOOD, 0, GOOD.length));
    }

    @Test
    void aCursorThatRemembersDoesNotValidate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpositionCursor.remembering(ParserOptions.validating()))
                .withMessageContaining("new ExpositionCursor");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static void read(ExpositionCursor cursor, byte[] body) {
        cursor.reset(body, 0, body.length);
        while (cursor.next() != Event.END) {
            assertThat(cursor.line()).isPositive();
        }
    }
}
