package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cursor keeps of a target is bounded, lasts as long as its series do, and costs no more than a body is long. */
class RescrapeTest {
    @Test
    void manySeriesKeepTheirOrdinalsWhenTheSameBodyIsReadAgain() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            text.append("a{x=\"").append(i).append("\"} 1\n");
        }
        byte[] body = bytes(text.toString());
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        for (int i = 0; i < 4; i++) {
            cursor.reset(body, 0, body.length);
            while (cursor.next() != Event.END) {}
            assertThat(cursor.generation()).isEqualTo(1);
        }
    }

    @Test
    void aBodyInTheArrayOfTheOneBeforeIsReadAnew() {
        byte[] body = bytes("a 1\nb 2\n");
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        cursor.reset(body, 0, body.length);
        while (cursor.next() != Event.END) {}
        body[2] = '7';
        cursor.reset(body, 0, body.length);
        cursor.next();
        assertThat(cursor.sample().value()).isEqualTo(7);
    }

    @Test
    void seriesThatKeepComingAreForgottenAgain() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        int most = 0;
        for (int i = 0; i < 30; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 1_000; k++) {
                text.append("a{x=\"").append(1_000 * i + k).append("\"} 1\n");
            }
            byte[] body = bytes(text.toString());
            cursor.reset(body, 0, body.length);
            while (cursor.next() != Event.END) {
                most = Math.max(most, cursor.sample().ordinal());
            }
        }
        assertThat(most).isLessThan(8_000);
        assertThat(cursor.generation()).isPositive();
    }

    @Test
    void longLabelsThatKeepComingAreForgottenAgain() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        for (int i = 0; i < 40; i++) {
            byte[] body = bytes("a{x=\"" + "y".repeat(500_000) + i + "\"} 1\n");
            cursor.reset(body, 0, body.length);
            while (cursor.next() != Event.END) {}
        }
        assertThat(cursor.generation()).isGreaterThan(10);
    }

    /** Eight megabytes take some hundredths of a second, and would take many minutes were each line compared with all the rest. */
    @ParameterizedTest
    @ValueSource(strings = {"!\n", "a 1\n", "b%d 1 1790000000000\n", "b%d 1 # {} 1\n", "# comment\n", "\n"})
    @Timeout(60)
    void noLineIsComparedWithAllTheRest(String line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 8_000_000; i++) {
            text.append(line.replace("%d", Integer.toString(i)));
        }
        byte[] same = bytes(text.toString());
        byte[] shifted = bytes("b0 1\n" + "K 1\n" + text);
        for (ExpositionFormat format : ExpositionFormat.values()) {
            ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.lenient(format));
            for (byte[] body : List.of(same, same.clone(), shifted, same)) {
                cursor.reset(body, 0, body.length);
                while (cursor.next() != Event.END) {}
                cursor.reset(body.clone(), 0, body.length);
                while (cursor.nextChanged() != Event.END) {}
            }
            assertThat(cursor.line()).isPositive();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
