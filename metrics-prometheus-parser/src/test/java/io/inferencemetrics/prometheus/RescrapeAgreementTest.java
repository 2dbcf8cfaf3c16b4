package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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

/** A cursor or reader that remembers the body before finds what one finds that does not, whatever was done to the body. */
class RescrapeAgreementTest {
    private static final int SMALL = 2_000;

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
    void familiesInAnotherOrderAreReadManyValuesAtATime() {
        StringBuilder first = new StringBuilder("# TYPE a gauge\n");
        StringBuilder second = new StringBuilder("# TYPE b gauge\n");
        for (int i = 0; i < 100; i++) {
            first.append("a{x=\"%d\"} %d\n".formatted(i, i));
            second.append("b{x=\"%d\"} %d\n".formatted(i, i));
        }
        ExpositionCursor cursor = ExpositionCursor.remembering(ParserOptions.strict(ExpositionFormat.TEXT));
        Changes changes = new Changes();
        byte[] before = bytes(first + "" + second);
        byte[] body =
                bytes(second.toString().replace("} 5", "} 6") + first.toString().replace("} 7", "} 8"));
        cursor.reset(before, 0, before.length);
        while (cursor.next() != Event.END) {}
        cursor.reset(body, 0, body.length);
        int many = 0;
        int single = 0;
        do {
            for (int count = cursor.nextChanges(changes); count > 0; count = cursor.nextChanges(changes)) {
                many += count;
            }
            single += cursor.nextChanged() == Event.SAMPLE ? 1 : 0;
        } while (cursor.line() < 202);
        assertThat(many).isEqualTo(22);
        assertThat(single).isLessThanOrEqualTo(2);
        assertThat(cursor.nextChanged()).isEqualTo(Event.END);
        assertThat(cursor.hasSameSeries()).isTrue();
    }

    private static void editAndRead(byte[] body, int times, long seed) {
        List<ParserOptions> all = new ArrayList<>(ParserAgreement.ALL_OPTIONS);
        Set<String> families =
                Set.of("m", "m_3", "m_4", "brand_new", "vllm:request_prompt_tokens", "sglang:num_running_reqs");
        ParserAgreement.ALL_OPTIONS.forEach(options -> all.add(options.withFamilies(families)));
        if (body.length < SMALL) {
            int samples = Recording.ofCursor(body, ParserOptions.lenient(ExpositionFormat.TEXT))
                    .samples()
                    .size();
            long limit = Math.max(1, samples + seed % 4 - 1);
            ParserAgreement.ALL_OPTIONS.forEach(
                    options -> all.add(options.withLimits(ParserLimits.DEFAULTS.withMaxSamples(limit))));
        }
        for (ParserOptions options : all) {
            Random random = new Random(seed);
            Target target = new Target(options);
            byte[] current = body;
            for (int i = 0; i < times; i++) {
                target.read(
                        current,
                        options + " " + i + (current.length < SMALL ? "\n" + new String(current, ISO_8859_1) : ""));
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
            switch (random.nextInt(12)) {
                case 0 -> lines.remove(line);
                case 1 -> lines.add(random.nextInt(lines.size()), text);
                case 2 -> lines.add(random.nextInt(lines.size()), lines.remove(line));
                case 3 -> lines.add(line, "brand_new{y=\"" + random.nextInt(4) + "\"} " + random.nextInt(9) + "\n");
                case 4 -> lines.set(line, text.replaceFirst("\n$", random.nextInt(10) + "\n"));
                case 5 -> lines.set(line, text.replaceFirst(".\n$", "\n"));
                case 6 -> lines.set(line, text.length() < 4 ? text : text.substring(0, 3) + "x" + text.substring(3));
                case 7 -> lines.set(line, text.replaceFirst(" [0-9.e+]+\n$", " " + random.nextInt(1_000) + ".5\n"));
                case 8 -> lines = new ArrayList<>(lines.subList(0, line + 1));
                case 9 -> Collections.rotate(lines.subList(line, lines.size()), 1 + random.nextInt(20));
                case 10 -> {
                    int end = Math.min(lines.size(), line + 1 + random.nextInt(20));
                    lines.addAll(random.nextInt(lines.size()), new ArrayList<>(lines.subList(line, end)));
                }
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
