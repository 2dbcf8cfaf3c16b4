package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ByteHashTest {
    @Test
    void equalBytesHaveEqualHashesWhereverTheyLie() {
        Random random = new Random(1);
        for (int length = 0; length < 50; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] elsewhere = new byte[length + 7];
            System.arraycopy(bytes, 0, elsewhere, 5, length);
            assertThat(ByteHash.of(elsewhere, 5, length)).isEqualTo(ByteHash.of(bytes, 0, length));
        }
    }

    /** Such texts all have one hash where each character counts 31 times the next. */
    @Test
    void textsMadeToCollideDoNot() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1 << 14; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                text.append((i >>> bit & 1) == 0 ? "Aa" : "BB");
            }
            byte[] bytes = text.toString().getBytes(ISO_8859_1);
            hashes.add(ByteHash.of(bytes, 0, bytes.length));
        }
        assertThat(hashes).hasSizeGreaterThan((1 << 14) - 10);
    }

    @Test
    void theLowBitsAloneTellNamesApart() {
        Set<Integer> slots = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = ("vllm:request_success_total{engine=\"" + i + "\"}").getBytes(ISO_8859_1);
            slots.add(ByteHash.of(bytes, 0, bytes.length) & 0xffff);
        }
        assertThat(slots).hasSizeGreaterThan(960);
    }
}
