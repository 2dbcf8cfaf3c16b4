package io.inferencemetrics.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonStringTest {
    private static String textOf(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new String(new JsonString().textOf(bytes, bytes.length), StandardCharsets.UTF_8);
    }

    @Test
    void everyEscapeIsUndone() {
        assertThat(textOf(" \"a\\n\\t\\r\\b\\f\\\\\\/\\\"\\u00e9\\ud83d\\ude00\" ignored"))
                .isEqualTo("a\n\t\r\b\f\\/\"\u00e9\ud83d\ude00");
    }

    @Test
    void aTextThatIsCutOffIsTextAsFarAsItGoes() {
        assertThat(textOf("\"abc\\n")).isEqualTo("abc\n");
        assertThat(textOf("\"abc\\u00")).isEqualTo("abc");
    }
}
