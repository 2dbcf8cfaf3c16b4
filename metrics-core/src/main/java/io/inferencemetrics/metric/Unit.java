package io.inferencemetrics.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The unit of a metric's values.
 *
 * <p>Canonical metrics use only base units (seconds, bytes, ratios of 0 to 1); the others are what engines write and are
 * converted with {@link #convert(double, Unit)}.
 */
public enum Unit {
    /** A plain number. */
    ONE("one"),
    /** Of what a plain number counts, so many a second. */
    PER_SECOND("1/s"),
    /** Requests. */
    REQUESTS("requests"),
    /** Tokens. */
    TOKENS("tokens"),
    /** Tokens a second. */
    TOKENS_PER_SECOND("tokens/s"),
    /** Joules for each token. */
    JOULES_PER_TOKEN("joules/token"),
    /** Requests a second. */
    REQUESTS_PER_SECOND("requests/s"),
    /** Blocks (pages) of a KV cache. */
    BLOCKS("blocks"),
    /** Blocks a second. */
    BLOCKS_PER_SECOND("blocks/s"),
    /** Events of a kind the metric names. */
    EVENTS("events"),
    /** Events a second. */
    EVENTS_PER_SECOND("events/s"),
    /** A share of 0 to 1. */
    RATIO("ratio"),
    /** A share of 0 to 100. */
    PERCENT("percent", RATIO, 1, 100),
    /** Seconds. */
    SECONDS("seconds"),
    /** Milliseconds. */
    MILLISECONDS("milliseconds", SECONDS, 1, 1_000),
    /** Microseconds. */
    MICROSECONDS("microseconds", SECONDS, 1, 1_000_000),
    /** Nanoseconds. */
    NANOSECONDS("nanoseconds", SECONDS, 1, 1_000_000_000),
    /** Seconds since 1970, a point in time. */
    UNIX_SECONDS("unix-seconds"),
    /** Bytes. */
    BYTES("bytes"),
    /** 1024 times 1024 bytes. */
    MEBIBYTES("mebibytes", BYTES, 1024.0 * 1024.0, 1),
    /** 1024 times 1024 times 1024 bytes. */
    GIBIBYTES("gibibytes", BYTES, 1024.0 * 1024.0 * 1024.0, 1),
    /** 1024 bytes. */
    KIBIBYTES("kibibytes", BYTES, 1024, 1),
    /** Bytes a second. */
    BYTES_PER_SECOND("bytes/s"),
    /** Billions of bytes a second. */
    GIGABYTES_PER_SECOND("gigabytes/s", BYTES_PER_SECOND, 1e9, 1),
    /** 1000 bytes a second. */
    KILOBYTES_PER_SECOND("kilobytes/s", BYTES_PER_SECOND, 1e3, 1),
    /** 1024 times 1024 bytes a second. */
    MEBIBYTES_PER_SECOND("mebibytes/s", BYTES_PER_SECOND, 1024.0 * 1024.0, 1),
    /** Degrees Celsius. */
    CELSIUS("celsius"),
    /** Watts. */
    WATTS("watts"),
    /** Thousandths of a watt. */
    MILLIWATTS("milliwatts", WATTS, 1, 1_000),
    /** Joules. */
    JOULES("joules"),
    /** Thousandths of a joule. */
    MILLIJOULES("millijoules", JOULES, 1, 1_000),
    /** Cycles a second. */
    HERTZ("hertz"),
    /** Millions of cycles a second. */
    MEGAHERTZ("megahertz", HERTZ, 1e6, 1),
    /** Floating-point operations. */
    FLOPS("flops"),
    /** Floating-point operations a second. */
    FLOPS_PER_SECOND("flops/s"),
    /** Text, not a number. */
    TEXT("text");

    private final String symbol;
    private final Unit base;
    private final double times;
    private final double over;

    Unit(String symbol) {
        this.symbol = symbol;
        this.base = this;
        this.times = 1;
        this.over = 1;
    }

    /** Whole numbers both, which are exact where their quotient is not. */
    Unit(String symbol, Unit base, double times, double over) {
        this.symbol = symbol;
        this.base = base;
        this.times = times;
        this.over = over;
    }

    /** How the unit is written in catalogues and in JSON, such as {@code tokens/s}. */
    public String symbol() {
        return symbol;
    }

    /** The unit with this symbol, in any case of letters. */
    public static Optional<Unit> ofSymbol(String symbol) {
        String wanted = symbol.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(u -> u.symbol.equals(wanted)).findFirst();
    }

    /** The unit of what grows by one of this unit each second; seconds a second are a share. */
    public Unit perSecond() {
        return switch (this) {
            case REQUESTS -> REQUESTS_PER_SECOND;
            case TOKENS -> TOKENS_PER_SECOND;
            case BLOCKS -> BLOCKS_PER_SECOND;
            case EVENTS -> EVENTS_PER_SECOND;
            case BYTES -> BYTES_PER_SECOND;
            case FLOPS -> FLOPS_PER_SECOND;
            case SECONDS -> RATIO;
            case JOULES -> WATTS;
            default -> PER_SECOND;
        };
    }

    /** Whether values of this unit can be told in another: both measure the same thing. */
    public boolean convertsTo(Unit other) {
        return base == other.base;
    }

    /**
     * A value of this unit in another, rounded once: 311,501 milliwatts are 311.501 watts.
     *
     * @throws IllegalArgumentException when the two measure different things
     */
    public double convert(double value, Unit other) {
        if (!convertsTo(other)) {
            throw new IllegalArgumentException(symbol + " cannot be told in " + other.symbol);
        }
        return this == other ? value : value * (times * other.over) / (over * other.times);
    }
}
