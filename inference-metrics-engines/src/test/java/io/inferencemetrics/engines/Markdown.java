package io.inferencemetrics.engines;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pieces of Markdown that a page is made of. */
final class Markdown {
    /** Options, paths, names on the wire and names with an underscore, where they stand in a sentence. */
    private static final Pattern NAMES =
            Pattern.compile("(?<![\\w`/.-])(--[a-z][\\w-]*|/[a-z][\\w/.?=-]*|[a-z]+:[a-z]\\w+|[A-Za-z]+_\\w+)(?![`:])");

    private Markdown() {}

    static String code(String text) {
        return "`" + text + "`";
    }

    static String link(String text, String heading) {
        return "[" + text + "](#" + anchor(heading) + ")";
    }

    /** What GitHub makes of a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }

    /** A sentence in which names are set as code. */
    static String sentence(String text) {
        return NAMES.matcher(text.replace("<", "&lt;").replace("*", "\\*")).replaceAll("`$1`");
    }

    static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replaceAll(" +\\|", " |");
    }

    static String head(String... columns) {
        return row(columns) + "\n| " + "--- | ".repeat(columns.length).strip();
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> items, String lastWord) {
        int last = items.size() - 1;
        return last < 1
                ? String.join("", items)
                : String.join(", ", items.subList(0, last)) + " " + lastWord + " " + items.get(last);
    }
}
