package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a reader hands out again, and what that saves; that it says the same as a first sight is in RescrapeAgreementTest. */
class ExpositionReaderTest {
    private static final ParserOptions STRICT = ParserOptions.strict(ExpositionFormat.TEXT);
    private static final ParserOptions LENIENT = ParserOptions.lenient(ExpositionFormat.TEXT);
    /** Others have bodies with a family a sample, which costs more than a sample of many. */
    private static final Set<String> ENGINES_WITH_MANY_SAMPLES = Set.of("vllm", "sglang", "tgi");

    /** Enough that what a body costs whatever is in it does not count. */
    private static final int MANY_SAMPLES = 300;

    private static final int ENGINES = 4;
    private static final int MOST_BYTES_A_SAMPLE = 170;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aSampleOfWhichNothingChangedIsTheSameRecord() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        MetricSample first = onlySample(reader.read(bytes("a{x=\"1\"} 1 5\n")));
        assertThat(onlySample(reader.read(bytes("a{x=\"1\"} 1 5\n")))).isSameAs(first);
        MetricSample later = onlySample(reader.read(bytes("a{x=\"1\"} 1 6\n")));
        assertThat(later.timestampMillis()).hasValue(6);
        MetricSample timeless = onlySample(reader.read(bytes("a{x=\"1\"} 1\n")));
        assertThat(timeless.timestampMillis()).isEmpty();
        assertThat(onlySample(reader.read(bytes("a{x=\"1\"} 1 6\n"))).timestampMillis())
                .hasValue(6);
        assertThat(first.timestampMillis()).hasValue(5);
    }

    @Test
    void aSampleWithAnotherValueHasNameAndLabelsOfTheOneBefore() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        MetricSample first = onlySample(reader.read(bytes("a{x=\"1\"} 1\n")));
        MetricSample second = onlySample(reader.read(bytes("a{x=\"1\"} 2\n")));
        assertThat(first.value()).isEqualTo(1);
        assertThat(second.value()).isEqualTo(2);
        assertThat(second.name()).isSameAs(first.name());
        assertThat(second.labels()).isSameAs(first.labels());
    }

    @Test
    void otherThanAsciiCharactersAreKeptToo() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        MetricSample first = onlySample(reader.read(bytes("{\"größe\",x=\"é\"} 1\n")));
        assertThat(first).isEqualTo(onlySample(Exposition.parse(bytes("{\"größe\",x=\"é\"} 1\n"), STRICT)));
        MetricSample second = onlySample(reader.read(bytes("{\"größe\",x=\"é\"} 2\n")));
        assertThat(second.labels()).isSameAs(first.labels()).isEqualTo(Map.of("x", "é"));
        assertThat(second.name()).isSameAs(first.name()).isEqualTo("größe");
    }

    @Test
    void anExemplarIsReadEachTime() {
        ExpositionReader reader = new ExpositionReader(ParserOptions.strict(ExpositionFormat.OPENMETRICS));
        String type = "# TYPE a counter\n";
        onlySample(reader.read(bytes(type + "a_total 1 # {t=\"1\"} 1\n# EOF\n")));
        MetricSample second = onlySample(reader.read(bytes(type + "a_total 1 # {t=\"2\"} 1\n# EOF\n")));
        assertThat(second.exemplar().orElseThrow().labels()).isEqualTo(Map.of("t", "2"));
        MetricSample third = onlySample(reader.read(bytes(type + "a_total 1\n# EOF\n")));
        assertThat(third.exemplar()).isEmpty();
        MetricSample fourth = onlySample(reader.read(bytes(type + "a_total 1 # {t=\"2\"} 1\n# EOF\n")));
        assertThat(fourth).isEqualTo(second);
    }

    @Test
    void theCallerMayUseOneArrayForAllBodies() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        byte[] array = bytes("xxa 1\nb 2\nxx");
        Exposition first = reader.read(ExpositionFormat.TEXT, array, 2, array.length - 2);
        array[4] = '7';
        Exposition second = reader.read(ExpositionFormat.TEXT, array, 2, array.length - 2);
        array[4] = '8';
        Exposition third = reader.read(ExpositionFormat.TEXT, array, 2, 6);
        assertThat(value(first, "a")).isEqualTo(1);
        assertThat(value(second, "a")).isEqualTo(7);
        assertThat(value(third, "a")).isEqualTo(8);
        assertThat(second.family("b").orElseThrow().samples().get(0))
                .isSameAs(first.family("b").orElseThrow().samples().get(0));
        assertThat(third.family("b")).isEmpty();
    }

    @Test
    void readsOnAfterABadBodyAndAfterOneThatIsTooLarge() {
        ParserLimits small = ParserLimits.DEFAULTS.withMaxBodyBytes(8);
        ExpositionReader reader = new ExpositionReader(STRICT.withLimits(small));
        MetricSample first = onlySample(reader.read(bytes("a 1\n")));
        assertThatExceptionOfType(ExpositionException.class).isThrownBy(() -> reader.read(bytes("a 2\nb\n")));
        assertThat(onlySample(reader.read(bytes("a 3\n"))).value()).isEqualTo(3);
        assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> reader.read(bytes("a 1\n#       \n")));
        assertThat(onlySample(reader.read(bytes("a 1\n")))).isEqualTo(first);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> reader.read(ExpositionFormat.TEXT, bytes("a 1\n"), 1, 9));
    }

    @Test
    void aServerMayChangeTheFormat() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        byte[] text = bytes("a{x=\"1\"} 1 5000\n");
        byte[] openMetrics = bytes("a{x=\"1\"} 1 5\n# EOF\n");
        MetricSample first = onlySample(reader.read(text));
        Exposition other = reader.read(ExpositionFormat.OPENMETRICS, openMetrics, 0, openMetrics.length);
        assertThat(onlySample(other)).isEqualTo(first);
        assertThat(onlySample(reader.read(text))).isEqualTo(first);
    }

    @Test
    void readsOnlyWhatTheFilterWants() {
        ExpositionReader reader = new ExpositionReader(STRICT, SampleFilter.ALL.withLabel("x", "1"));
        for (String value : List.of("1", "2")) {
            Exposition body = reader.read(bytes("# TYPE c gauge\na{x=\"1\"} " + value + "\nb{x=\"2\"} 3\n"));
            assertThat(body.families()).extracting(MetricFamily::name).containsExactly("a");
        }
    }

    @Test
    void seriesThatComeNoMoreAreForgotten() {
        ExpositionReader reader = new ExpositionReader(STRICT);
        MetricSample first =
                reader.read(bytes("z 1\n")).families().get(0).samples().get(0);
        for (int i = 0; i < 20; i++) {
            StringBuilder body = new StringBuilder();
            for (int k = 0; k < 1_000; k++) {
                body.append("a{x=\"").append(1_000 * i + k).append("\"} 1\n");
            }
            assertThat(reader.read(bytes(body.toString())).families().get(0).samples())
                    .hasSize(1_000);
        }
        assertThat(onlySample(reader.read(bytes("z 1\n")))).isEqualTo(first).isNotSameAs(first);
    }

    @TestFactory
    Stream<DynamicTest> theSeriesOfACaptureAreTheSameObjectsAgain() {
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> checkSameObjects(SharedFolder.read(file)))));
    }

    private static void checkSameObjects(byte[] body) {
        byte[] next = withOtherValues(body);
        ExpositionReader reader = new ExpositionReader(LENIENT);
        List<MetricSample> first = samples(reader.read(body));
        List<MetricSample> second = samples(reader.read(next));
        List<MetricSample> third = samples(reader.read(next));
        assertThat(second).hasSameSizeAs(first);
        assertThat(third).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).name()).isSameAs(first.get(i).name());
            assertThat(second.get(i).labels()).isSameAs(first.get(i).labels());
            assertThat(third.get(i)).isSameAs(second.get(i));
        }
    }

    @TestFactory
    Stream<DynamicTest> anEngineOfWhichAllValuesChangeCostsLessThanTheBound() {
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .filter(file -> ENGINES_WITH_MANY_SAMPLES.contains(
                                file.getName(file.getNameCount() - 2).toString()))
                        .filter(file -> samples(Exposition.parse(SharedFolder.read(file), LENIENT))
                                        .size()
                                >= MANY_SAMPLES)
                        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                            byte[] body = SharedFolder.read(file);
                            assertThat(bytesASampleAgain(LENIENT, List.of(body, withOtherValues(body))))
                                    .isLessThan(MOST_BYTES_A_SAMPLE);
                        })));
    }

    private static byte[] withOtherValues(byte[] body) {
        return new String(body, ISO_8859_1)
                .replaceAll("(?m)^([^#\n].*[^0-9.e+ ]) [0-9.e+]+( [0-9]+)?$", "$1 1234.5$2")
                .getBytes(ISO_8859_1);
    }

    private static List<MetricSample> samples(Exposition body) {
        return body.families().stream()
                .flatMap(family -> family.samples().stream())
                .toList();
    }

    @Test
    void aRereadBodyCostsLessThanTheBound() {
        assertThat(bytesASampleAgain(STRICT, scrapes())).isLessThan(MOST_BYTES_A_SAMPLE);
    }

    @Test
    void aBodyReadOnceCostsLessThanTheBound() {
        byte[] body = scrapes().get(0);
        assertThat(bytesASample(() -> Exposition.parse(body, STRICT))).isLessThan(MOST_BYTES_A_SAMPLE);
    }

    private static long bytesASampleAgain(ParserOptions options, List<byte[]> scrapes) {
        ExpositionReader reader = new ExpositionReader(options);
        scrapes.forEach(reader::read);
        int[] next = {0};
        return bytesASample(() -> reader.read(scrapes.get(next[0]++ % scrapes.size())));
    }

    private static long bytesASample(Supplier<Exposition> scrape) {
        int samples = samples(scrape.get()).size();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            Exposition read = scrape.get();
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertThat(read.families()).isNotEmpty();
            least = Math.min(least, allocated);
        }
        return least / samples;
    }

    /** Scrapes of vLLM with four engines, some 180 kB each, between which two values in three change. */
    private static List<byte[]> scrapes() {
        Random random = new Random(7);
        int[] values = new int[2_000];
        return random.ints(5)
                .mapToObj(ignored -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = random.nextInt(3) == 0 ? values[i] : random.nextInt(5_000);
                    }
                    return bytes(scrape(values));
                })
                .toList();
    }

    private static String scrape(int[] values) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        for (int family = 0; family < 45; family++) {
            boolean histogram = family % 3 == 0;
            String name = "vllm:some_family_of_request_seconds_" + family;
            body.append("# HELP ").append(name).append(" Histogram of time spent in a phase of a request.\n");
            body.append("# TYPE ").append(name).append(histogram ? " histogram\n" : " gauge\n");
            for (int engine = 0; engine < ENGINES; engine++) {
                for (int bucket = 0; bucket < (histogram ? 22 : 0); bucket++) {
                    String le = bucket == 21 ? "+Inf" : bucket + ".5";
                    line(body, name + "_bucket", engine, "le=\"" + le + "\",", values[at++]);
                }
                for (String suffix : histogram ? List.of("_count", "_sum") : List.of("")) {
                    line(body, name + suffix, engine, "", values[at++]);
                }
            }
        }
        return body.toString();
    }

    private static void line(StringBuilder body, String name, int engine, String le, int value) {
        body.append(name).append("{engine=\"").append(engine).append("\",").append(le);
        body.append("model_name=\"meta-llama/Llama-3.1-8B-Instruct\"} ")
                .append(value)
                .append(".0\n");
    }

    private static MetricSample onlySample(Exposition body) {
        assertThat(body.families()).hasSize(1);
        assertThat(body.families().get(0).samples()).hasSize(1);
        return body.families().get(0).samples().get(0);
    }

    private static double value(Exposition body, String family) {
        return body.family(family).orElseThrow().samples().get(0).value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
