package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** The bytes at the borders of the well-formed ranges, so that random sequences of them meet every rule. */
    private static final int[] BORDERS = {
        0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };

    @Test
    void decidesAndRepairsAsTheJdkDecodes() {
        Random random = new Random(8);
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = new byte[random.nextInt(8)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] =
                        (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : BORDERS[random.nextInt(BORDERS.length)]);
            }
            check(bytes);
        }
    }

    @Test
    void findsTheFirstInvalidByte() {
        byte[] bytes = "a\u00e4\u20ac\ud83d\ude00?b".getBytes(UTF_8);
        assertThat(Utf8.indexOfInvalid(bytes, 0, bytes.length)).isEqualTo(-1);
        bytes[bytes.length - 2] = (byte) 0x80;
        assertThat(Utf8.indexOfInvalid(bytes, 0, bytes.length)).isEqualTo(bytes.length - 2);
    }

    private static void check(byte[] bytes) {
        assertThat(Utf8.indexOfInvalid(bytes, 0, bytes.length) < 0)
                .as(Arrays.toString(bytes))
                .isEqualTo(isValid(bytes));
        byte[] repaired = new byte[1 + Utf8.MAX_GROWTH * bytes.length];
        int end = Utf8.replaceInvalid(bytes, 0, bytes.length, repaired, 1);
        assertThat(new String(repaired, 1, end - 1, UTF_8))
                .as(Arrays.toString(bytes))
                .isEqualTo(Utf8Reference.decode(bytes));
        assertThat(Utf8.indexOfInvalid(repaired, 1, end)).isEqualTo(-1);
    }

    private static boolean isValid(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
