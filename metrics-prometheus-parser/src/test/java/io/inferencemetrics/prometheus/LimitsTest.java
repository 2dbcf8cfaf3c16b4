package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferencemetrics.prometheus.LimitExceededException.Limit;
import org.junit.jupiter.api.Test;

/** Each bound throws in strict and in lenient mode, through cursor and stream, and exactly past the bound. */
class LimitsTest {
    private static final ParserLimits LIMITS = ParserLimits.DEFAULTS;

    @Test
    void aLongLineIsRefused() {
        ParserLimits limits = LIMITS.withMaxLineBytes(10);
        check(limits, "a 1\nabcdefgh 1\n", "a 1\nabcdefghi 1\n", Limit.LINE_BYTES, 10, 2);
        check(limits, "a 1\nabcdefgh 1", "a 1\nabcdefghi 1", Limit.LINE_BYTES, 10, 2);
        check(limits, "# comment", "# comments and more", Limit.LINE_BYTES, 10, 1);
        String rest = "\n# TYPE b_of_another_family gauge\n";
        check(
                LIMITS.withMaxLineBytes(32),
                "# HELP a Text of 32 bytes in all" + rest,
                "# HELP a Text of 33 bytes in all." + rest,
                Limit.LINE_BYTES,
                32,
                1);
    }

    @Test
    void aLineThatNeverEndsIsRefusedBeforeItIsKept() {
        ExpositionStream stream = new ExpositionStream(
                ParserOptions.lenient(ExpositionFormat.TEXT).withLimits(LIMITS.withMaxLineBytes(100)), sample -> {});
        byte[] chunk = "x".repeat(60).getBytes(UTF_8);
        stream.feed(chunk, 0, chunk.length);
        assertThatThrownBy(() -> stream.feed(chunk, 0, chunk.length)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void manyLabelsAreRefused() {
        ParserLimits limits = LIMITS.withMaxLabels(2);
        check(limits, "a{b=\"\",c=\"\"} 1\n", "a{b=\"\",c=\"\",d=\"\"} 1\n", Limit.LABELS, 2, 1);
    }

    @Test
    void manyLabelsOnAnExemplarAreRefused() {
        LimitExceededException e = catchThrowableOfType(
                LimitExceededException.class,
                () -> Exposition.parse(
                        "a 1 # {b=\"\",c=\"\"} 1\n# EOF\n".getBytes(UTF_8),
                        ParserOptions.strict(ExpositionFormat.OPENMETRICS).withLimits(LIMITS.withMaxLabels(1))));
        assertThat(e.limit()).isEqualTo(Limit.LABELS);
    }

    @Test
    void manySamplesAreRefused() {
        check(LIMITS.withMaxSamples(2), "a 1\n\nb 1\n# HELP c d\n", "a 1\n\nb 1\nc 1\n", Limit.SAMPLES, 2, 4);
    }

    @Test
    void aLargeBodyIsRefused() {
        check(LIMITS.withMaxBodyBytes(8), "a 1\nb 1\n", "a 1\nb 1\n\n", Limit.BODY_BYTES, 8, 1);
    }

    @Test
    void theLimitsCountAnewForEachBody() {
        ParserOptions options = ParserOptions.strict(ExpositionFormat.TEXT)
                .withLimits(LIMITS.withMaxSamples(1).withMaxBodyBytes(5));
        byte[] body = "a 1\n".getBytes(UTF_8);
        ExpositionCursor cursor = new ExpositionCursor(options);
        ExpositionStream stream = new ExpositionStream(options, sample -> {});
        for (int i = 0; i < 3; i++) {
            cursor.reset(body, 0, body.length);
            assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
            assertThat(cursor.next()).isEqualTo(Event.END);
            stream.reset();
            stream.feed(body, 0, body.length);
            stream.finish();
        }
    }

    @Test
    void limitsBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIMITS.withMaxLabels(0))
                .withMessageContaining("maxLabels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIMITS.withMaxLineBytes(-1))
                .withMessageContaining("-1");
    }

    private static void check(ParserLimits limits, String within, String beyond, Limit limit, long allowed, long line) {
        for (boolean lenient : new boolean[] {false, true}) {
            ParserOptions options = (lenient
                            ? ParserOptions.lenient(ExpositionFormat.TEXT)
                            : ParserOptions.strict(ExpositionFormat.TEXT))
                    .withLimits(limits);
            assertThat(Recording.ofCursor(within.getBytes(UTF_8), options).accepted())
                    .isTrue();
            assertThat(Recording.ofStream(within.getBytes(UTF_8), options, 1, 3).accepted())
                    .isTrue();
            byte[] body = beyond.getBytes(UTF_8);
            checkException(() -> Exposition.parse(body, options), limit, allowed, line);
            ExpositionStream stream = new ExpositionStream(options, sample -> {});
            checkException(
                    () -> {
                        stream.feed(body, 0, body.length);
                        stream.finish();
                    },
                    limit,
                    allowed,
                    line);
        }
    }

    private static void checkException(Runnable parse, Limit limit, long allowed, long line) {
        LimitExceededException e = catchThrowableOfType(LimitExceededException.class, parse::run);
        assertThat(e).isNotNull();
        assertThat(e.limit()).isEqualTo(limit);
        assertThat(e.allowed()).isEqualTo(allowed);
        assertThat(e.line()).isEqualTo(line);
        assertThat(e).hasMessageContaining("more than " + allowed).hasMessageContaining("ParserLimits.max");
    }
}
