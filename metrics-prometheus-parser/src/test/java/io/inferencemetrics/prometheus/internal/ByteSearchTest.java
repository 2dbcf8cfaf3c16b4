package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every search finds what an obvious loop does, wherever in the array it begins and ends; the one for newlines also by vectors. */
class ByteSearchTest {
    private static final int ROUNDS = 200_000;
    private static final int LONGEST = 150;

    private final Random random = new Random(20);

    @Test
    void findsTheFirstNewline() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = text("\n\u000b\u008a\u00ff");
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < to && bytes[expected] != '\n') {
                expected++;
            }
            assertThat(ByteSearch.indexOfNewline(bytes, from, to)).isEqualTo(expected);
            assertThat(NewlineSearch.next(bytes, from, to)).isEqualTo(expected);
        }
    }

    @Test
    void findsTheEndOfPlainText() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = text("\"\\\n\u001f\u0000\u0080\u00ff");
            int last = random.nextInt(bytes.length + 1) - Long.BYTES;
            int from = random.nextInt(bytes.length + 1);
            assertThat(ByteSearch.plainTextEnd(bytes, from, last)).isEqualTo(plainTextEnd(bytes, from, last));
        }
    }

    /** The words that are looked at follow one another from the start on. */
    private static int plainTextEnd(byte[] bytes, int from, int last) {
        int whole = from + Math.max(0, last - from + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        for (int at = from; at < whole; at++) {
            if (bytes[at] < ' ' || bytes[at] == '"' || bytes[at] == '\\') {
                return at;
            }
        }
        return -1;
    }

    @Test
    void findsWhatTwoRangesHaveInCommon() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] a = text("b");
            byte[] b = like(a);
            int length = random.nextInt(a.length + 1);
            int from = random.nextInt(a.length - length + 1);
            int mismatch = Arrays.mismatch(a, from, from + length, b, from + 1, from + 1 + length);
            int expected = mismatch < 0 ? length : mismatch;
            assertThat(ByteSearch.commonLength(a, from, b, from + 1, length)).isEqualTo(expected);
            assertThat(ByteSearch.longCommonLength(a, from, b, from + 1, length))
                    .isEqualTo(expected);
            assertThat(ByteSearch.equal(a, from, b, from + 1, length)).isEqualTo(expected == length);
        }
    }

    /** The same text one byte further on, mostly with a byte that differs. */
    private byte[] like(byte[] a) {
        byte[] b = new byte[a.length + 1];
        System.arraycopy(a, 0, b, 1, a.length);
        if (a.length > 0 && random.nextInt(4) > 0) {
            b[1 + random.nextInt(a.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return b;
    }

    /** Plain text with one of some other characters here and there. */
    private byte[] text(String others) {
        byte[] bytes = new byte[random.nextInt(LONGEST)];
        for (int i = 0; i < bytes.length; i++) {
            int c = ' ' + random.nextInt(0x80 - ' ');
            bytes[i] = (byte) (c == '"' || c == '\\' ? 'a' : c);
        }
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            byte[] other = others.getBytes(ISO_8859_1);
            bytes[random.nextInt(bytes.length)] = other[random.nextInt(other.length)];
        }
        return bytes;
    }
}
