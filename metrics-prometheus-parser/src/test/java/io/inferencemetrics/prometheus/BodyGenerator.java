package io.inferencemetrics.prometheus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Makes bodies that are nearly right: fragments of the grammar, put together right or wrong, with a byte changed. */
final class BodyGenerator {
    private static final List<String> NAMES = List.of(
            "a", "vllm:num_requests_running", "x_total", "_", ":c", "1a", "a.b", "HELP", "NaN", "", "\"a\"", "b\u00e4");
    private static final List<String> LABEL_ITEMS = List.of(
            "a=\"1\"",
            "b=\"2\"",
            "a=\"3\"",
            "le=\"+Inf\"",
            "x=\"\"",
            "m=\"a\\\"b\\\\c\\nd\\te\"",
            "u=\"\u00e4\u20ac\ud83d\ude00\"",
            "\"q.n\"=\"v\"",
            "\"metric.name\"",
            "\"\"",
            "__name__=\"n\"",
            "x:y=\"1\"",
            "=\"1\"",
            "a",
            "a=1",
            "a='1'",
            "a=\"unclosed",
            "a=\"#{},= \"",
            "\"a\\\"b\\n\"=\"v\"",
            "z=\"\\\"");
    private static final List<String> GAPS = List.of("", " ", " ", " ", " ", "  ", "\t", " \t ");
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "+1",
            "1.5",
            ".5",
            "1.",
            "1e3",
            "1E-3",
            "1e+010",
            "NaN",
            "nan",
            "-NaN",
            "+Inf",
            "-inf",
            "Infinity",
            "1e400",
            "-1e400",
            "1e-400",
            "1d",
            "0x1p0",
            "1_0",
            "--1",
            "e1",
            ".",
            "",
            "-nan(ind)",
            "1.7976931348623159e308",
            "2.4703282292062327e-324",
            "0.12345678901234567",
            "9007199254740993",
            "12345678901234567890123",
            "1#");
    private static final List<String> TIMESTAMPS = List.of(
            "0",
            "1395066363000",
            "-1",
            "+5",
            "1.5",
            "-0.0015",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "1e30",
            "1e-999999999999",
            "0e999999999999",
            "NaN",
            "1.",
            "1395066363.1239",
            "9223372036854775.807",
            "x");
    private static final List<String> COMMENTS = List.of(
            "# HELP a text",
            "# HELP a",
            "# HELP a ",
            "# HELP a x\\ny\\\\z\\\"q\\t\\",
            "# HELP",
            "# HELP ",
            "#HELP a",
            "# TYPE a counter",
            "# TYPE a_total histogram",
            "# TYPE a GAUGE",
            "# TYPE a gauge_histogram",
            "# TYPE a nonsense",
            "# TYPE a",
            "# TYPE a  info ",
            "# TYPE \"q.n\" gauge",
            "# TYPE \"\" gauge",
            "# TYPE 1 gauge",
            "# TYPE",
            "#",
            "##",
            "# comment",
            "#\tTYPE\ta\tsummary",
            "# UNIT a_s s",
            "# UNIT a s",
            "# UNIT a ",
            "# UNIT a_s",
            "# EOF",
            "# EOF ",
            "# EOFx",
            "# HELP \"a\\\"b\" \u00e4",
            "# help a b",
            "# HELP a{ x");

    private final Random random;

    BodyGenerator(long seed) {
        random = new Random(seed);
    }

    byte[] next() {
        StringBuilder body = new StringBuilder();
        if (random.nextInt(20) == 0) {
            body.append('\ufeff');
        }
        int lines = random.nextInt(6);
        for (int i = 0; i < lines; i++) {
            body.append(line()).append(chance(20) ? "\r\n" : "\n");
        }
        if (chance(2)) {
            body.append("# EOF").append(chance(2) ? "\n" : "");
        }
        return damaged(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String line() {
        if (chance(4)) {
            return (chance(8) ? " " : "") + pick(COMMENTS);
        }
        if (chance(20)) {
            return pick(GAPS);
        }
        StringBuilder line = new StringBuilder();
        line.append(chance(10) ? pick(GAPS) : "").append(chance(3) ? pick(NAMES) : "a");
        if (chance(2)) {
            line.append(chance(4) ? pick(GAPS) : "").append(labels());
        }
        line.append(gap()).append(number());
        if (chance(3)) {
            line.append(gap()).append(pick(TIMESTAMPS));
        }
        if (chance(5)) {
            line.append(gap())
                    .append('#')
                    .append(gap())
                    .append(labels())
                    .append(gap())
                    .append(number());
            line.append(chance(3) ? gap() + pick(TIMESTAMPS) : "");
        }
        return line.append(chance(10) ? pick(GAPS) : "").toString();
    }

    private String labels() {
        StringBuilder labels = new StringBuilder("{");
        int count = chance(30) ? 40 : random.nextInt(4);
        boolean spaced = chance(4);
        for (int i = 0; i < count; i++) {
            String item = count > 4 ? "l" + i + "=\"v\"" : chance(2) ? "k" + i + "=\"v\"" : pick(LABEL_ITEMS);
            labels.append(spaced ? pick(GAPS) : "").append(item).append(spaced ? pick(GAPS) : "");
            labels.append((i + 1 < count && !chance(20)) || chance(15) ? "," : "");
        }
        return labels.append(chance(30) ? "" : "}").toString();
    }

    private String number() {
        return chance(3) ? pick(VALUES) : "1";
    }

    private String gap() {
        return chance(4) ? pick(GAPS) : " ";
    }

    private byte[] damaged(byte[] body) {
        if (body.length == 0 || !chance(4)) {
            return body;
        }
        int at = random.nextInt(body.length);
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(body, 0, at);
        switch (random.nextInt(3)) {
            case 0 -> damaged.write(random.nextInt(256));
            case 1 -> damaged.writeBytes(new byte[] {(byte) random.nextInt(256), body[at]});
            default -> {}
        }
        damaged.write(body, at + 1, body.length - at - 1);
        return damaged.toByteArray();
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
