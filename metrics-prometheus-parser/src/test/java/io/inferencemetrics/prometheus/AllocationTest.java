package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** From the second scrape on, reading allocates nothing at all, neither good lines nor bad ones. */
class AllocationTest {
    private static final int WARM_UP = 3;
    private static final int CHUNK = 1000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void aScrapeOfAGeneratedBodyAllocatesNothing() {
        checkAll(generatedBody().getBytes(UTF_8));
    }

    @Test
    void aNameThatIsTooLongIsNotKept() {
        byte[] body = ("a".repeat(10_000_000) + " 1\nother_name_here_and_there 1\n").getBytes(UTF_8);
        ExpositionCursor cursor =
                new ExpositionCursor(ParserOptions.strict(ExpositionFormat.TEXT).withFamilies(Set.of("aa")));
        cursor.reset(body, 0, body.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(cursor::next).isInstanceOf(LimitExceededException.class);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @Test
    void aScrapeWithBadLinesAllocatesNothing() {
        checkAll(generatedBody()
                .replace("gauge\n", "gauge\nbad\nllamacpp:x -nan(ind)\n")
                .replace("é", "\\")
                .getBytes(UTF_8));
    }

    @Test
    void numbersHalfwayBetweenTwoDoublesAllocateNothing() {
        StringBuilder body = new StringBuilder();
        Random random = new Random(10);
        for (int i = 0; i < 200; i++) {
            double below = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(below)) {
                BigDecimal halfway = new BigDecimal(below).add(new BigDecimal(Math.ulp(below) / 2));
                body.append("a{i=\"%d\"} %s%n".formatted(i, halfway.toPlainString()));
                body.append("b{i=\"%d\"} %s%n".formatted(i, halfway.round(new MathContext(25))));
            }
        }
        checkAll(body.append("# EOF\n").toString().getBytes(UTF_8));
    }

    @Test
    void validatingABodyAllocatesNothing() {
        byte[] body = validBody().getBytes(UTF_8);
        Sum sum = new Sum();
        ExpositionCursor cursor = new ExpositionCursor(ParserOptions.validating());
        checkZero(() -> read(cursor, sum, body));
        ExpositionStream stream = new ExpositionStream(ParserOptions.validating(), sum);
        checkZero(() -> read(stream, body));
        assertThat(sum.sum).isNotZero();
    }

    @TestFactory
    Stream<DynamicTest> aScrapeOfACaptureAllocatesNothing() {
        return SharedFolder.testsOn(
                "captures",
                () -> SharedFolder.captures().stream()
                        .map(file -> DynamicTest.dynamicTest(
                                file.getFileName().toString(), () -> checkAll(SharedFolder.read(file)))));
    }

    private static void checkAll(byte[] body) {
        for (ExpositionFormat format : ExpositionFormat.values()) {
            ParserOptions options = ParserOptions.lenient(format);
            ExpositionCursor cursor = new ExpositionCursor(options);
            Sum sum = new Sum();
            checkZero(() -> read(cursor, sum, body));
            ExpositionCursor remembering = ExpositionCursor.remembering(options);
            byte[] next = withOtherValues(body);
            checkZero(() -> {
                read(remembering, sum, body);
                read(remembering, sum, next);
            });
            ExpositionCursor keeping = ExpositionCursor.remembering(options);
            checkZero(() -> {
                readChanges(keeping, sum, body);
                readChanges(keeping, sum, next);
            });
            ParserOptions some = options.withFamilies(Set.of("a", "vllm:num_requests_running", "tgi_queue_size"));
            ExpositionCursor projecting = ExpositionCursor.remembering(some);
            checkZero(() -> {
                readChanges(projecting, sum, body);
                readChanges(projecting, sum, next);
            });
            ExpositionCursor cold = new ExpositionCursor(some);
            checkZero(() -> read(cold, sum, body));
            ExpositionStream stream = new ExpositionStream(options, sum);
            checkZero(() -> read(stream, body));
            assertThat(sum.sum + cursor.skipped().count()).isNotZero();
        }
    }

    /** Every 7 is an 8, which changes values, bounds of buckets and names. */
    private static byte[] withOtherValues(byte[] body) {
        byte[] next = body.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] = next[i] == '7' ? (byte) '8' : next[i];
        }
        return next;
    }

    private static void checkZero(Runnable scrape) {
        for (int i = 0; i < WARM_UP; i++) {
            scrape.run();
        }
        // the JVM itself may allocate on this thread while it compiles; reading would do so every time
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least > 0; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            scrape.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private static void read(ExpositionCursor cursor, Sum sum, byte[] body) {
        cursor.reset(body, 0, body.length);
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            switch (event) {
                case SAMPLE -> sum.sample(cursor.sample());
                case HELP -> sum.help(cursor.name(), cursor.help());
                case UNIT -> sum.unit(cursor.name(), cursor.unit());
                case TYPE -> sum.type(cursor.name(), cursor.type());
                case END -> {}
            }
        }
    }

    private static void readChanges(ExpositionCursor cursor, Sum sum, byte[] body) {
        cursor.reset(body, 0, body.length);
        Event event;
        do {
            while (cursor.nextChanges(sum.changes) > 0) {
                sum.changes();
            }
            event = cursor.nextChanged();
            if (event == Event.SAMPLE) {
                sum.sample(cursor.sample());
            }
        } while (event != Event.END);
        sum.sum += cursor.hasSameSeries() ? 1 : 0;
    }

    private static void read(ExpositionStream stream, byte[] body) {
        stream.reset();
        for (int from = 0; from < body.length; from += CHUNK) {
            stream.feed(body, from, Math.min(from + CHUNK, body.length));
        }
        stream.finish();
    }

    /** Looks at everything, so that nothing of it can be left undone. */
    private static final class Sum implements ExpositionHandler {
        private final Changes changes = new Changes();
        private double sum;

        void changes() {
            for (int i = 0; i < changes.count(); i++) {
                sum += changes.ordinal(i) + changes.value(i) + changes.timestampMillis(i);
            }
        }

        @Override
        public void sample(Sample sample) {
            sum += sample.value() + sample.series().hashCode() + sample.name().length() + sample.timestampMillis();
            for (int i = 0; i < sample.labelCount(); i++) {
                sum += sample.labelName(i).hashCode() + sample.labelValue(i).length();
            }
            if (sample.hasExemplar()) {
                sum += sample.exemplar().value();
            }
        }

        @Override
        public void help(ByteSlice name, ByteSlice help) {
            sum += name.length() + help.length();
        }

        @Override
        public void unit(ByteSlice name, ByteSlice unit) {
            sum += name.length() + unit.length();
        }

        @Override
        public void type(ByteSlice name, MetricType type) {
            sum += type.word().length();
        }
    }

    private static String validBody() {
        StringBuilder body = new StringBuilder();
        for (int family = 0; family < 30; family++) {
            String name = "f" + family;
            body.append("# TYPE h%1$s histogram\n# TYPE s%1$s stateset\n".formatted(name));
            for (int i = 0; i < 30; i++) {
                body.append("s%1$s{b=\"%2$s\",s%1$s=\"x\"} 1\n".formatted(name, i));
            }
            body.append("# TYPE c%1$s counter\nc%1$s_total{b=\"\\n\"} 5 1.5 # {a=\"é\"} 1\n".formatted(name));
        }
        return body.append("# EOF\n").toString();
    }

    /** What vLLM and SGLang write: many buckets, 17-digit sums, escapes, some exemplars. */
    private static String generatedBody() {
        Random random = new Random(9);
        StringBuilder body = new StringBuilder();
        for (int family = 0; family < 30; family++) {
            String name = "vllm:family_" + family;
            body.append("# HELP ")
                    .append(name)
                    .append(" Histogram of \\\\ é things.\n# TYPE ")
                    .append(name)
                    .append(" histogram\n");
            for (String model : List.of("Qwen/Qwen3-0.6B", "a\\\"b\\\\c\\n", "é")) {
                for (double le = 0.001; le < 100; le *= 3) {
                    body.append(String.format(
                            Locale.ROOT,
                            "%s_bucket{engine=\"0\",le=\"%s\",model_name=\"%s\"} %.1f%n",
                            name,
                            le,
                            model,
                            le * 7));
                }
                body.append(name)
                        .append("_sum{model_name=\"")
                        .append(model)
                        .append("\"} ")
                        .append(random.nextDouble())
                        .append('\n');
                body.append(name)
                        .append("_count{model_name=\"")
                        .append(model)
                        .append("\"} 4.610744e+06 1395066363.123 # {trace=\"1\"} 0.5\n");
            }
            body.append("# TYPE g")
                    .append(family)
                    .append(" gauge\ng")
                    .append(family)
                    .append(" NaN\n");
        }
        return body.append("# EOF\n").toString();
    }
}
