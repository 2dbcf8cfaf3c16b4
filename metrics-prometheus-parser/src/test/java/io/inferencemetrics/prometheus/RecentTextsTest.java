package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentTextsTest {
    private final RecentTexts texts = new RecentTexts();

    @Test
    void theSameTextIsTheSameString() {
        String first = texts.string(ByteSlice.of("engine"));
        for (int i = 0; i < 1_000; i++) {
            assertThat(texts.string(ByteSlice.of("x" + i))).isEqualTo("x" + i);
        }
        assertThat(texts.string(ByteSlice.of("engine"))).isEqualTo("engine").isSameAs(first);
        assertThat(texts.string(ByteSlice.of(""))).isEmpty();
    }

    @Test
    void theSameLabelsAreTheSameMap() {
        Map<String, String> first = labels("a{x=\"1\",y=\"0\"} 1");
        assertThat(labels("a{x=\"0\",y=\"1\"} 1")).isEqualTo(Map.of("x", "0", "y", "1"));
        assertThat(labels("a{x=\"1\"} 1")).isEqualTo(Map.of("x", "1"));
        assertThat(labels("b{x=\"1\",y=\"0\"} 2"))
                .isEqualTo(Map.of("x", "1", "y", "0"))
                .isSameAs(first);
        assertThat(labels("b 2")).isEmpty();
    }

    @Test
    void onlyTheLatestOfVeryManyAreKept() {
        ByteSlice early = ByteSlice.of("early");
        String first = texts.string(early);
        int many = 200_000;
        for (int i = 0; i < many; i++) {
            ByteSlice text = ByteSlice.of("text" + i);
            assertThat(texts.string(text)).isEqualTo("text" + i);
            assertThat(texts.string(text)).isSameAs(texts.string(text));
        }
        assertThat(texts.string(early)).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void longTextsAreNotKept() {
        ByteSlice text = ByteSlice.of("x".repeat(1_000));
        assertThat(texts.string(text)).isEqualTo(text.toString()).isNotSameAs(texts.string(text));
        String line = "a{x=\"" + text + "\"} 1";
        assertThat(labels(line)).isEqualTo(Map.of("x", text.toString())).isNotSameAs(labels(line));
    }

    @Test
    void textsOfTheSameHashAreToldApart() {
        List<String> sameHash = List.of("AaAaAa", "AaAaBB", "AaBBAa", "AaBBBB", "BBAaAa", "BBAaBB", "BBBBAa", "BBBBBB");
        for (int i = 0; i < 3; i++) {
            for (String text : sameHash) {
                assertThat(texts.string(ByteSlice.of(text))).isEqualTo(text);
            }
        }
    }

    private LabelMap labels(String line) {
        byte[] body = (line + "\n").getBytes(UTF_8);
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT));
        cursor.reset(body, 0, body.length);
        cursor.next();
        return texts.labels((ParsedSample) cursor.sample());
    }
}
