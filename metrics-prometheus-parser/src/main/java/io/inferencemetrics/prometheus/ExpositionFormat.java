package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The two text formats in which servers expose metrics. */
public enum ExpositionFormat {
    /** Prometheus text format 0.0.4, with the quoted UTF-8 names of Prometheus 3. Timestamps are in milliseconds. */
    TEXT,
    /** OpenMetrics 1.0. Timestamps are in seconds, and the body must end in {@code # EOF}. */
    OPENMETRICS;

    private static final String OPENMETRICS_MEDIA_TYPE = "application/openmetrics-text";
    private static final byte[] END_OF_FILE = {'#', ' ', 'E', 'O', 'F'};

    /**
     * The format that a Content-Type header announces: OpenMetrics when its media type is
     * {@code application/openmetrics-text}, whatever the parameters, and text otherwise.
     *
     * @param contentType the header's value, or null when the response had none
     */
    public static ExpositionFormat ofContentType(@Nullable String contentType) {
        if (contentType == null) {
            return TEXT;
        }
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.strip().toLowerCase(Locale.ROOT).equals(OPENMETRICS_MEDIA_TYPE) ? OPENMETRICS : TEXT;
    }

    /**
     * The format that a body of unknown origin, such as a file, shows by its end: OpenMetrics when the last line that
     * is not blank is {@code # EOF}, and text otherwise.
     *
     * @throws IndexOutOfBoundsException when the range does not lie inside the array
     */
    public static ExpositionFormat ofBody(byte[] body, int from, int to) {
        Objects.checkFromToIndex(from, to, body.length);
        int end = to;
        while (end > from && isBlank(body[end - 1])) {
            end--;
        }
        int start = end - END_OF_FILE.length;
        boolean ownLine = start == from || (start > from && body[start - 1] == '\n');
        return ownLine && Arrays.equals(body, start, end, END_OF_FILE, 0, END_OF_FILE.length) ? OPENMETRICS : TEXT;
    }

    private static boolean isBlank(byte b) {
        return b == '\n' || b == '\r' || b == ' ' || b == '\t';
    }
}
