package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Passes over the lines of families that nobody wants, at the speed at which their newlines are found.
 *
 * <p>Lines of one family stand together, so a line is mostly recognised by the name of the line before. Of lines that are
 * passed over nothing but the name is looked at, be they good or bad.
 */
final class FamilyFilter {
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_created", "_bucket", "_sum", "_count", "_gsum", "_gcount", "_info");
    private static final String TOTAL = "_total";

    private final TextTable wanted = new TextTable();
    private final int maxLineBytes;

    /** The name that was unwanted last. */
    private byte[] name = new byte[64];

    private int nameLength;

    /** How the names that are wanted begin: up to eight bytes, as many as the shortest has. */
    private long beginnings;

    private final long beginningMask;
    private int lines;

    FamilyFilter(Set<String> families, int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
        int shortest = families.stream()
                .mapToInt(family -> base(family).length())
                .min()
                .orElse(0);
        beginningMask = shortest >= Swar.BYTES ? -1 : (1L << (Byte.SIZE * shortest)) - 1;
        families.forEach(this::want);
    }

    private static String base(String family) {
        return family.endsWith(TOTAL) ? family.substring(0, family.length() - TOTAL.length()) : family;
    }

    private void want(String family) {
        for (String suffix : SUFFIXES) {
            add(family + suffix);
        }
        add(base(family));
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        wanted.number(bytes, 0, bytes.length);
        byte[] word = Arrays.copyOf(bytes, Swar.BYTES);
        beginnings |= beginning(Swar.load(word, 0) & beginningMask);
    }

    boolean wants(ByteSlice name) {
        return wanted.contains(name.array(), name.offset(), name.length());
    }

    /** How many lines the last call passed over. */
    int lines() {
        return lines;
    }

    /**
     * Passes over lines.
     *
     * @param to where the bytes end
     * @return where the first line starts that is wanted, or in an unusual shape, or too near to the end of the bytes
     */
    int passUnwanted(byte[] bytes, int from, int to) {
        int at = from;
        lines = 0;
        while (true) {
            int nameStart = at <= to - Swar.BYTES && bytes[at] == '#' ? behindPrefix(bytes, at) : at;
            int nameEnd = nameStart < 0 ? -1 : endOfUnwanted(bytes, nameStart, to);
            int newline = nameEnd < 0 ? to : Swar.indexOfNewline(bytes, nameEnd, to);
            if (newline == to || newline - at > maxLineBytes) {
                return at;
            }
            at = newline + 1;
            lines++;
        }
    }

    /**
     * Whether a whole line is one of those that are passed over: what {@link #passUnwanted} finds where it can, wherever the line stands.
     *
     * @param to where the line ends
     */
    boolean isUnwanted(byte[] bytes, int from, int to) {
        boolean metadata = to - from >= Swar.BYTES && bytes[from] == '#';
        int nameStart = metadata ? behindPrefix(bytes, from) : from;
        int nameEnd = nameStart < 0 ? -1 : NameBytes.metricNameEnd(bytes, nameStart, to);
        return nameEnd > nameStart && !wanted.contains(bytes, nameStart, nameEnd - nameStart);
    }

    /** Where the name starts on a line of metadata; -1 for any other comment. */
    private static int behindPrefix(byte[] bytes, int at) {
        long prefix = MetadataPrefix.of(bytes, at);
        boolean metadata =
                prefix == MetadataPrefix.HELP || prefix == MetadataPrefix.TYPE || prefix == MetadataPrefix.UNIT;
        return metadata ? at + MetadataPrefix.LENGTH : -1;
    }

    /** Up to where a line is known to be unwanted, and to hold no newline; -1 when it is wanted or cannot be told. */
    private int endOfUnwanted(byte[] bytes, int from, int to) {
        if (from > to - Swar.BYTES || !NameBytes.startsMetricName(bytes[from])) {
            return -1;
        }
        if ((beginnings & beginning(Swar.load(bytes, from) & beginningMask)) == 0) {
            return from;
        }
        int end = from + nameLength;
        if (end < to && endsName(bytes[end]) && Swar.equal(bytes, from, name, 0, nameLength)) {
            return end;
        }
        return endOfNew(bytes, from, to - Swar.BYTES);
    }

    private int endOfNew(byte[] bytes, int from, int last) {
        int at = from;
        long other = Swar.notInMetricName(Swar.load(bytes, at));
        while (other == 0 && at <= last - Swar.BYTES) {
            at += Swar.BYTES;
            other = Swar.notInMetricName(Swar.load(bytes, at));
        }
        at += Swar.first(other);
        boolean whole = at > from && at < last && endsName(bytes[at]);
        return whole && !wanted.contains(bytes, from, at - from) ? remember(bytes, from, at) : -1;
    }

    /** A set of beginnings is a word with one bit for each, so that most others are not in it. */
    private static long beginning(long word) {
        return 1L << (word * 0x9e3779b97f4a7c15L >>> 58);
    }

    private static boolean endsName(byte c) {
        return c == '{' || c == ' ';
    }

    private int remember(byte[] bytes, int from, int to) {
        nameLength = to - from;
        if (nameLength > name.length) {
            name = new byte[2 * nameLength];
        }
        System.arraycopy(bytes, from, name, 0, nameLength);
        return to;
    }
}
