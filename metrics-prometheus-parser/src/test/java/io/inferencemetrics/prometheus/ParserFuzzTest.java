package io.inferencemetrics.prometheus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cursor, stream and oracle agree on any bytes. The build runs the inputs that once were interesting; with
 * {@code JAZZER_FUZZ=1} set, the test looks for new ones.
 */
class ParserFuzzTest {
    private static final int MAX_STEP = 64;

    @FuzzTest(maxDuration = "30m")
    void parsersAgree(byte[] data) {
        if (data.length == 0) {
            return;
        }
        // the first byte says how far apart the cuts are
        int step = 1 + (data[0] & 0xff) % MAX_STEP;
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        ParserAgreement.check(
                body,
                IntStream.iterate(0, cut -> cut <= body.length, cut -> cut + step)
                        .toArray());
    }
}
