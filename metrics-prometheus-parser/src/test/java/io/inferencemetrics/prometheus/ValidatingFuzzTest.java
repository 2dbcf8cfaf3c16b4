package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Validating accepts nothing that strict refuses, finds the same in what it accepts, and does the same through cursor and
 * stream, on any bytes. The build runs the inputs that once were interesting; with {@code JAZZER_FUZZ=1} set, the test
 * looks for new ones.
 */
class ValidatingFuzzTest {
    private static final int MAX_STEP = 64;

    @FuzzTest(maxDuration = "30m")
    void validatingOnlyRefusesMore(byte[] data) {
        if (data.length == 0) {
            return;
        }
        // the first byte says how far apart the cuts are
        int step = 1 + (data[0] & 0xff) % MAX_STEP;
        byte[] body = Arrays.copyOfRange(data, 1, data.length);
        Recording validating = Recording.ofCursor(body, ParserOptions.validating());
        Recording strict = Recording.ofCursor(body, ParserOptions.strict(ExpositionFormat.OPENMETRICS));
        int[] cuts = IntStream.iterate(0, cut -> cut <= body.length, cut -> cut + step)
                .toArray();
        assertThat(Recording.ofStream(body, ParserOptions.validating(), cuts)).isEqualTo(validating);
        int found = validating.items().size();
        assertThat(strict.items()).hasSizeGreaterThanOrEqualTo(found);
        assertThat(strict.items().subList(0, found)).isEqualTo(validating.items());
        if (validating.accepted()) {
            assertThat(strict).isEqualTo(validating);
        }
    }
}
