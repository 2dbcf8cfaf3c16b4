package io.inferencemetrics.prometheus.internal;

/**
 * Reads the values and timestamps of both formats from bytes. Each method says whether the range is such a number and
 * leaves the result in a field, so that none allocates. Not thread-safe.
 */
public final class NumberParser {
    /**
     * Below it a {@code double} holds every integer. The last is 2^53, amid the numbers of 16 digits, of which servers write
     * many; so all of those take one way, which the processor can guess.
     */
    private static final long CLINGER_LIMIT = 1_000_000_000_000_000L;

    private static final double[] EXACT_POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };
    /** What Python puts behind a whole number, and the end of the line. */
    private static final long POINT_ZERO = '.' | '0' << 8 | '\n' << 16;

    private static final long POINT_ZERO_MASK = 0xffffff;
    private static final int MAX_EXACT_POWER = EXACT_POWERS_OF_TEN.length - 1;
    private static final int LONG_DIGITS = 19;
    /** Seven digits, a point, three words of digits, an e and the word behind it: so many bytes are there to look at. */
    private static final int LONGEST_PLAIN = 7 + 1 + 3 * Swar.BYTES + 1 + Swar.BYTES;
    /** So many digits leave room in a word for what stands behind them. */
    private static final int MAX_SHORT = 5;

    /** Of milliseconds since 1970, from 2001 to 2286. */
    private static final int MILLIS_DIGITS = 13;

    private final Decimal decimal = new Decimal();
    private final Halfway halfway = new Halfway();
    private long significand;
    private int writtenExponent;
    private double value;
    private boolean overflow;
    private long millis;
    private boolean outOfRange;

    /**
     * The last time of as many digits as today's have, as its first and its last eight bytes: most lines of a scrape have
     * the same. They overlap, so that no time has these.
     */
    private long millisWord = -1;

    private long millisLastWord;
    private long millisOfWords;

    /** The last value. */
    public double value() {
        return value;
    }

    /** Says what the last value is, where it is known without reading. */
    public void setValue(double known) {
        value = known;
    }

    /** Whether the last value is infinite though written in digits. */
    public boolean overflow() {
        return overflow;
    }

    /** The last timestamp in milliseconds, the nearest {@code long} if it is out of range. */
    public long millis() {
        return millis;
    }

    /** Whether the last timestamp does not fit into {@link #millis()}. */
    public boolean outOfRange() {
        return outOfRange;
    }

    /** Reads a decimal number, an infinity or NaN; the latter may have a sign only where told so. */
    public boolean parseValue(byte[] bytes, int from, int to, boolean signedNan) {
        overflow = false;
        if (decimal.scan(bytes, from, to)) {
            double magnitude = magnitude(bytes, from, to);
            overflow = Double.isInfinite(magnitude);
            value = decimal.negative ? -magnitude : magnitude;
            return true;
        }
        return parseWord(bytes, from, to, signedNan);
    }

    /**
     * Reads a number in the ways in which servers write it: digits, perhaps with a sign before, a point among them and an
     * exponent behind; eight bytes at a time.
     *
     * @param to where the bytes end; only whole words before it are looked at
     * @return where the number ends, which is at a space or a newline; -1 for any other or a longer number
     */
    public int scanPlainValue(byte[] bytes, int from, int to) {
        if (from > to - LONGEST_PLAIN) {
            return from > to - Swar.BYTES ? -1 : scanLongValue(bytes, from, to);
        }
        long word = Swar.load(bytes, from);
        int digits = Swar.first(Swar.notDigit(word));
        if (digits == 0 || digits == Swar.BYTES) {
            return scanLongValue(bytes, from, to);
        }
        byte next = (byte) (word >>> (Byte.SIZE * digits));
        long whole = Swar.digits(word, digits);
        boolean pointZero = isFollowedByPointZero(word, digits);
        if (pointZero || endsValue(next)) {
            overflow = false;
            value = whole;
            return pointZero ? from + digits + 2 : from + digits;
        }
        return next == '.' ? scanPlaces(bytes, from + digits + 1, whole, digits) : scanLongValue(bytes, from, to);
    }

    private static boolean endsValue(byte c) {
        return c == '\n' || c == ' ';
    }

    /** Reads on behind the point; in local variables, since Python writes up to 17 digits and nobody waits for a field. */
    private int scanPlaces(byte[] bytes, int from, long whole, int digits) {
        long digitsRead = whole;
        int at = from;
        int count;
        do {
            long word = Swar.load(bytes, at);
            count = Swar.first(Swar.notDigit(word));
            digitsRead = count == 0 ? digitsRead : digitsRead * POWERS_OF_TEN[count] + Swar.digits(word, count);
            at += count;
        } while (count == Swar.BYTES && at - from < LONG_DIGITS);
        int places = at - from;
        int exponent = -places;
        if ((bytes[at] | 0x20) == 'e') {
            at = scanExponent(bytes, at + 1);
            exponent += writtenExponent;
        }
        if (at < 0 || places == 0 || digits + places > LONG_DIGITS || !endsValue(bytes[at])) {
            return -1;
        }
        value = magnitude(digitsRead, exponent);
        overflow = Double.isInfinite(value);
        return at;
    }

    /** Whether a word begins with digits, up to five, then {@code .0} and a newline. */
    public static boolean isFollowedByPointZero(long word, int digits) {
        return digits > 0 && digits <= MAX_SHORT && (word >>> (Byte.SIZE * digits) & POINT_ZERO_MASK) == POINT_ZERO;
    }

    private int scanLongValue(byte[] bytes, int from, int to) {
        boolean negative = bytes[from] == '-';
        int start = negative ? from + 1 : from;
        int at = scanDigits(bytes, start, to, 0);
        int count = at - start;
        int places = 0;
        if (count > 0 && bytes[at] == '.') {
            int point = at;
            at = scanDigits(bytes, point + 1, to, significand);
            places = at - point - 1;
            count += places;
        }
        if (at <= start || count > LONG_DIGITS || (places == 0 && bytes[at - 1] == '.')) {
            return -1;
        }
        int exponent = -places;
        if ((bytes[at] | 0x20) == 'e') {
            at = at + 1 > to - Swar.BYTES ? -1 : scanExponent(bytes, at + 1);
            if (at < 0) {
                return -1;
            }
            exponent += writtenExponent;
        }
        if (!endsValue(bytes[at])) {
            return -1;
        }
        double magnitude = magnitude(significand, exponent);
        overflow = Double.isInfinite(magnitude);
        value = negative ? -magnitude : magnitude;
        return at;
    }

    /** Appends digits to others; the index behind them, and at least one byte, or -1. */
    private int scanDigits(byte[] bytes, int from, int to, long before) {
        int last = to - Swar.BYTES;
        long result = before;
        for (int at = from; at <= last && at - from <= LONG_DIGITS; at += Swar.BYTES) {
            long word = Swar.load(bytes, at);
            long other = Swar.notDigit(word);
            if (other != 0) {
                int count = Swar.first(other);
                significand = count == 0 ? result : result * POWERS_OF_TEN[count] + Swar.digits(word, count);
                return at + count;
            }
            result = result * POWERS_OF_TEN[Swar.BYTES] + Swar.digits(word, Swar.BYTES);
        }
        return -1;
    }

    /** Two digits behind a sign: what Go writes; -1 for any other. */
    private int scanExponent(byte[] bytes, int from) {
        long word = Swar.load(bytes, from);
        int sign = (int) word & 0xff;
        long digits = word >>> Byte.SIZE;
        if ((sign != '+' && sign != '-') || Swar.first(Swar.notDigit(digits)) != 2) {
            return -1;
        }
        int written = (int) Swar.digits(digits, 2);
        writtenExponent = sign == '-' ? -written : written;
        return from + 3;
    }

    /**
     * Reads an integer of milliseconds of up to 15 digits without a sign.
     *
     * @param to where the bytes end; only whole words before it are looked at
     * @return where the number ends, or -1 for any other or a longer number
     */
    public int scanPlainMillis(byte[] bytes, int from, int to) {
        if (from > to - 2 * Swar.BYTES) {
            return -1;
        }
        long word = Swar.load(bytes, from);
        long lastWord = Swar.load(bytes, from + MILLIS_DIGITS - Swar.BYTES);
        if (word == millisWord && lastWord == millisLastWord && !isDigit(bytes[from + MILLIS_DIGITS])) {
            millis = millisOfWords;
            outOfRange = false;
            return from + MILLIS_DIGITS;
        }
        int end = scanOtherMillis(bytes, from, word);
        if (end == from + MILLIS_DIGITS) {
            millisWord = word;
            millisLastWord = lastWord;
            millisOfWords = millis;
        }
        return end;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private int scanOtherMillis(byte[] bytes, int from, long word) {
        int count = Swar.first(Swar.notDigit(word));
        if (count == 0) {
            return -1;
        }
        long result = Swar.digits(word, count);
        int at = from + count;
        if (count == Swar.BYTES) {
            long next = Swar.load(bytes, at);
            count = Swar.first(Swar.notDigit(next));
            if (count == Swar.BYTES) {
                return -1;
            }
            result = count == 0 ? result : result * POWERS_OF_TEN[count] + Swar.digits(next, count);
            at += count;
        }
        millis = result;
        outOfRange = false;
        return at;
    }

    private double magnitude(byte[] bytes, int from, int to) {
        long digits = decimal.significand;
        double nearest = magnitude(digits, decimal.exponent);
        if (!decimal.truncated) {
            return nearest;
        }
        double next = EiselLemire.toDouble(digits + 1, decimal.exponent);
        return nearest == next ? next : halfway.nearer(bytes, from, to, decimal.writtenExponent, nearest, next);
    }

    private static double magnitude(long digits, long exponent) {
        if (digits >= 0 && digits < CLINGER_LIMIT) {
            // Clinger: both operands are exact, so one operation rounds once
            if (exponent >= 0 && exponent <= MAX_EXACT_POWER) {
                return digits * EXACT_POWERS_OF_TEN[(int) exponent];
            }
            if (exponent < 0 && exponent >= -MAX_EXACT_POWER) {
                return digits / EXACT_POWERS_OF_TEN[(int) -exponent];
            }
        }
        return EiselLemire.toDouble(digits, exponent);
    }

    private boolean parseWord(byte[] bytes, int from, int to, boolean signedNan) {
        boolean signed = from < to && (bytes[from] == '-' || bytes[from] == '+');
        int start = signed ? from + 1 : from;
        if (isWord(bytes, start, to, "inf") || isWord(bytes, start, to, "infinity")) {
            value = bytes[from] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        value = Double.NaN;
        return isWord(bytes, start, to, "nan") && (!signed || signedNan);
    }

    private static boolean isWord(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((bytes[from + i] | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads an integer of milliseconds, with a minus sign or without; false also when it does not fit. */
    public boolean parseMillis(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int start = negative ? from + 1 : from;
        outOfRange = false;
        long negated = 0;
        for (int i = start; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9 || negated < (Long.MIN_VALUE + digit) / 10) {
                return false;
            }
            negated = negated * 10 - digit;
        }
        millis = negative ? negated : -negated;
        return to > start && (negative || negated != Long.MIN_VALUE);
    }

    /** Reads a decimal number of seconds; what is smaller than a millisecond is cut off. */
    public boolean parseSeconds(byte[] bytes, int from, int to) {
        if (!decimal.scan(bytes, from, to)) {
            return false;
        }
        long magnitude = wholeMillis();
        outOfRange = magnitude < 0;
        if (outOfRange) {
            millis = decimal.negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        } else {
            millis = decimal.negative ? -magnitude : magnitude;
        }
        return true;
    }

    /** Negative when it does not fit. */
    private long wholeMillis() {
        long shift = decimal.exponent + 3;
        long result = decimal.significand;
        if (result == 0 || shift <= -LONG_DIGITS - 1) {
            return 0;
        }
        if (shift >= LONG_DIGITS) {
            return -1;
        }
        for (; shift < 0; shift++) {
            result = Long.divideUnsigned(result, 10);
        }
        for (; shift > 0 && result >= 0; shift--) {
            result = result > Long.MAX_VALUE / 10 ? -1 : result * 10;
        }
        return result;
    }
}
