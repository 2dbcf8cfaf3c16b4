package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionCursorTest {
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.TEXT);
    private static final ParserOptions LENIENT = ParserOptions.lenient(ExpositionFormat.TEXT);
    private static final ParserOptions OPENMETRICS = ParserOptions.strict(ExpositionFormat.OPENMETRICS);

    @Test
    void handsOutEverythingOnASampleLine() {
        ExpositionCursor cursor = cursor(
                "{\"q.n\", a = \"x\\\"y\" ,b=\"\"} 1.5 1.2345 # {t=\"\\\\\"} 0.5 2\n# EOF",
                ParserOptions.lenient(ExpositionFormat.OPENMETRICS));
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        Sample sample = cursor.sample();
        assertThat(sample.name()).hasToString("q.n");
        assertThat(cursor.name()).isSameAs(sample.name());
        assertThat(sample.labelCount()).isEqualTo(2);
        assertThat(sample.labelName(0)).hasToString("a");
        assertThat(sample.labelValue(0)).hasToString("x\"y");
        assertThat(sample.labelName(1)).hasToString("b");
        assertThat(sample.labelValue(1).isEmpty()).isTrue();
        assertThat(sample.series()).hasToString("{\"q.n\", a = \"x\\\"y\" ,b=\"\"}");
        assertThat(sample.value()).isEqualTo(1.5);
        assertThat(sample.hasTimestamp()).isTrue();
        assertThat(sample.timestampMillis()).isEqualTo(1234);
        assertThat(sample.timestampText()).hasToString("1.2345");
        assertThat(sample.timestampOutOfRange()).isFalse();
        assertThat(sample.hasExemplar()).isTrue();
        assertThat(sample.exemplar().labelCount()).isEqualTo(1);
        assertThat(sample.exemplar().labelName(0)).hasToString("t");
        assertThat(sample.exemplar().labelValue(0)).hasToString("\\");
        assertThat(sample.exemplar().value()).isEqualTo(0.5);
        assertThat(sample.exemplar().timestampMillis()).isEqualTo(2000);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> sample.labelName(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> sample.labelValue(-1));
    }

    @Test
    void keepsNothingOfTheLineBefore() {
        ExpositionCursor cursor = cursor("a{b=\"c\"} 1 2 # {t=\"x\"} 1 3\na 1\n# EOF\n", OPENMETRICS);
        cursor.next();
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        Sample sample = cursor.sample();
        assertThat(sample.labelCount()).isZero();
        assertThat(sample.series()).hasToString("a");
        assertThat(sample.hasTimestamp()).isFalse();
        assertThat(sample.timestampMillis()).isZero();
        assertThat(sample.timestampText().length()).isZero();
        assertThat(sample.hasExemplar()).isFalse();
        assertThatIllegalStateException().isThrownBy(sample::exemplar).withMessageContaining("hasExemplar()");
    }

    @Test
    void handsOutNothingOfALineThatThrew() {
        ExpositionCursor cursor = cursor("a 1\nb bad\n# EOF\n", OPENMETRICS);
        cursor.next();
        assertThatExceptionOfType(ExpositionException.class).isThrownBy(cursor::next);
        assertThatIllegalStateException().isThrownBy(cursor::sample);
    }

    @Test
    void handsOutMetadataAndTheLineItStandsOn() {
        ExpositionCursor cursor =
                cursor("# TYPE a_s gauge\n# UNIT a_s s\n# HELP a_s x\\ny\na_s 1\n# EOF\n", OPENMETRICS);
        assertThat(cursor.line()).isZero();
        assertThat(cursor.next()).isEqualTo(Event.TYPE);
        assertThat(cursor.type()).isEqualTo(MetricType.GAUGE);
        assertThat(cursor.name()).hasToString("a_s");
        assertThat(cursor.next()).isEqualTo(Event.UNIT);
        assertThat(cursor.unit()).hasToString("s");
        assertThat(cursor.next()).isEqualTo(Event.HELP);
        assertThat(cursor.help()).hasToString("x\ny");
        assertThat(cursor.line()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(cursor::sample).withMessageContaining("HELP, not on SAMPLE");
        assertThatIllegalStateException().isThrownBy(cursor::type);
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        assertThatIllegalStateException().isThrownBy(cursor::unit);
        assertThatIllegalStateException().isThrownBy(cursor::help);
        assertThat(cursor.next()).isEqualTo(Event.END);
        assertThat(cursor.next()).isEqualTo(Event.END);
        assertThatIllegalStateException().isThrownBy(cursor::name);
    }

    /** Nothing of the line before, nor of a body that stood in the same array before. */
    @Test
    void findsWhatMetadataSaysWheneverSomebodyAsks() {
        Random random = new Random(20261129);
        byte[] array = new byte[4_096];
        for (ExpositionCursor cursor : List.of(new ExpositionCursor(STRICT), ExpositionCursor.remembering(STRICT))) {
            for (int round = 0; round < 1_000; round++) {
                List<MetadataLine> lines = Stream.generate(() -> MetadataLine.any(random))
                        .limit(1 + random.nextInt(20))
                        .toList();
                byte[] body = lines.stream()
                        .map(line -> line.text() + "\n")
                        .collect(Collectors.joining())
                        .getBytes(UTF_8);
                int from = random.nextInt(8);
                System.arraycopy(body, 0, array, from, body.length);
                cursor.reset(array, from, from + body.length);
                for (MetadataLine line : lines) {
                    assertThat(cursor.next()).isEqualTo(line.type() == null ? Event.HELP : Event.TYPE);
                    for (int asked = random.nextInt(3); asked > 0; asked--) {
                        line.assertIsThatOf(cursor);
                    }
                }
                assertThat(cursor.next()).isEqualTo(Event.END);
            }
        }
    }

    private record MetadataLine(String name, @Nullable MetricType type, String help) {
        private static final MetricType[] TYPES = MetricType.values();
        private static final List<String> NAMES =
                List.of("a", "a_name", "another_name", "a_long_name_of_a_family_total");
        private static final List<String> HELPS = List.of("x", "Text that is longer.", "counter", "Text of \u00e4.");

        static MetadataLine any(Random random) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            return random.nextBoolean()
                    ? new MetadataLine(name, TYPES[random.nextInt(TYPES.length)], "")
                    : new MetadataLine(name, null, HELPS.get(random.nextInt(HELPS.size())));
        }

        String text() {
            return type == null ? "# HELP " + name + ' ' + help : "# TYPE " + name + ' ' + type.word();
        }

        void assertIsThatOf(ExpositionCursor cursor) {
            assertThat(cursor.name()).hasToString(name);
            if (type == null) {
                assertThat(cursor.help()).hasToString(help);
            } else {
                assertThat(cursor.type()).isEqualTo(type);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a 1#b 2x      | 2 | 3  | expected a number as value, found \"2x\"",
                "a.b 1         | 1 | 2  | expected a space before the value, found \".b 1\"",
                "a{b='1',b='2'} 1 | 1 | 9 | expected a label name that is not there already, found \"b=\"2\"} 1\"",
                "a{b='1' 1     | 1 | 9  | expected ',' or '}' in the labels, found \"1\"",
                "a{b='1        | 1 | 5  | expected a quoted text that ends on its line, found \"\"1\"",
                "a 1 1.5       | 1 | 5  | expected an integer of milliseconds as timestamp, found \"1.5\"",
                "a 1e999       | 1 | 3  | expected a value within the range of a double, found \"1e999\"",
                "a             | 1 | 2  | expected a space before the value, found the end of the line",
                "{b='1'} 1     | 1 | 1  | expected a metric name, found \"{b=\"1\"} 1\"",
                "{'b','c'} 1   | 1 | 6  | expected a single metric name, found \"\"c\"} 1\"",
                "# TYPE 1 x    | 1 | 8  | expected a metric name, found \"1 x\""
            })
    void saysWhereAndWhyABodyIsBad(String body, long line, int column, String reason) {
        byte[] bytes = body.strip().replace('\'', '"').replace("1#b", "1\nb").getBytes(UTF_8);
        ExpositionException e = catchThrowableOfType(ExpositionException.class, () -> Exposition.parse(bytes, STRICT));
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.column()).isEqualTo(column);
        assertThat(e.reason()).isEqualTo(reason);
        assertThat(e).hasMessage("line " + line + ", column " + column + ": " + reason);
    }

    @Test
    void staysOnTheLastLineWhereTheEndMarkIsMissing() {
        for (boolean remembers : new boolean[] {false, true}) {
            ParserOptions options = ParserOptions.lenient(ExpositionFormat.OPENMETRICS);
            ExpositionCursor cursor = remembers ? ExpositionCursor.remembering(options) : new ExpositionCursor(options);
            byte[] body = "a 1\nb 2\n".getBytes(UTF_8);
            cursor.reset(body, 0, body.length);
            while (cursor.next() != Event.END) {
                assertThat(cursor.line()).isPositive();
            }
            assertThat(cursor.line()).isEqualTo(2);
            assertThat(cursor.skipped().first().get(0).line()).isEqualTo(3);
        }
    }

    @Test
    void showsOnlyPrintableAsciiOfABadLine() {
        ExpositionException e = catchThrowableOfType(
                ExpositionException.class,
                () -> Exposition.parse(("a \u001b[31m\u00e4" + "x".repeat(100)).getBytes(UTF_8), STRICT));
        assertThat(e.reason())
                .isEqualTo("expected a number as value, found \"\\x1b[31m\\xc3\\xa4" + "x".repeat(17) + "...\"");
    }

    @Test
    void countsSkippedLinesAndKeepsTheFirst() {
        ExpositionCursor cursor = cursor("bad\nok 1\n" + "worse 1d\n".repeat(10), LENIENT);
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        assertThat(cursor.skipped().count()).isEqualTo(1);
        assertThat(cursor.next()).isEqualTo(Event.END);
        SkippedLines skipped = cursor.skipped();
        assertThat(skipped.count()).isEqualTo(11);
        assertThat(skipped.first()).hasSize(SkippedLines.REMEMBERED);
        assertThat(skipped.first().get(1))
                .isEqualTo(new SkippedLine(3, 7, "expected a number as value, found \"1d\"", "worse 1d"));
        reset(cursor, "ok 1\n");
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        assertThat(cursor.skipped()).isEqualTo(SkippedLines.NONE);
    }

    @Test
    void noticesAnOpenMetricsBodyThatWasCutOff() {
        byte[] cut = "a 1\n".getBytes(UTF_8);
        assertThatThrownBy(() -> Exposition.parse(cut, OPENMETRICS))
                .hasMessage("line 2, column 1: expected # EOF at the end of the body, which may have been cut off,"
                        + " found the end of the line");
        Exposition lenient = Exposition.parse(cut, ParserOptions.lenient(ExpositionFormat.OPENMETRICS));
        assertThat(lenient.families()).hasSize(1);
        assertThat(lenient.skipped().count()).isEqualTo(1);
    }

    @Test
    void readsAnotherFormatFromBodyToBody() {
        ExpositionCursor cursor = cursor("a 1 5\n", STRICT);
        cursor.next();
        assertThat(cursor.sample().timestampMillis()).isEqualTo(5);
        byte[] openMetrics = "a 1 5\n# EOF".getBytes(UTF_8);
        cursor.reset(ExpositionFormat.OPENMETRICS, openMetrics, 0, openMetrics.length);
        cursor.next();
        assertThat(cursor.sample().timestampMillis()).isEqualTo(5000);
        reset(cursor, "a 1 5\n");
        cursor.next();
        assertThat(cursor.sample().timestampMillis()).isEqualTo(5);
    }

    @Test
    void readsOnOnlyAfterAReset() {
        ExpositionCursor cursor = new ExpositionCursor(STRICT);
        assertThatIllegalStateException().isThrownBy(cursor::next).withMessageContaining("call reset first");
        reset(cursor, "bad\ngood 1\n");
        assertThatThrownBy(cursor::next).isInstanceOf(ExpositionException.class);
        assertThatIllegalStateException().isThrownBy(cursor::next);
        reset(cursor, "good 1\n");
        assertThat(cursor.next()).isEqualTo(Event.SAMPLE);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cursor.reset(new byte[3], 1, 4));
    }

    /** A time is compared with the last one, and before the first there is none. */
    @Test
    void bytesThatAreNoTimeAreNone() {
        byte[] body = ("a 1 " + "\0".repeat(13) + "\nbb 1\n").getBytes(UTF_8);
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT));
        cursor.reset(body, 0, body.length);
        assertThatExceptionOfType(ExpositionException.class).isThrownBy(cursor::next);
    }

    @Test
    void findsARepeatedLabelAmongManyWithEqualHashes() {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            // "Aa" and "BB" hash alike
            String name = Integer.toBinaryString(64 + i).replace("0", "Aa").replace("1", "BB");
            labels.append(name).append("=\"").append(i).append("\",");
        }
        assertThat(Exposition.parse(("a{" + labels + "} 1\n").getBytes(UTF_8), STRICT)
                        .families()
                        .get(0)
                        .samples()
                        .get(0)
                        .labels())
                .hasSize(64);
        byte[] repeated = ("a{" + labels + "BBAaAaAaAaAaAa=\"x\"} 1\n").getBytes(UTF_8);
        assertThatThrownBy(() -> Exposition.parse(repeated, STRICT)).hasMessageContaining("not there already");
        assertThat(Exposition.parse(repeated, LENIENT)
                        .families()
                        .get(0)
                        .samples()
                        .get(0)
                        .labels())
                .hasSize(64)
                .containsEntry("BBAaAaAaAaAaAa", "x");
    }

    private static ExpositionCursor cursor(String body, ParserOptions options) {
        ExpositionCursor cursor = new ExpositionCursor(options);
        reset(cursor, body);
        return cursor;
    }

    private static void reset(ExpositionCursor cursor, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        cursor.reset(bytes, 0, bytes.length);
    }
}
