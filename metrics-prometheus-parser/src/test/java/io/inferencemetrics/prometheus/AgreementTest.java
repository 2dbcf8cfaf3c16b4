package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Cursor, stream and the slow oracle say the same about real, generated and cut bodies. */
class AgreementTest {
    private static final String SMALL_BODY = """
            # HELP a \u00e4 \\\\ \\n \u20ac
            # TYPE a histogram\r
            a_bucket{le="+Inf",m="\\"\u00e4\ud83d\ude00\\\\"} 1 2 # {t="\\n\u20ac"} 0.5 1.25
            bad line
            {"q.n","l.n"="\u00e4"} 1.5e3 # {} 1

              b\t+1\040
            # UNIT a_s s
            c 1e400
            # EOF""";

    @TestFactory
    Stream<DynamicTest> agreeOnEveryCapture() {
        Random random = new Random(1);
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                            byte[] body = SharedFolder.read(file);
                            int cuts = 1 + random.nextInt(40);
                            ParserAgreement.check(
                                    body,
                                    random.ints(cuts, 0, body.length + 1)
                                            .sorted()
                                            .toArray());
                        })));
    }

    @Test
    void agreeOnValuesOfAnyLength() {
        for (int length = 0; length <= 200; length++) {
            String text = "x".repeat(length);
            for (String end : new String[] {"", "\u00e4", "\\n", "\\", "\n", "\",c=\"" + text}) {
                String line = "a{b=\"" + text + end + "\"} 1\n";
                byte[] body = ("a{b=\"" + text + "\"} 1\n" + line + line).getBytes(UTF_8);
                ParserAgreement.check(body, body.length / 3, body.length / 2);
            }
        }
    }

    /** A line of metadata is read in one pass where it looks as usual: one byte more, less or other, and it may not. */
    @Test
    void agreeOnMetadataThatIsAlmostUsual() {
        String body = """
                # HELP a_name_of_a_counter_total What it counts, in words.
                # TYPE a_name_of_a_counter_total counter
                # HELP b Short.
                # TYPE b gauge
                # TYPE c_seconds histogram
                # TYPE d_of_eight_or_more summary
                # HELP e_is_last_before_a_sample_and_some_more_bytes Text.
                e_is_last_before_a_sample_and_some_more_bytes 1
                # EOF
                """;
        byte[] usual = body.getBytes(UTF_8);
        byte[] others = {' ', '\t', '\n', '\r', '\\', '"', '{', '9', 'T', 'a', 0, (byte) 0xc3};
        for (int at = 0; at < usual.length; at++) {
            ParserAgreement.check(with(usual, at, 1), at);
            for (byte other : others) {
                ParserAgreement.check(with(usual, at, 0, other), at);
                ParserAgreement.check(with(usual, at, 1, other), at + 1);
            }
        }
    }

    private static byte[] with(byte[] bytes, int at, int removed, byte... added) {
        return ByteBuffer.allocate(bytes.length - removed + added.length)
                .put(bytes, 0, at)
                .put(added)
                .put(bytes, at + removed, bytes.length - at - removed)
                .array();
    }

    @Test
    void agreeOnGeneratedBodies() {
        BodyGenerator bodies = new BodyGenerator(20261123);
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = bodies.next();
            ParserAgreement.check(
                    body,
                    random.ints(random.nextInt(5), 0, body.length + 1).sorted().toArray());
        }
    }

    @Test
    void generatedBodiesReachEveryVerdict() {
        BodyGenerator bodies = new BodyGenerator(3);
        Integer[] accepted = new Integer[ParserAgreement.ALL_OPTIONS.size()];
        Arrays.fill(accepted, 0);
        for (int i = 0; i < 1000; i++) {
            byte[] body = bodies.next();
            for (int o = 0; o < accepted.length; o++) {
                accepted[o] += Recording.ofCursor(body, ParserAgreement.ALL_OPTIONS.get(o))
                                .accepted()
                        ? 1
                        : 0;
            }
        }
        assertThat(accepted).allMatch(count -> count > 50 && count < 900);
    }

    @Test
    void aCutAtAnyPlaceChangesNothing() {
        byte[] body = SMALL_BODY.getBytes(UTF_8);
        for (ParserOptions options : ParserAgreement.ALL_OPTIONS) {
            Recording whole = Recording.ofCursor(body, options);
            for (int cut = 0; cut <= body.length; cut++) {
                assertThat(Recording.ofStream(body, options, cut)).isEqualTo(whole);
            }
            for (int first = 0; first <= body.length; first++) {
                assertThat(Recording.ofStream(body, options, first, Math.min(first + 3, body.length)))
                        .isEqualTo(whole);
            }
            int[] everywhere = IntStream.rangeClosed(0, body.length).toArray();
            assertThat(Recording.ofStream(body, options, everywhere)).isEqualTo(whole);
        }
    }

    @Test
    void agreeOnLongLinesWithManyEscapes() {
        Random random = new Random(10);
        StringBuilder body = new StringBuilder();
        for (int line = 1; line < 20; line++) {
            body.append("a{");
            for (int label = 0; label < line; label++) {
                String escapes = "\\n\\\\\\\"ä".repeat(random.nextInt(200));
                body.append('l')
                        .append(label)
                        .append("=\"")
                        .append(escapes)
                        .append(label)
                        .append("\",");
            }
            body.append("} 1\n# HELP a ").append("\\n".repeat(1000 * line)).append('\n');
        }
        byte[] valid = body.toString().getBytes(UTF_8);
        ParserAgreement.check(valid, random.ints(100, 0, valid.length).sorted().toArray());
        byte[] invalid = body.toString().getBytes(ISO_8859_1);
        ParserAgreement.check(
                invalid, random.ints(100, 0, invalid.length).sorted().toArray());
    }

    /** What a reader takes over from the line before is right only as far as the lines are alike. */
    @Test
    void agreeOnLinesThatAreAlmostAlike() {
        Random random = new Random(20261124);
        for (int i = 0; i < 3_000; i++) {
            byte[] body = almostAlikeLines(random).getBytes(UTF_8);
            ParserAgreement.check(
                    body,
                    random.ints(random.nextInt(5), 0, body.length + 1).sorted().toArray());
        }
    }

    private static String almostAlikeLines(Random random) {
        String[] names = {"metric_name", "metric_names", "metric", "other:metric_name_total"};
        String[] labelNames = {"le", "l", "engine", "model_name", "engine_", "__x", "9"};
        String[] values = {"", "0", "00", "12345678", "a}", "a,le=", "\\\"", "ä", "long value of a label", "=", "x\\\\"
        };
        String[] numbers = {
            "1",
            "0.0",
            "-12.0",
            "12345678",
            "1234567.125",
            "+Inf",
            "1e5",
            "0.12345678901234567",
            "1 5",
            "1 1790000000123"
        };
        StringBuilder body = new StringBuilder();
        int labels = random.nextInt(4);
        int[] chosen = random.ints(labels, 0, random.nextInt(5) == 0 ? labelNames.length : 4)
                .toArray();
        for (int line = 0; line < 12; line++) {
            body.append(names[random.nextInt(4) == 0 ? random.nextInt(names.length) : 0]);
            if (labels > 0 || random.nextInt(8) == 0) {
                body.append('{');
                int fewer = random.nextInt(4) == 0 ? random.nextInt(labels + 1) : 0;
                for (int label = 0; label < labels - fewer; label++) {
                    int name = random.nextInt(12) == 0 ? random.nextInt(labelNames.length) : chosen[label];
                    int value = random.nextInt(3) == 0 ? random.nextInt(values.length) : label;
                    body.append(label > 0 ? "," : "").append(labelNames[name]);
                    body.append("=\"").append(values[value]).append('"');
                }
                body.append(random.nextInt(30) == 0 ? ",}" : "}");
            }
            body.append(random.nextInt(30) == 0 ? "  " : " ").append(numbers[random.nextInt(numbers.length)]);
            body.append(random.nextInt(40) == 0 ? "\r\n" : "\n");
        }
        return body.append(random.nextBoolean() ? "# EOF\n" : "").toString();
    }
}
