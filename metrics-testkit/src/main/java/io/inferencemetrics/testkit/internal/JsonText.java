package io.inferencemetrics.testkit.internal;

/** Text as JSON writes it. */
public final class JsonText {
    private JsonText() {}

    /** In quotes; expects no control characters other than line feeds. */
    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
