package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor or reader that remembers the body before finds what one finds that does not, whatever was done to the body. */
class RescrapeTest {
    /** A remembering cursor, and what is true of the series that it saw in the body before. */
    private static final class Target {
        private final ParserOptions options;
        private final ExpositionCursor cursor;
        private final Map<String, Integer> ordinals = new HashMap<>();
        private Map<String, Double> before = new HashMap<>();
        private int generation;
        private final ExpositionReader reader;
        private final ChangeKeeper keeper;

        Target(ParserOptions options) {
            this.options = options;
            cursor = ExpositionCursor.remembering(options);
            reader = new ExpositionReader(options);
            keeper = new ChangeKeeper(options);
        }

        /** Reads a body and compares everything with a first sight of it; the number of samples that had changed. */
        int read(byte[] body, String context) {
            Recording anew = Recording.ofCursor(body, options);
            Recording.Recorder recorder = new Recording.Recorder();
            Map<String, Double> values = new HashMap<>();
            String failure = null;
            int changed = 0;
            try {
                cursor.reset(body, 0, body.length);
                if (cursor.generation() != generation) {
                    generation = cursor.generation();
                    ordinals.clear();
                    before.clear();
                }
                for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
                    recorder.add(event, cursor);
                    if (event == Event.SAMPLE) {
                        changed += checkSample(cursor.sample(), values, context) ? 1 : 0;
                    }
                }
            } catch (ExpositionException e) {
                failure = e.getMessage();
            }
            before = failure == null ? values : new HashMap<>();
            assertThat(failure).as(context).isEqualTo(anew.failure());
            assertThat(recorder.items()).as(context).isEqualTo(anew.items());
            assertThat(cursor.skipped().first()).as(context).isEqualTo(anew.firstSkipped());
            readRecords(body, failure, context);
            keeper.read(body, context);
            return changed;
        }

        private void readRecords(byte[] body, @Nullable String failure, String context) {
            if (failure != null) {
                assertThatExceptionOfType(ExpositionException.class)
                        .as(context)
                        .isThrownBy(() -> reader.read(body))
                        .withMessage(failure);
                return;
            }
            assertThat(reader.read(body)).as(context).isEqualTo(Exposition.parse(body, options));
        }

        private boolean checkSample(Sample sample, Map<String, Double> values, String context) {
            String series = sample.series().toString();
            assertThat(sample.ordinal()).as(context).isNotNegative();
            assertThat(ordinals.computeIfAbsent(series, s -> sample.ordinal()))
                    .as("%s in %s", series, context)
                    .isEqualTo(sample.ordinal());
            boolean repeated = values.containsKey(series);
            values.putIfAbsent(series, sample.value());
            if (!repeated && !sample.changed()) {
                assertThat(before).as(context).containsKey(series);
                assertThat(sample.value()).as(context).isEqualTo(before.get(series));
            }
            return sample.changed();
        }
    }

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

    private static void readAll(ExpositionCursor cursor, byte[] body) {
        cursor.reset(body, 0, body.length);
        while (cursor.next() != Event.END) {}
    }

    @Test
    void runsOfBlankLinesAndCommentsGrowShrinkAndMove() {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            Target target = new Target(ParserOptions.lenient(format));
            String lines = "a 1\n\n\n# x\n\nb 2\n# TYPE c gauge\n\nc 3\n";
            for (String body : List.of(
                    lines,
                    lines,
                    lines.replace("\n\n\n", "\n\n\n\n\n"),
                    lines.replace("# x\n", "# y\n").replace("b 2", "b 21"),
                    lines.replace("# x\n", ""),
                    lines.replace("\n\n", "\n"),
                    "\n\n# z\n" + lines + "\n\n\n",
                    "\n".repeat(5_000) + lines,
                    "\n".repeat(5_001) + lines,
                    "\n".repeat(5_001) + lines.replace("a 1", "a 2"),
                    lines)) {
                target.read(body.getBytes(ISO_8859_1), body);
            }
        }
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
    void aCursorThatRemembersNothingPassesOverNothing() {
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT));
        assertThat(changed(cursor, "a 1\n")).hasSize(1);
        assertThat(changed(cursor, "a 1\n")).hasSize(1);
        assertThat(cursor.hasSameSeries()).isFalse();
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

    @Test
    void afterAnExceptionNothingIsKnownOfTheSeriesBefore() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        changed(cursor, "a 1\nb 2\n");
        assertThatExceptionOfType(ExpositionException.class).isThrownBy(() -> changed(cursor, "a 1\nbad\n"));
        changed(cursor, "");
        assertThat(cursor.hasSameSeries()).isFalse();
    }

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
    void whichSeriesThereAreIsKnownOnlyAtTheEnd() {
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        byte[] body = bytes("a 1\nb 2\n");
        cursor.reset(body, 0, body.length);
        cursor.nextChanged();
        assertThatIllegalStateException().isThrownBy(cursor::hasSameSeries).withMessageContaining("until END");
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

    @Test
    void onlyValuesThatDifferAreChanged() {
        Target target = new Target(ParserOptions.strict(ExpositionFormat.TEXT));
        assertThat(target.read(bytes("# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 2\nb 3\n"), "first"))
                .isEqualTo(3);
        assertThat(target.read(bytes("# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 2\nb 3\n"), "same"))
                .isZero();
        assertThat(target.read(bytes("# TYPE a gauge\na{x=\"1\"} 1\na{x=\"2\"} 25\nb 3\n"), "longer"))
                .isEqualTo(1);
        assertThat(target.read(bytes("# TYPE a gauge\nb 3\na{x=\"2\"} 25\na{x=\"1\"} 1\n"), "another order"))
                .isLessThan(3);
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

    @TestFactory
    Stream<DynamicTest> findsTheSameInEditedCaptures() {
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                            byte[] body = SharedFolder.read(file);
                            editAndRead(body, body.length > 50_000 ? 4 : 20, body.length);
                        })));
    }

    @Test
    void findsTheSameInEditedBodies() {
        Random random = new Random(20261125);
        for (int i = 0; i < 400; i++) {
            StringBuilder body = new StringBuilder();
            for (int line = 0; line < 20; line++) {
                switch (random.nextInt(8)) {
                    case 0 -> body.append("# TYPE m").append(line).append(" gauge\n");
                    case 1 -> body.append("# HELP m").append(line).append(" a\\\\b\n");
                    case 2 -> body.append("m{x=\"a\\\"b\",y=\"").append(line).append("\"} 1 # {} 1\n");
                    case 3 -> body.append("m{x=\"").append(random.nextInt(3)).append("\"} 1 1790000000000\n");
                    default ->
                        body.append("m_")
                                .append(line)
                                .append("{x=\"")
                                .append(random.nextInt(3))
                                .append("\"} 1.0\n");
                }
            }
            editAndRead(bytes(body.append(random.nextBoolean() ? "# EOF\n" : "").toString()), 8, i);
        }
    }

    private static void editAndRead(byte[] body, int times, long seed) {
        List<ParserOptions> all = new ArrayList<>(ParserAgreement.ALL_OPTIONS);
        Set<String> families =
                Set.of("m", "m_3", "m_4", "brand_new", "vllm:request_prompt_tokens", "sglang:num_running_reqs");
        ParserAgreement.ALL_OPTIONS.forEach(options -> all.add(options.withFamilies(families)));
        for (ParserOptions options : all) {
            Random random = new Random(seed);
            Target target = new Target(options);
            byte[] current = body;
            for (int i = 0; i < times; i++) {
                target.read(
                        current,
                        options + " " + i + (current.length < 2_000 ? "\n" + new String(current, ISO_8859_1) : ""));
                current = edited(random.nextInt(6) == 0 ? body : current, random);
            }
        }
    }

    /** Other values, and lines that come, go, move, repeat, grow, shrink or are cut off. */
    private static byte[] edited(byte[] body, Random random) {
        List<String> lines = new ArrayList<>(Arrays.asList(new String(body, ISO_8859_1).split("(?<=\n)")));
        int edits = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(5);
        for (int i = 0; i < edits && lines.size() > 2; i++) {
            int line = random.nextInt(lines.size());
            String text = lines.get(line);
            switch (random.nextInt(10)) {
                case 0 -> lines.remove(line);
                case 1 -> lines.add(random.nextInt(lines.size()), text);
                case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(line));
                case 3 -> lines.add(line, "brand_new{y=\"" + random.nextInt(4) + "\"} " + random.nextInt(9) + "\n");
                case 4 -> lines.set(line, text.replaceFirst("\n$", random.nextInt(10) + "\n"));
                case 5 -> lines.set(line, text.replaceFirst(".\n$", "\n"));
                case 6 -> lines.set(line, text.length() < 4 ? text : text.substring(0, 3) + "x" + text.substring(3));
                case 7 -> lines.set(line, text.replaceFirst(" [0-9.e+]+\n$", " " + random.nextInt(1_000) + ".5\n"));
                case 8 -> lines = new ArrayList<>(lines.subList(0, line + 1));
                default -> {
                    for (int k = 0; k < lines.size(); k += 1 + random.nextInt(3)) {
                        lines.set(
                                k, lines.get(k).replaceFirst(" [0-9.e+]+\n$", " " + random.nextInt(100_000) + ".0\n"));
                    }
                }
            }
        }
        String text = String.join("", lines);
        return bytes(
                random.nextInt(12) == 0 && !text.isEmpty() ? text.substring(0, random.nextInt(text.length())) : text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
