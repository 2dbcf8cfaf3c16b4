package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferencemetrics.prometheus.Recording.Item;
import io.inferencemetrics.prometheus.internal.Utf8Reference;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious parser that the real one is compared with: strings, regular expressions and library numbers,
 * sharing no code with it. Works on a body decoded as ISO 8859-1, so that a character is a byte.
 */
final class OracleParser {
    private static final String METRIC_NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL_NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
    private static final String QUOTED = "\"(?:[^\"\\\\]++|\\\\[^\\n])*+\"";
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE]([+-]?[0-9]+))?");
    private static final List<String> TYPES =
            List.of("counter", "gauge", "histogram", "summary", "info", "stateset", "gaugehistogram", "unknown");

    /** Thrown where a line is bad. */
    private static final class Bad extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final boolean openMetrics;
    private final boolean lenient;
    private final boolean tolerant;
    private final List<Item> items = new ArrayList<>();
    private boolean ended;
    private String rest = "";

    private OracleParser(ParserOptions options) {
        openMetrics = options.format() == ExpositionFormat.OPENMETRICS;
        lenient = options.lenient();
        tolerant = lenient || !openMetrics;
    }

    /** The failure says only the line. */
    static Recording parse(byte[] body, ParserOptions options) {
        OracleParser oracle = new OracleParser(options);
        String text = new String(body, ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        long skipped = 0;
        for (int i = 0; i <= lines.size(); i++) {
            try {
                if (i < lines.size()) {
                    oracle.line(lines.get(i), i == 0);
                } else if (oracle.openMetrics && !oracle.ended) {
                    throw new Bad();
                }
            } catch (Bad e) {
                if (!oracle.lenient) {
                    return new Recording(oracle.items, "line " + (i + 1), 0, List.of());
                }
                skipped++;
            }
        }
        return new Recording(oracle.items, null, skipped, List.of());
    }

    private void line(String line, boolean first) throws Bad {
        rest = line;
        if (rest.endsWith("\r")) {
            check(lenient);
            rest = rest.substring(0, rest.length() - 1);
        }
        if (first && rest.startsWith("\u00ef\u00bb\u00bf")) {
            check(lenient);
            rest = rest.substring(3);
        }
        if (tolerant) {
            take("[ \t]*");
            if (rest.isEmpty()) {
                return;
            }
        }
        check(!ended);
        if (rest.startsWith("#")) {
            comment();
        } else {
            items.add(sample());
        }
    }

    private void comment() throws Bad {
        String gap = tolerant ? "[ \t]+" : " ";
        if (openMetrics && rest.matches(tolerant ? "#[ \t]+EOF[ \t]*" : "# EOF")) {
            ended = true;
            return;
        }
        String keywords = openMetrics ? "HELP|TYPE|UNIT" : "HELP|TYPE";
        Matcher matcher = Pattern.compile("#" + gap + "(" + keywords + ")" + gap + "(?s)(.*)")
                .matcher(rest);
        if (!matcher.matches()) {
            check(tolerant);
            return;
        }
        String kind = matcher.group(1);
        rest = matcher.group(2);
        String name = rest.startsWith("\"") ? quoted(false, true) : utf8(need(METRIC_NAME), false);
        check(!name.isEmpty());
        boolean separated = take(tolerant ? "[ \t]" : " ") != null;
        check(separated || (tolerant && rest.isEmpty()));
        switch (kind) {
            case "HELP" -> items.add(Item.metadata(kind, name, utf8(unescape(rest, openMetrics), lenient)));
            case "TYPE" -> items.add(Item.metadata(kind, name, type(trimmed())));
            default -> {
                String unit = trimmed();
                check(lenient || unit.isEmpty() || name.endsWith("_" + utf8(unit, true)));
                items.add(Item.metadata(kind, name, utf8(unit, true)));
            }
        }
    }

    private String trimmed() {
        return tolerant ? rest.replaceAll("^[ \t]+|[ \t]+$", "") : rest;
    }

    private String type(String word) throws Bad {
        if (!tolerant) {
            check(TYPES.contains(word));
            return word;
        }
        check(lenient || !word.isEmpty());
        String lower = word.toLowerCase(Locale.ROOT).replaceAll("^gauge_histogram$", "gaugehistogram");
        return TYPES.contains(lower) ? lower : "unknown";
    }

    private Item sample() throws Bad {
        String bare = take(METRIC_NAME);
        String[] name = {bare == null ? "" : bare};
        boolean braces = rest.matches(tolerant ? "(?s)[ \t]*\\{.*" : "(?s)\\{.*");
        Map<String, String> labels = new LinkedHashMap<>();
        if (braces) {
            labels(labels, name, true);
        }
        check(!name[0].isEmpty());
        separator(braces);
        double value = value();
        @Nullable String timestamp = timestamp();
        @Nullable Item exemplar = exemplar();
        return new Item(
                "SAMPLE", name[0], labels, value, millis(timestamp), outOfRange(timestamp), text(timestamp), exemplar);
    }

    private @Nullable String timestamp() throws Bad {
        if (rest.isEmpty() || (tolerant && rest.matches("[ \t]*(#(?s).*)?")) || rest.startsWith(" #")) {
            return null;
        }
        separator(false);
        String timestamp = need("[^ \t]+");
        check(openMetrics ? DECIMAL.matcher(timestamp).matches() : timestamp.matches("-?[0-9]+"));
        check(openMetrics || new BigDecimal(timestamp).toBigInteger().bitLength() < Long.SIZE);
        return timestamp;
    }

    private @Nullable Item exemplar() throws Bad {
        if (tolerant) {
            take("[ \t]*");
        }
        if (rest.isEmpty()) {
            return null;
        }
        need(tolerant ? "#[ \t]*" : " # ");
        check(rest.startsWith("{"));
        if (!openMetrics) {
            check(lenient);
            return null;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        labels(labels, new String[] {""}, false);
        separator(true);
        double value = value();
        @Nullable String timestamp = timestamp();
        if (tolerant) {
            take("[ \t]*");
        }
        check(rest.isEmpty());
        return new Item("EXEMPLAR", "", labels, value, millis(timestamp), outOfRange(timestamp), text(timestamp), null);
    }

    /** Of a series, or of an exemplar, which has no metric name. */
    private void labels(Map<String, String> labels, String[] metricName, boolean ofSeries) throws Bad {
        String blanks = tolerant ? "[ \t]*" : "";
        take(blanks);
        need("\\{");
        take(blanks);
        if (take("\\}") != null) {
            return;
        }
        do {
            take(blanks);
            boolean isQuoted = rest.startsWith("\"");
            String name = isQuoted ? quoted(false, true) : need(LABEL_NAME);
            check(!name.isEmpty());
            take(blanks);
            if (take("=") == null) {
                check(isQuoted && ofSeries && metricName[0].isEmpty());
                metricName[0] = name;
            } else {
                take(blanks);
                check(!ofSeries || !name.equals("__name__"));
                boolean last = lenient || !ofSeries;
                String value = quoted(lenient, true);
                check(last || !labels.containsKey(name));
                labels.put(name, value);
            }
            take(blanks);
        } while (take(tolerant ? ",(?![ \t]*\\})" : ",") != null);
        need(tolerant ? ",?[ \t]*\\}" : "\\}");
    }

    private void separator(boolean afterBrace) throws Bad {
        need(!tolerant ? " " : afterBrace ? "[ \t]*" : "[ \t]+");
    }

    private double value() throws Bad {
        String word = need("[^ \t]+").toLowerCase(Locale.ROOT);
        if (DECIMAL.matcher(word).matches()) {
            double value = Double.parseDouble(word);
            check(lenient || Double.isFinite(value));
            return value;
        }
        if (word.matches("[+-]?inf(inity)?")) {
            return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        check(word.matches(lenient ? "[+-]?nan" : "nan"));
        return Double.NaN;
    }

    private OptionalLong millis(@Nullable String timestamp) {
        if (timestamp == null) {
            return OptionalLong.empty();
        }
        if (outOfRange(timestamp)) {
            return OptionalLong.of(timestamp.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        BigDecimal number = small(timestamp);
        return OptionalLong.of(
                openMetrics ? number.movePointRight(3).toBigInteger().longValueExact() : number.longValueExact());
    }

    private boolean outOfRange(@Nullable String timestamp) {
        if (timestamp == null || !openMetrics) {
            return false;
        }
        // the largest magnitude that is in range in both directions
        BigDecimal limit =
                BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE).movePointLeft(3);
        return small(timestamp).abs().compareTo(limit) >= 0;
    }

    /** The number, or one that is as good: exponents beyond reason are made smaller, since they would fill the memory. */
    private static BigDecimal small(String number) {
        Matcher matcher = DECIMAL.matcher(number);
        if (!matcher.matches()) {
            throw new AssertionError(number);
        }
        BigDecimal mantissa = new BigDecimal(number.replaceAll("[eE].*", ""));
        if (matcher.group(3) == null || mantissa.signum() == 0) {
            return mantissa;
        }
        BigDecimal exponent = new BigDecimal(matcher.group(3));
        return mantissa.scaleByPowerOfTen(exponent.max(BigDecimal.valueOf(-9999))
                .min(BigDecimal.valueOf(9999))
                .intValueExact());
    }

    private static String text(@Nullable String timestamp) {
        return timestamp == null ? "" : timestamp;
    }

    private String quoted(boolean repair, boolean escapedQuotes) throws Bad {
        String text = need(QUOTED);
        return utf8(unescape(text.substring(1, text.length() - 1), escapedQuotes), repair);
    }

    private static String unescape(String text, boolean escapedQuotes) {
        return Pattern.compile(escapedQuotes ? "\\\\([n\"\\\\])" : "\\\\([n\\\\])")
                .matcher(text)
                .replaceAll(match -> match.group(1).equals("n") ? "\n" : Matcher.quoteReplacement(match.group(1)));
    }

    private static String utf8(String bytes, boolean repair) throws Bad {
        byte[] encoded = bytes.getBytes(ISO_8859_1);
        if (repair) {
            return Utf8Reference.decode(encoded);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
        } catch (CharacterCodingException e) {
            throw new Bad();
        }
    }

    private String need(String regex) throws Bad {
        String taken = take(regex);
        check(taken != null);
        return taken == null ? "" : taken;
    }

    private @Nullable String take(String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(rest);
        if (!matcher.lookingAt()) {
            return null;
        }
        rest = rest.substring(matcher.end());
        return matcher.group();
    }

    private static void check(boolean condition) throws Bad {
        if (!condition) {
            throw new Bad();
        }
    }
}
