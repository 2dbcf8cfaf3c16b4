package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Decodes as the Unicode standard recommends, by way of the JDK. */
public final class Utf8Reference {
    private Utf8Reference() {}

    public static String decode(byte[] bytes) {
        byte[] changed = bytes.clone();
        for (int i = 0; i + 1 < bytes.length; i++) {
            // the JDK takes a surrogate for one malformed part, the standard for three
            if (bytes[i] == (byte) 0xed && bytes[i + 1] >= (byte) 0xa0 && bytes[i + 1] <= (byte) 0xbf) {
                changed[i] = (byte) 0xff;
            }
        }
        return new String(changed, UTF_8);
    }
}
