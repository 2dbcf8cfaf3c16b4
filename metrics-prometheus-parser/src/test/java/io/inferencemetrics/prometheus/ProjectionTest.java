package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who wants some families only gets of them exactly what who reads all gets, however the body is read. */
class ProjectionTest {
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_created", "_bucket", "_sum", "_count", "_gsum", "_gcount", "_info");
    private static final String BODY = """
            # HELP a An a.
            # TYPE a gauge
            a 1
            ab 2
            # TYPE h histogram
            h_bucket{le="+Inf"} 3
            h_sum 4
            h_count 3
            other{x="a 1\\n"} 5
            {"a",y="z"} 6
            # TYPE c_total counter
            c_total 7
            """;

    @Test
    void aFamilyIsItsNameAndItsSuffixes() {
        assertThat(read(BODY, "a")).containsExactly("HELP a", "TYPE a", "a 1.0", "a 6.0");
        assertThat(read(BODY, "h")).containsExactly("TYPE h", "h_bucket 3.0", "h_sum 4.0", "h_count 3.0");
        assertThat(read(BODY, "h_sum")).containsExactly("h_sum 4.0");
        assertThat(read(BODY, "c")).containsExactly("TYPE c_total", "c_total 7.0");
        assertThat(read(BODY, "c_total")).containsExactly("TYPE c_total", "c_total 7.0");
        assertThat(read(BODY, "none")).isEmpty();
        assertThat(read(BODY)).hasSize(12);
    }

    @Test
    void aBadLineOfAnotherFamilyIsNotNoticed() {
        assertThat(read("a 1\nb{ what is this\nb 1\na 2\n", "a")).containsExactly("a 1.0", "a 2.0");
    }

    /** Shorter and longer than the words by which names are told apart, and with much in common. */
    @Test
    void namesThatBeginAlikeAreToldApart() {
        Random random = new Random(20261129);
        for (int run = 0; run < 2_000; run++) {
            List<String> names = Stream.generate(() -> nameLikeOthers(random))
                    .limit(8)
                    .distinct()
                    .toList();
            Set<String> families = Set.copyOf(names.subList(0, 1 + random.nextInt(3)));
            String body = names.stream()
                    .map(name ->
                            "# TYPE " + name + " gauge\n" + name + "{x=\"y\"} 1\n" + name + "_sum 2\n" + name + " 3\n")
                    .collect(Collectors.joining());
            checkWanted(body.getBytes(UTF_8), options(), families, random);
        }
    }

    private static void checkWanted(byte[] body, ParserOptions options, Set<String> families, Random random) {
        List<Recording.Item> wanted = Recording.ofCursor(body, options).items().stream()
                .filter(item -> isWanted(item.name(), families))
                .toList();
        ParserOptions some = options.withFamilies(families);
        assertThat(Recording.ofCursor(body, some).items()).as("%s", families).isEqualTo(wanted);
        int[] cuts =
                random.ints(1 + random.nextInt(40), 0, body.length + 1).sorted().toArray();
        assertThat(Recording.ofStream(body, some, cuts).items())
                .as("%s", families)
                .isEqualTo(wanted);
    }

    private static String nameLikeOthers(Random random) {
        return "container_memory_bytes".substring(0, 1 + random.nextInt(22)) + "ab".repeat(random.nextInt(8));
    }

    @Test
    void linesAreCountedAlsoWherePassedOver() {
        ExpositionCursor cursor = new ExpositionCursor(options("c"));
        byte[] body = BODY.getBytes(UTF_8);
        cursor.reset(body, 0, body.length);
        cursor.next();
        assertThat(cursor.line()).isEqualTo(11);
    }

    @Test
    void aLineThatIsTooLongIsToldOfEvenSo() {
        ParserOptions options = options("a").withLimits(ParserLimits.DEFAULTS.withMaxLineBytes(20));
        byte[] body = ("b{x=\"" + "y".repeat(30) + "\"} 1\na 1\n").getBytes(UTF_8);
        assertThat(Recording.ofCursor(body, options).failure()).contains("line");
        assertThat(Recording.ofStream(body, options, 25).failure()).contains("line");
    }

    @TestFactory
    Stream<DynamicTest> capturesHoldOfAFamilyWhatTheyHold() {
        Random random = new Random(20261126);
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                            byte[] body = SharedFolder.read(file);
                            for (ParserOptions options : ParserAgreement.ALL_OPTIONS) {
                                check(body, options, random);
                            }
                        })));
    }

    private static void check(byte[] body, ParserOptions options, Random random) {
        Recording all = Recording.ofCursor(body, options);
        if (!all.accepted()) {
            return;
        }
        checkWanted(body, options, someNames(all, random), random);
    }

    /** Names of samples as well as of families, and one that is nowhere. */
    private static Set<String> someNames(Recording all, Random random) {
        List<String> names = new ArrayList<>(
                all.items().stream().map(Recording.Item::name).collect(Collectors.toCollection(HashSet::new)));
        Collections.sort(names);
        Collections.shuffle(names, random);
        Set<String> some = new HashSet<>(names.subList(0, Math.min(names.size(), random.nextInt(7))));
        some.add("none_of_them");
        return some;
    }

    static boolean isWanted(String name, Set<String> families) {
        return families.stream()
                .anyMatch(family -> SUFFIXES.stream().anyMatch(suffix -> name.equals(family + suffix))
                        || family.equals(name + "_total"));
    }

    private static List<String> read(String body, String... families) {
        Recording recording = Recording.ofCursor(body.getBytes(UTF_8), options(families));
        assertThat(recording.failure()).isNull();
        return recording.items().stream()
                .map(item -> item.kind().equals("SAMPLE")
                        ? item.name() + " " + item.value()
                        : item.kind() + " " + item.name())
                .toList();
    }

    private static ParserOptions options(String... families) {
        return ParserOptions.strict(ExpositionFormat.TEXT).withFamilies(Set.of(families));
    }

    /** In whatever line, wherever it stands, and however the body is cut. */
    @Test
    void whatIsPassedOverDoesNotDependOnWhereItStands() {
        String[] lines = {
            "zz bad bad\n",
            "zz x\n",
            "zz|\n",
            "|||| 1\n",
            "# TYPE zz nonsense\n",
            "# HELP zz \\x\n",
            "wanted 1\n",
            "wanted bad\n",
            "wanted_more 1\n",
            "wante 2\n",
            "{\"zz\"} 1\n",
            "  zz 1\n",
            "z\n",
            "zz{a=\"1\",a=\"2\"} 1\n",
            "9 1\n",
            "# EOF\n",
            "zz"
        };
        Random random = new Random(20261123);
        for (int run = 0; run < 2_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < 1 + random.nextInt(6); line++) {
                text.append(lines[random.nextInt(lines.length)]);
            }
            byte[] body = text.toString().getBytes(UTF_8);
            for (ParserOptions all : ParserAgreement.ALL_OPTIONS) {
                ParserOptions options = all.withFamilies(Set.of("wanted"));
                Recording whole = Recording.ofCursor(body, options);
                for (int step : new int[] {1, 3, 7, 20}) {
                    int[] cuts = IntStream.iterate(0, cut -> cut <= body.length, cut -> cut + step)
                            .toArray();
                    assertThat(Recording.ofStream(body, options, cuts))
                            .as("%s %s %d", text, options, step)
                            .isEqualTo(whole);
                }
            }
        }
    }
}
