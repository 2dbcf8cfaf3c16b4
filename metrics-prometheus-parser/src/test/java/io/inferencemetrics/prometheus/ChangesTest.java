package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who keeps the values of a target is told which changed, one by one or many at a time, and whether the series are the same. */
class ChangesTest {
    @Test
    void whatIsTheSameIsPassedOver() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        String before = "# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 2 1790000000000\n# HELP b c\nb 3\n";
        assertThat(changed(cursor, before)).hasSize(5);
        assertThat(cursor.hasSameSeries()).isFalse();
        assertThat(changed(cursor, before)).isEmpty();
        assertThat(cursor.hasSameSeries()).isTrue();
        assertThat(cursor.line()).isEqualTo(5);
        assertThat(changed(cursor, before.replace("b 3", "b 14"))).containsExactly("5: SAMPLE b 14.0");
        assertThat(changed(cursor, before)).containsExactly("5: SAMPLE b 3.0");
        assertThat(changed(cursor, before.replace("000\n", "001\n"))).containsExactly("3: SAMPLE a{x=\"2\"} 2.0");
        assertThat(changed(cursor, before.replace(" 1790000000000", ""))).containsExactly("3: SAMPLE a{x=\"2\"} 2.0");
        assertThat(cursor.hasSameSeries()).isTrue();
    }

    @Test
    void seriesThatComeOrGoAreTold() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        List<String> bodies = List.of(
                "a 1\nb 2\n", "a 1\nb 2\nc 3\n", "b 2\nc 3\na 1\n", "b 2\nd 3\na 1\n", "b 2\nd 3\n", "b 2\nd 4\n");
        List<Boolean> same = new ArrayList<>();
        for (String body : bodies) {
            changed(cursor, body);
            same.add(cursor.hasSameSeries());
        }
        assertThat(same).containsExactly(false, false, true, false, false, true);
    }

    @Test
    void whichSeriesThereAreIsKnownOnlyAtTheEnd() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        byte[] body = bytes("a 1\nb 2\n");
        cursor.reset(body, 0, body.length);
        cursor.nextChanged();
        assertThatIllegalStateException().isThrownBy(cursor::hasSameSeries).withMessageContaining("until END");
    }

    @Test
    void afterAnExceptionNothingIsKnownOfTheSeriesBefore() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        changed(cursor, "a 1\nb 2\n");
        assertThatExceptionOfType(ExpositionException.class).isThrownBy(() -> changed(cursor, "a 1\nbad\n"));
        changed(cursor, "");
        assertThat(cursor.hasSameSeries()).isFalse();
    }

    @Test
    void aCursorThatRemembersNothingPassesOverNothing() {
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT));
        assertThat(changed(cursor, "a 1\n")).hasSize(1);
        assertThat(changed(cursor, "a 1\n")).hasSize(1);
        assertThat(cursor.hasSameSeries()).isFalse();
    }

    @Test
    void valuesThatChangedComeManyAtATimeAndWithTheirTimes() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        Changes changes = new Changes();
        byte[] before = bytes("# TYPE a gauge\na 1\nb 2 1790000000000\nc 3\nd 4 1790000000000\n# the end\n");
        byte[] body = bytes("# TYPE a gauge\na 17\nb 2 1790000000001\nc 3\nd 5 1790000000000\n# the end\n");
        cursor.reset(before, 0, before.length);
        assertThat(cursor.nextChanges(changes)).isZero();
        while (cursor.next() != Event.END) {}
        cursor.reset(body, 0, body.length);
        assertThat(cursor.nextChanges(changes)).isEqualTo(3);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < changes.count(); i++) {
            String time = changes.hasTimestamp(i) ? " at " + changes.timestampMillis(i) : "";
            found.add(changes.ordinal(i) + ": " + changes.value(i) + time);
        }
        assertThat(found).containsExactly("0: 17.0", "1: 2.0 at 1790000000001", "3: 5.0 at 1790000000000");
        assertThat(changes.timestampMillis(0)).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> changes.value(3));
        assertThat(cursor.nextChanges(changes)).isZero();
        assertThat(cursor.nextChanged()).isEqualTo(Event.END);
        assertThat(cursor.hasSameSeries()).isTrue();
    }

    @Test
    void moreChangesThanThereIsRoomForComeInSeveralParts() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        Changes changes = new Changes();
        StringBuilder before = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            before.append("a").append(i).append(" 1\n");
        }
        readAll(cursor, bytes(before.toString()));
        byte[] body = bytes(before.toString().replace(" 1\n", " 2.5\n"));
        cursor.reset(body, 0, body.length);
        int expected = 0;
        for (int count = cursor.nextChanges(changes); count > 0; count = cursor.nextChanges(changes)) {
            for (int i = 0; i < count; i++) {
                assertThat(changes.ordinal(i)).isEqualTo(expected++);
                assertThat(changes.value(i)).isEqualTo(2.5);
            }
        }
        while (cursor.nextChanged() != Event.END) {
            assertThat(cursor.sample().ordinal()).isEqualTo(expected++);
        }
        assertThat(expected).isEqualTo(1_000);
    }

    @Test
    void aLargeBodyIsReadManyValuesAtATimeToo() {
        ExpositionCursor cursor = ExpositionCursor.remembering(
                ParserOptions.strict(ExpositionFormat.TEXT).withLimits(ParserLimits.DEFAULTS.withMaxSamples(4)));
        Changes changes = new Changes();
        readAll(cursor, bytes("a 1\nb 1\nc 1\nd 1\n# the end\n"));
        byte[] body = bytes("a 2\nb 2\nc 2\nd 2\n# the end\n");
        cursor.reset(body, 0, body.length);
        assertThat(cursor.nextChanges(changes)).isEqualTo(4);
        assertThat(cursor.nextChanged()).isEqualTo(Event.END);
    }

    @Test
    void aCursorThatRemembersNothingHasNoChanges() {
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT));
        byte[] body = bytes("a 1\n");
        for (int i = 0; i < 2; i++) {
            cursor.reset(body, 0, body.length);
            assertThat(cursor.nextChanges(new Changes())).isZero();
            assertThat(cursor.nextChanged()).isEqualTo(Event.SAMPLE);
        }
    }

    private static List<String> changed(ExpositionCursor cursor, String text) {
        byte[] body = bytes(text);
        List<String> changed = new ArrayList<>();
        cursor.reset(body, 0, body.length);
        for (Event event = cursor.nextChanged(); event != Event.END; event = cursor.nextChanged()) {
            Object what = event == Event.SAMPLE
                    ? cursor.sample().series() + " " + cursor.sample().value()
                    : cursor.name();
            changed.add(cursor.line() + ": " + event + " " + what);
        }
        return changed;
    }

    private static void readAll(ExpositionCursor cursor, byte[] body) {
        cursor.reset(body, 0, body.length);
        while (cursor.next() != Event.END) {}
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
