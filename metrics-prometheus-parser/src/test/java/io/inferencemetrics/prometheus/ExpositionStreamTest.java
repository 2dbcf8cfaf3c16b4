package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionStreamTest {
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.TEXT);

    private final List<String> found = new ArrayList<>();
    private final ExpositionStream stream =
            new ExpositionStream(STRICT, sample -> found.add(sample.name() + "=" + sample.value()));

    @Test
    void callsTheHandlerAsSoonAsALineIsComplete() {
        feed("a 1\nb");
        assertThat(found).containsExactly("a=1.0");
        feed(" 2");
        assertThat(found).hasSize(1);
        assertThat(stream.line()).isEqualTo(1);
        feed("\n");
        assertThat(found).containsExactly("a=1.0", "b=2.0");
        feed("c 3");
        stream.finish();
        assertThat(found).containsExactly("a=1.0", "b=2.0", "c=3.0");
        assertThat(stream.line()).isEqualTo(3);
    }

    @Test
    void takesBuffersOfAnyKindAndConsumesThem() {
        byte[] body = "xxa 1\nyy".getBytes(UTF_8);
        ByteBuffer slice = ByteBuffer.wrap(body, 1, 6).slice().position(1).limit(5);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(body.length).put(body).position(2).limit(6);
        for (ByteBuffer buffer : List.of(slice, slice.duplicate().position(1).asReadOnlyBuffer(), direct)) {
            stream.feed(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        assertThat(found).containsExactly("a=1.0", "a=1.0", "a=1.0");
    }

    @Test
    void forgetsACutLineWithAReset() {
        feed("a 1\nb 2");
        stream.reset();
        feed("c 4\n");
        stream.finish();
        assertThat(found).containsExactly("a=1.0", "c=4.0");
    }

    @Test
    void readsAnotherFormatFromBodyToBody() {
        stream.reset(ExpositionFormat.OPENMETRICS);
        feed("a 1\n");
        assertThatThrownBy(stream::finish).hasMessageContaining("# EOF");
        stream.reset();
        feed("a 1\n");
        stream.finish();
    }

    @Test
    void readsOnOnlyAfterAReset() {
        assertThatThrownBy(() -> feed("bad\ngood 1\n")).isInstanceOf(ExpositionException.class);
        assertThatIllegalStateException().isThrownBy(() -> feed("good 1\n")).withMessageContaining("call reset first");
        assertThatIllegalStateException().isThrownBy(stream::finish);
        stream.reset();
        stream.finish();
        assertThatIllegalStateException().isThrownBy(() -> feed("good 1\n"));
        stream.reset();
        feed("good 1\n");
        assertThat(found).containsExactly("good=1.0");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> stream.feed(new byte[2], 0, 3));
    }

    @Test
    void letsThroughWhatTheHandlerThrows() {
        ExpositionStream throwing = new ExpositionStream(STRICT, sample -> {
            throw new UnsupportedOperationException("enough");
        });
        byte[] body = "a 1\n".getBytes(UTF_8);
        assertThatThrownBy(() -> throwing.feed(body, 0, body.length)).hasMessage("enough");
        assertThatIllegalStateException().isThrownBy(() -> throwing.feed(body, 0, body.length));
    }

    @Test
    void aHandlerNeedsToCareForSamplesOnly() {
        stream.reset(ExpositionFormat.OPENMETRICS);
        feed("# TYPE a_s gauge\n# HELP a_s b\n# UNIT a_s s\na_s 1\n# EOF\n");
        stream.finish();
        assertThat(found).containsExactly("a_s=1.0");
        assertThat(stream.skipped()).isEqualTo(SkippedLines.NONE);
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        stream.feed(bytes, 0, bytes.length);
    }
}
