package io.inferencemetrics.testkit.internal;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What prometheus_client makes of a body for who asks for OpenMetrics, as Prometheus does: the names of samples lose their
 * colon, those of metadata keep it, counters lose their {@code _total} there, and an end mark follows.
 */
public final class OpenMetricsText {
    /** What such a body says it is. */
    public static final String CONTENT_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private OpenMetricsText() {}

    /** The body in the other format. */
    public static String of(String text) {
        return text.lines().map(OpenMetricsText::line).collect(Collectors.joining("\n", "", "\n# EOF\n"));
    }

    /** Whether an {@code Accept} header asks for OpenMetrics. */
    public static boolean isAskedFor(String accept) {
        return accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text");
    }

    private static String line(String line) {
        if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", 4);
            words[2] = words[2].endsWith("_total")
                    ? words[2].substring(0, words[2].length() - "_total".length())
                    : words[2];
            return String.join(" ", words);
        }
        int labels = line.indexOf('{');
        int name = labels < 0 ? line.length() : labels;
        return line.startsWith("#") ? line : line.substring(0, name).replace(':', '_') + line.substring(name);
    }
}
