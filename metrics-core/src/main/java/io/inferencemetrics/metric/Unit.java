package io.inferencemetrics.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The unit of a metric's values.
 *
 * <p>Canonical metrics use only base units (seconds, bytes, ratios of 0 to 1); the others are what engines write and are
 * converted with {@link #factorTo(Unit)}.
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
    PERCENT("percent", RATIO, 0.01),
    /** Seconds. */
    SECONDS("seconds"),
    /** Milliseconds. */
    MILLISECONDS("milliseconds", SECONDS, 0.001),
    /** Microseconds. */
    MICROSECONDS("microseconds", SECONDS, 0.000_001),
    /** Nanoseconds. */
    NANOSECONDS("nanoseconds", SECONDS, 1e-9),
    /** Seconds since 1970, a point in time. */
    UNIX_SECONDS("unix-seconds"),
    /** Bytes. */
    BYTES("bytes"),
    /** 1024 times 1024 bytes. */
    MEBIBYTES("mebibytes", BYTES, 1024.0 * 1024.0),
    /** 1024 times 1024 times 1024 bytes. */
    GIBIBYTES("gibibytes", BYTES, 1024.0 * 1024.0 * 1024.0),
    /** 1024 bytes. */
    KIBIBYTES("kibibytes", BYTES, 1024),
    /** Bytes a second. */
    BYTES_PER_SECOND("bytes/s"),
    /** Billions of bytes a second. */
    GIGABYTES_PER_SECOND("gigabytes/s", BYTES_PER_SECOND, 1e9),
    /** 1000 bytes a second. */
    KILOBYTES_PER_SECOND("kilobytes/s", BYTES_PER_SECOND, 1e3),
    /** 1024 times 1024 bytes a second. */
    MEBIBYTES_PER_SECOND("mebibytes/s", BYTES_PER_SECOND, 1024.0 * 1024.0),
    /** Degrees Celsius. */
    CELSIUS("celsius"),
    /** Watts. */
    WATTS("watts"),
    /** Thousandths of a watt. */
    MILLIWATTS("milliwatts", WATTS, 0.001),
    /** Joules. */
    JOULES("joules"),
    /** Thousandths of a joule. */
    MILLIJOULES("millijoules", JOULES, 0.001),
    /** Cycles a second. */
    HERTZ("hertz"),
    /** Millions of cycles a second. */
    MEGAHERTZ("megahertz", HERTZ, 1e6),
    /** Floating-point operations. */
    FLOPS("flops"),
    /** Floating-point operations a second. */
    FLOPS_PER_SECOND("flops/s"),
    /** Text, not a number. */
    TEXT("text");

    private final String symbol;
    private final Unit base;
    private final double factor;

    Unit(String symbol) {
        this.symbol = symbol;
        this.base = this;
        this.factor = 1;
    }

    Unit(String symbol, Unit base, double factor) {
        this.symbol = symbol;
        this.base = base;
        this.factor = factor;
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

    /**
     * The factor that turns a value of this unit into one of another.
     *
     * @throws IllegalArgumentException when the two measure different things
     */
    public double factorTo(Unit other) {
        if (base != other.base) {
            throw new IllegalArgumentException("no factor turns " + symbol + " into " + other.symbol);
        }
        return factor / other.factor;
    }
}
