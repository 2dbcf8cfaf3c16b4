package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByteSliceTest {
    private static final byte[] ARRAY = "..vllm:x\u00e4..".getBytes(UTF_8);

    private final ByteSlice slice = new ByteSlice().set(ARRAY, 2, ARRAY.length - 2);

    @Test
    void showsItsBytesAndNoOthers() {
        assertThat(slice.length()).isEqualTo(8);
        assertThat(slice.offset()).isEqualTo(2);
        assertThat(slice.array()).isSameAs(ARRAY);
        assertThat(slice.byteAt(0)).isEqualTo((byte) 'v');
        assertThat(slice.byteAt(7)).isEqualTo((byte) 0xa4);
        assertThat(slice).hasToString("vllm:x\u00e4");
        assertThat(slice.toByteArray()).isEqualTo("vllm:x\u00e4".getBytes(UTF_8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.byteAt(8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.byteAt(-1));
        assertThat(slice.isEmpty()).isFalse();
        assertThat(new ByteSlice().isEmpty()).isTrue();
    }

    @Test
    void comparesWithBytesAndAsciiText() {
        assertThat(slice.contentEquals("vllm:x\u00e4".getBytes(UTF_8))).isTrue();
        assertThat(slice.contentEquals("vllm:x".getBytes(UTF_8))).isFalse();
        assertThat(slice.contentEquals("vllm:x\u00e4")).isFalse();
        ByteSlice ascii = ByteSlice.of("vllm:x");
        assertThat(ascii.contentEquals("vllm:x")).isTrue();
        assertThat(ascii.contentEquals("vllm:y")).isFalse();
        assertThat(ascii.contentEquals("vllm:x_")).isFalse();
        assertThat(ByteSlice.of("\u00e4").contentEquals("\u00e4\u00e4")).isFalse();
    }

    @Test
    void comparesItsStartAndEnd() {
        assertThat(slice.startsWith("vllm:")).isTrue();
        assertThat(slice.startsWith("vllm:x\u00e4")).isFalse();
        assertThat(slice.startsWith("vllm:x......")).isFalse();
        assertThat(slice.startsWith("vllm:".getBytes(UTF_8))).isTrue();
        assertThat(slice.startsWith("llm".getBytes(UTF_8))).isFalse();
        assertThat(slice.startsWith(new byte[20])).isFalse();
        assertThat(ByteSlice.of("a_total").endsWith("_total")).isTrue();
        assertThat(ByteSlice.of("a_total").endsWith("_sum")).isFalse();
        assertThat(ByteSlice.of("l").endsWith("_total")).isFalse();
    }

    @Test
    void looksUpACopyInAMap() {
        Map<ByteSlice, Integer> map = new HashMap<>();
        map.put(slice.copy(), 7);
        assertThat(map.get(slice)).isEqualTo(7);
        assertThat(map.get(ByteSlice.of("vllm:x\u00e4"))).isEqualTo(7);
        assertThat(map.get(ByteSlice.of("vllm:y"))).isNull();
        assertThat(slice.hashCode()).isEqualTo(slice.copy().hashCode());
        assertThat(slice).isNotEqualTo("vllm:x\u00e4");
    }
}
