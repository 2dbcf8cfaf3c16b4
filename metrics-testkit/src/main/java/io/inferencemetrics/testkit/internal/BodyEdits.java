package io.inferencemetrics.testkit.internal;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** What can go wrong within a body of metrics; every edit takes a body and gives another. */
public final class BodyEdits {
    private static final Set<String> COUNTING = Set.of("counter", "histogram", "summary");
    private static final String TYPE = "# TYPE ";

    private BodyEdits() {}

    /** A line that is no metric, in the middle. */
    public static String withGarbageLine(String body) {
        List<String> lines = body.lines().toList();
        int middle = lines.size() / 2;
        return joined(lines.subList(0, middle))
                + "Traceback (most recent call last):\n"
                + joined(lines.subList(middle, lines.size()));
    }

    /** Every sample twice, one line after the other. */
    public static String withSamplesTwice(String body) {
        return edited(body, (type, line) -> isSample(line) ? line + '\n' + line : line);
    }

    /** No gauge has a number. */
    public static String withGaugesNaN(String body) {
        return edited(body, (type, line) -> type.equals("gauge") && isSample(line) ? valued(line, "NaN") : line);
    }

    /** Everything that only grows is half of what it was. */
    public static String withCountersHalved(String body) {
        return edited(body, (type, line) -> isSample(line) && counts(type, line) ? halved(line) : line);
    }

    /** Colons in the names of samples become underscores; comments keep theirs. */
    public static String withNamesEscaped(String body) {
        return edited(body, (type, line) -> {
            String name = isSample(line) ? name(line) : "";
            return name.replace(':', '_') + line.substring(name.length());
        });
    }

    /** Without the families whose names begin so, and the empty lines after them. */
    public static String withoutFamilies(String body, String prefix) {
        StringBuilder text = new StringBuilder(body.length());
        String name = "";
        for (String line : body.lines().toList()) {
            if (line.startsWith("# ")) {
                name = line.split(" ", 4)[2];
            } else if (!line.isEmpty()) {
                name = name(line);
            }
            if (!name.startsWith(prefix)) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    private static boolean counts(String type, String line) {
        return COUNTING.contains(type) || (type.isEmpty() && name(line).endsWith("_total"));
    }

    private static String halved(String line) {
        String text = line.substring(line.lastIndexOf(' ') + 1);
        double value = Double.parseDouble(text);
        double half = value == Math.rint(value) ? Math.floor(value / 2) : value / 2;
        boolean python = text.indexOf('.') >= 0 || text.indexOf('e') >= 0;
        return valued(line, python ? NumberText.python(half) : NumberText.rust(half));
    }

    private static String valued(String line, String value) {
        return line.substring(0, line.lastIndexOf(' ') + 1) + value;
    }

    private static boolean isSample(String line) {
        return !line.isEmpty() && line.charAt(0) != '#';
    }

    private static String name(String sample) {
        int brace = sample.indexOf('{');
        int space = sample.indexOf(' ');
        return sample.substring(0, brace >= 0 && brace < space ? brace : space);
    }

    /** Each line by the type of its family, which is empty where there are no TYPE lines. */
    private static String edited(String body, BiFunction<String, String, String> edit) {
        StringBuilder text = new StringBuilder(body.length() + 1_000);
        String type = "";
        for (String line : body.lines().toList()) {
            if (line.startsWith(TYPE)) {
                type = line.substring(line.lastIndexOf(' ') + 1);
            }
            text.append(edit.apply(type, line)).append('\n');
        }
        return text.toString();
    }

    private static String joined(List<String> lines) {
        return lines.stream().map(line -> line + '\n').collect(Collectors.joining());
    }
}
