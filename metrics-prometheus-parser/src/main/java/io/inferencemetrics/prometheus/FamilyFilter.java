package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.NewlineSearch;
import io.inferencemetrics.prometheus.internal.Swar;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Passes over the lines of families that nobody wants, at the speed at which their newlines are found.
 *
 * <p>Most are told by how their names begin. Where that does not tell, a line is mostly recognised by the name of a line
 * before, since lines of one family stand together. Of lines that are passed over nothing but the name is looked at, be they
 * good or bad.
 */
final class FamilyFilter {
    private static final List<String> SUFFIXES =
            List.of("", "_total", "_created", "_bucket", "_sum", "_count", "_gsum", "_gcount", "_info");
    private static final String TOTAL = "_total";
    private static final int BEGINNING = 2 * Swar.BYTES;

    private final TextTable wanted = new TextTable();
    private final int maxLineBytes;

    private final RecentName recentWanted = new RecentName();
    private final RecentName recentUnwanted = new RecentName();

    /** How the names that are wanted begin: up to two words, not more bytes than the shortest has. */
    private long beginnings;

    private final long firstMask;
    private final long secondMask;
    private int lines;

    FamilyFilter(Set<String> families, int maxLineBytes) {
        this.maxLineBytes = maxLineBytes;
        int shortest = families.stream()
                .mapToInt(family -> base(family).length())
                .min()
                .orElse(0);
        firstMask = lowest(shortest);
        secondMask = lowest(shortest - Swar.BYTES);
        families.forEach(this::want);
    }

    /** The bits of so many bytes of a word, from its first on. */
    private static long lowest(int bytes) {
        return bytes <= 0 ? 0 : bytes >= Swar.BYTES ? -1 : (1L << (Byte.SIZE * bytes)) - 1;
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
        byte[] words = Arrays.copyOf(bytes, BEGINNING);
        beginnings |= beginning(words, 0);
    }

    boolean wants(ByteSlice name) {
        return recentWanted.is(name.array(), name.offset(), name.length())
                || lookUp(name.array(), name.offset(), name.length());
    }

    private boolean lookUp(byte[] bytes, int from, int length) {
        boolean found = wanted.contains(bytes, from, length);
        if (found) {
            recentWanted.remember(bytes, from, length);
        }
        return found;
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
            at = passByBeginning(bytes, at, to);
            int nameStart = at <= to - Swar.BYTES && bytes[at] == '#' ? behindPrefix(bytes, at) : at;
            int nameEnd = nameStart < 0 ? -1 : endOfUnwanted(bytes, nameStart, to);
            int newline = nameEnd < 0 ? to : NewlineSearch.next(bytes, nameEnd, to);
            if (newline == to || newline - at > maxLineBytes) {
                return at;
            }
            at = newline + 1;
            lines++;
        }
    }

    /**
     * Passes over lines whose names begin as no wanted name does, which most lines are. This loop is apart from the other
     * ways to tell, so that the compiler has nothing else to keep at hand in it.
     */
    private int passByBeginning(byte[] bytes, int from, int to) {
        int last = to - BEGINNING;
        int at = from;
        int passed = 0;
        while (at <= last && NameBytes.startsMetricName(bytes[at]) && !mayBeWanted(bytes, at)) {
            int newline = NewlineSearch.next(bytes, at, to);
            if (newline == to || newline - at > maxLineBytes) {
                break;
            }
            at = newline + 1;
            passed++;
        }
        lines += passed;
        return at;
    }

    /**
     * Whether a whole line is one of those that are passed over: what {@link #passUnwanted} finds where it can, wherever
     * the line stands.
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
        if (from > to - BEGINNING || !NameBytes.startsMetricName(bytes[from])) {
            return -1;
        }
        if (!mayBeWanted(bytes, from)) {
            return from;
        }
        if (recentWanted.endOn(bytes, from, to) >= 0) {
            return -1;
        }
        int end = recentUnwanted.endOn(bytes, from, to);
        return end >= 0 ? end : endOfNew(bytes, from, to - Swar.BYTES);
    }

    private int endOfNew(byte[] bytes, int from, int last) {
        int end = ByteSearch.metricNameEnd(bytes, from, last);
        int length = end - from;
        boolean whole = length > 0 && length <= maxLineBytes && end < last && NameBytes.endsName(bytes[end]);
        if (!whole || lookUp(bytes, from, length)) {
            return -1;
        }
        recentUnwanted.remember(bytes, from, length);
        return end;
    }

    private boolean mayBeWanted(byte[] bytes, int from) {
        return (beginnings & beginning(bytes, from)) != 0;
    }

    /** A set of beginnings is a word with one bit for each, so that most others are not in it. */
    private long beginning(byte[] bytes, int from) {
        long first = Swar.load(bytes, from) & firstMask;
        long second = Swar.load(bytes, from + Swar.BYTES) & secondMask;
        return 1L << (first * 0x9e3779b97f4a7c15L + second * 0xc2b2ae3d27d4eb4fL >>> 58);
    }
}
