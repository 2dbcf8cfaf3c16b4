package io.inferencemetrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers are ordered as exact decimals, however they are written. */
class ExactDecimalTest {
    @Test
    void theOrderIsThatOfExactDecimals() {
        Random random = new Random(11);
        ExactDecimal left = new ExactDecimal();
        ExactDecimal right = new ExactDecimal();
        for (int i = 0; i < 100_000; i++) {
            String a = number(random);
            String b = number(random);
            left.set(ByteSlice.of(a));
            right.set(ByteSlice.of(b));
            assertThat(Integer.signum(left.compareTo(right)))
                    .as("%s and %s", a, b)
                    .isEqualTo(new BigDecimal(a).compareTo(new BigDecimal(b)));
        }
    }

    @Test
    void anExponentBeyondAllBoundsIsStillLarge() {
        ExactDecimal left = new ExactDecimal();
        ExactDecimal right = new ExactDecimal();
        left.set(ByteSlice.of("1e99999999999999999999"));
        right.set(ByteSlice.of("9".repeat(5000)));
        assertThat(left.compareTo(right)).isPositive();
        left.set(ByteSlice.of("-1e-99999999999999999999"));
        right.set(ByteSlice.of("0"));
        assertThat(left.compareTo(right)).isNegative();
    }

    /** Few digits, so that equal numbers and near ones are frequent. */
    private static String number(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : random.nextBoolean() ? "+" : "");
        digits(text, random, 1);
        if (random.nextBoolean()) {
            text.append('.');
            digits(text, random, random.nextInt(2));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(7) - 3);
        }
        return text.toString();
    }

    private static void digits(StringBuilder text, Random random, int least) {
        int count = least + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(3) == 0 ? random.nextInt(2) : 0);
        }
    }
}
