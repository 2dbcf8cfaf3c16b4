package io.inferencemetrics.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonStringTest {
    private static String textOf(String json) {
        return new String(JsonString.textOf(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void everyEscapeIsUndone() {
        assertThat(textOf(" \"a\\n\\t\\r\\b\\f\\\\\\/\\\"\\u00e9\\ud83d\\ude00\" ignored"))
                .isEqualTo("a\n\t\r\b\f\\/\"\u00e9\ud83d\ude00");
    }

    @Test
    void textLongerThanTheBufferArrivesWhole() {
        String text = "0123456789".repeat(5_000);
        assertThat(textOf('"' + text + '"')).isEqualTo(text);
    }

    @Test
    void escapesMayBeCutAnywhere() {
        byte[] json = "\"x\\u00e9\\ud83d\\ude00\\ny\"".getBytes(StandardCharsets.UTF_8);
        JsonString string = new JsonString();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < json.length; i++) {
            string.feed(json, i, i + 1, (piece, from, to) -> text.write(piece, from, to - from));
        }
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("x\u00e9\ud83d\ude00\ny");
    }
}
