package io.inferencemetrics.prometheus;

import org.jspecify.annotations.Nullable;

/** The words that TYPE lines have for the types. */
final class TypeWords {
    private static final MetricType[] TYPES = MetricType.values();
    /** As prometheus/common spells it. */
    private static final String GAUGE_HISTOGRAM = "gauge_histogram";

    private TypeWords() {}

    /** The type of an OpenMetrics word, or null. */
    static @Nullable MetricType exact(ByteSlice word) {
        for (MetricType type : TYPES) {
            if (word.contentEquals(type.word())) {
                return type;
            }
        }
        return null;
    }

    /** The type of a word in any case and spelling that is in use, unknown for any other. */
    static MetricType tolerant(ByteSlice word) {
        for (MetricType type : TYPES) {
            if (equalsIgnoringCase(word, type.word())) {
                return type;
            }
        }
        return equalsIgnoringCase(word, GAUGE_HISTOGRAM) ? MetricType.GAUGE_HISTOGRAM : MetricType.UNKNOWN;
    }

    private static boolean equalsIgnoringCase(ByteSlice word, String lowerCase) {
        if (word.length() != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int b = word.byteAt(i);
            int lower = b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
            if (lower != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
