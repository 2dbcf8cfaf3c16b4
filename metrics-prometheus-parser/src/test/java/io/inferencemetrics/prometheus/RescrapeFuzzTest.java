package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/**
 * A cursor or reader that remembers finds in any body, after any other, what one finds that does not. The build runs the inputs
 * that once were interesting; with {@code JAZZER_FUZZ=1} set, the test looks for new ones.
 */
class RescrapeFuzzTest {
    @FuzzTest(maxDuration = "30m")
    void whatIsRememberedChangesNothing(byte[] data) {
        if (data.length == 0) {
            return;
        }
        // the first byte says where the first body ends and which options are used
        int cut = 1 + (data.length - 1) * (data[0] & 0x3f) / 0x3f;
        ParserOptions options = ParserAgreement.ALL_OPTIONS.get((data[0] & 0xff) >>> 6);
        byte[] first = Arrays.copyOfRange(data, 1, cut);
        byte[] second = Arrays.copyOfRange(data, cut, data.length);
        ExpositionCursor cursor = ExpositionCursor.remembering(options);
        ExpositionReader reader = new ExpositionReader(options);
        ChangeKeeper keeper = new ChangeKeeper(options);
        for (byte[] body : new byte[][] {first, second, first.clone()}) {
            Recording.Recorder recorder = new Recording.Recorder();
            String failure = null;
            try {
                cursor.reset(body, 0, body.length);
                for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
                    recorder.add(event, cursor);
                }
            } catch (ExpositionException e) {
                failure = e.getMessage();
            }
            Recording anew = Recording.ofCursor(body, options);
            assertThat(failure).isEqualTo(anew.failure());
            assertThat(recorder.items()).isEqualTo(anew.items());
            keeper.read(body, "read by changes");
            if (failure == null) {
                assertThat(reader.read(body)).isEqualTo(Exposition.parse(body, options));
            } else {
                assertThatExceptionOfType(ExpositionException.class)
                        .isThrownBy(() -> reader.read(body))
                        .withMessage(failure);
            }
        }
    }
}
