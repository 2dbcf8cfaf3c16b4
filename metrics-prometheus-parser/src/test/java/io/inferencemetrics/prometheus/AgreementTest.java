package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
}
