package io.inferencemetrics.prometheus.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers against {@link Double#parseDouble} and {@link BigDecimal}, which are slow and right. */
class NumberParserTest {
    private final NumberParser numbers = new NumberParser();

    @Test
    void readsWhatPythonAndGoWriteForRandomDoubles() {
        Random random = new Random(4);
        for (int i = 0; i < 300_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                checkValue(Double.toString(value));
                checkValue("%.16e".formatted(value));
            }
        }
    }

    @Test
    void readsRandomDigitsWithRandomExponents() {
        Random random = new Random(5);
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            int digits = 1 + random.nextInt(25);
            int point = random.nextInt(digits + 1);
            for (int d = 0; d < digits; d++) {
                text.append(d == point ? "." : "").append(random.nextInt(10));
            }
            text.append('e').append(random.nextInt(700) - 360);
            checkValue(text.toString());
        }
    }

    /** A million in the build; {@code -Dnumbers=100000000} for the hundred million of the design document. */
    @Test
    void scansPlainNumbersOfAnyLengthAsTheSlowWayDoes() {
        int times = Integer.getInteger("numbers", 1_000_000);
        Random random = new Random(7);
        byte[] line = new byte[64];
        for (int i = 0; i < times; i++) {
            int length = plainNumber(random, line);
            boolean roomy = i % 4 != 0;
            byte[] bytes = roomy ? line : Arrays.copyOf(line, length + random.nextInt(9));
            int end = numbers.scanPlainValue(bytes, 0, bytes.length);
            if (end < 0) {
                assertThat(!roomy || length > 14)
                        .as(new String(line, 0, length, ISO_8859_1))
                        .isTrue();
            } else {
                String text = new String(line, 0, length, ISO_8859_1);
                assertThat(end).as(text).isEqualTo(length);
                if (Double.doubleToRawLongBits(numbers.value())
                        != Double.doubleToRawLongBits(Double.parseDouble(text))) {
                    assertThat(numbers.value()).as(text).isEqualTo(Double.parseDouble(text));
                }
            }
        }
    }

    /** Digits, perhaps with a sign, a point among them and an exponent, and a newline; the length without it. */
    private static int plainNumber(Random random, byte[] line) {
        int at = 0;
        if (random.nextInt(4) == 0) {
            line[at++] = '-';
        }
        int whole = 1 + random.nextInt(random.nextBoolean() ? 4 : 16);
        int places = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? 3 : 18);
        boolean zeros = random.nextInt(3) == 0;
        for (int i = 0; i < whole; i++) {
            line[at++] = (byte) ('0' + random.nextInt(10));
        }
        for (int i = 0; i < places; i++) {
            if (i == 0) {
                line[at++] = '.';
            }
            line[at++] = (byte) (zeros ? '0' : '0' + random.nextInt(10));
        }
        if (random.nextInt(4) == 0) {
            line[at++] = (byte) (random.nextBoolean() ? 'e' : 'E');
            line[at++] = (byte) (random.nextBoolean() ? '+' : '-');
            line[at++] = (byte) ('0' + random.nextInt(10));
            line[at++] = (byte) ('0' + random.nextInt(10));
        }
        line[at] = (byte) (random.nextBoolean() ? '\n' : ' ');
        return at;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d", "1f", "1L", "0x1p0", "1_000", "1e5", "1e+5", "1e+123", "1e+", "1.e+05", "1.5e", "NaN", "+1", ".5",
                "5.", "-", "", "--1", "1.2.3"
            })
    void leavesEverythingElseToTheSlowWay(String text) {
        byte[] line = (text + "\n" + "7".repeat(16)).getBytes(ISO_8859_1);
        int end = numbers.scanPlainValue(line, 0, line.length);
        assertThat(end).isNegative();
    }

    @Test
    void looksAtNothingBehindTheBytesHoweverNearTheirEndIs() {
        String digits = "123456789012345678901234567890";
        for (int whole = 1; whole <= 9; whole++) {
            for (int places = 0; places <= 26; places++) {
                String plain = digits.substring(0, whole) + (places == 0 ? "" : "." + digits.substring(0, places));
                for (String text : List.of(plain, plain + "e+05", plain + "e", "-" + plain)) {
                    for (int behind = 0; behind < 48; behind++) {
                        byte[] bytes = (text + "\n" + "#".repeat(behind)).getBytes(ISO_8859_1);
                        int end = numbers.scanPlainValue(bytes, 0, bytes.length);
                        if (end >= 0) {
                            assertThat(end).isEqualTo(text.length());
                            assertThat(numbers.value()).isEqualTo(Double.parseDouble(text));
                        }
                    }
                }
            }
        }
    }

    /** The hardest there are: exactly between two doubles, and one digit to either side of that. */
    @Test
    void roundsNumbersBetweenTwoDoubles() {
        Random random = new Random(6);
        for (int i = 0; i < 20_000; i++) {
            double below = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (i % 3 == 0) {
                below = random.nextInt(1 << 20) * Math.scalb(1.0, random.nextInt(60));
            }
            if (!Double.isFinite(below) || below == Double.MAX_VALUE) {
                continue;
            }
            BigDecimal half = new BigDecimal(below)
                    .add(new BigDecimal(Math.nextUp(below)))
                    .divide(BigDecimal.valueOf(2));
            BigDecimal step = BigDecimal.ONE.movePointLeft(half.scale() + 1);
            checkValue(half.toString());
            checkValue(half.add(step).toString());
            checkValue(half.subtract(step).toString());
            String plain = half.setScale(half.scale() + 1).toPlainString();
            checkValue(plain + "0".repeat(900));
            checkValue(plain + "0".repeat(900) + "1");
            checkValue("-" + plain + "e-7");
            checkValue(half.round(new MathContext(19)).toString());
            checkValue(half.round(new MathContext(17)).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "00001.50",
                ".5",
                "5.",
                "-.5e1",
                "+7",
                "1e22",
                "1e23",
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9007199254740992e22",
                "123456789012345678",
                "18446744073709551615",
                "18446744073709551616",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "2.2250738585072014e-308",
                "2.2250738585072011e-308",
                "2.2250738585072009e-308",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "5e-324",
                "1e-400",
                "0e9999999999",
                "1e-9999999999",
                "8.178952e+06",
                "1.1337506816e+010",
                "1.7069978639483452e-05",
                "0.000000000000000000000000000000000000000000001",
                "100000000000000000000000000000000000000000",
                "1.00000000000000011102230246251565",
                "7.2057594037927933e16",
                "3.2378839133029012895883524125015321748630e-319"
            })
    void readsKnownNumbers(String text) {
        checkValue(text);
    }

    @Test
    void readsNumbersOfThousandsOfDigits() {
        checkValue("0." + "0".repeat(5000) + "1e5001");
        checkValue("1" + "0".repeat(5000) + "e-5000");
        checkValue("1" + "0".repeat(300) + "." + "0".repeat(300) + "1");
        checkValue("9007199254740993" + "0".repeat(3000) + "1e-3000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1e309", "1e400", "-1e400", "1.7976931348623159e308", "99999e9999999999999999999", "0.1e999"})
    void saysThatANumberIsTooLarge(String text) {
        assertThat(readsValue(text, false)).isTrue();
        assertThat(numbers.overflow()).isTrue();
        assertThat(numbers.value()).isInfinite();
        assertThat(numbers.value() < 0).isEqualTo(text.startsWith("-"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                ".",
                "e",
                "e1",
                "1e",
                "1e+",
                "--1",
                "+-1",
                "1d",
                "1f",
                "1L",
                "0x1p0",
                "0x10",
                "1_000",
                " 1",
                "1 ",
                "1,5",
                "1.2.3",
                "1e5.0",
                "nul",
                "Infx",
                "infinit",
                "in",
                "na",
                "nann",
                "+-inf",
                "\u0663",
                "1\0",
                "-nan(ind)"
            })
    void rejectsWhatIsNoNumber(String text) {
        assertThat(readsValue(text, true)).isFalse();
        assertThat(readsMillis(text)).isFalse();
        assertThat(readsSeconds(text)).isFalse();
    }

    @Test
    void readsInfinitiesInAnyCaseAndSign() {
        for (String word : new String[] {"inf", "Inf", "INF", "Infinity", "INFINITY", "infinity"}) {
            assertThat(readsValue(word, false)).isTrue();
            assertThat(numbers.value()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(numbers.overflow()).isFalse();
            assertThat(readsValue("+" + word, false)).isTrue();
            assertThat(numbers.value()).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(readsValue("-" + word, false)).isTrue();
            assertThat(numbers.value()).isEqualTo(Double.NEGATIVE_INFINITY);
            assertThat(readsSeconds(word)).isFalse();
        }
    }

    @Test
    void takesASignedNanOnlyWhereTold() {
        for (String word : new String[] {"nan", "NaN", "NAN"}) {
            assertThat(readsValue(word, false)).isTrue();
            assertThat(numbers.value()).isNaN();
            assertThat(readsValue("-" + word, false)).isFalse();
            assertThat(readsValue("-" + word, true)).isTrue();
            assertThat(numbers.value()).isNaN();
            assertThat(readsValue("+" + word, true)).isTrue();
        }
    }

    @Test
    void readsMillisUpToTheEndsOfTheRange() {
        for (long millis : new long[] {0, 1, -1, 1395066363000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(readsMillis(Long.toString(millis))).isTrue();
            assertThat(numbers.millis()).isEqualTo(millis);
            assertThat(numbers.outOfRange()).isFalse();
        }
        assertThat(readsMillis("000000000000000000000000000007")).isTrue();
        assertThat(numbers.millis()).isEqualTo(7);
        for (String text :
                new String[] {"9223372036854775808", "-9223372036854775809", "92233720368547758070", "+1", "1.5", "1e3"
                }) {
            assertThat(readsMillis(text)).as(text).isFalse();
        }
    }

    @Test
    void cutsSecondsToMillis() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            int length = 1 + random.nextInt(24);
            BigDecimal seconds = new BigDecimal(new BigInteger(4 * length, random), random.nextInt(30) - 5);
            String text =
                    random.nextBoolean() ? seconds.toString() : seconds.negate().toPlainString();
            BigInteger millis = new BigDecimal(text).movePointRight(3).toBigInteger();
            assertThat(readsSeconds(text)).as(text).isTrue();
            assertThat(numbers.outOfRange()).as(text).isEqualTo(millis.abs().bitLength() >= Long.SIZE);
            if (!numbers.outOfRange()) {
                assertThat(numbers.millis()).as(text).isEqualTo(millis.longValueExact());
            }
        }
    }

    @Test
    void saysThatSecondsAreOutOfRange() {
        assertThat(readsSeconds("1e30")).isTrue();
        assertThat(numbers.outOfRange()).isTrue();
        assertThat(numbers.millis()).isEqualTo(Long.MAX_VALUE);
        assertThat(readsSeconds("-1e999999999999999")).isTrue();
        assertThat(numbers.outOfRange()).isTrue();
        assertThat(numbers.millis()).isEqualTo(Long.MIN_VALUE);
        assertThat(readsSeconds("1e-999999999999999")).isTrue();
        assertThat(numbers.outOfRange()).isFalse();
        assertThat(numbers.millis()).isZero();
    }

    private void checkValue(String text) {
        double expected = Double.parseDouble(text);
        assertThat(readsValue(text, false)).as(text).isTrue();
        if (Double.doubleToRawLongBits(numbers.value()) != Double.doubleToRawLongBits(expected)) {
            assertThat(numbers.value()).as(text).isEqualTo(expected);
        }
        assertThat(numbers.overflow()).as(text).isEqualTo(Double.isInfinite(expected));
    }

    private boolean readsValue(String text, boolean signedNan) {
        byte[] bytes = padded(text);
        return numbers.parseValue(bytes, 3, bytes.length - 3, signedNan);
    }

    private boolean readsMillis(String text) {
        byte[] bytes = padded(text);
        return numbers.parseMillis(bytes, 3, bytes.length - 3);
    }

    private boolean readsSeconds(String text) {
        byte[] bytes = padded(text);
        return numbers.parseSeconds(bytes, 3, bytes.length - 3);
    }

    /** Digits around the number show a read beyond its ends. */
    private static byte[] padded(String text) {
        return ("111" + text + "111").getBytes(ISO_8859_1);
    }
}
