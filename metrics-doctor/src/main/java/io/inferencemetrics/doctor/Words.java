package io.inferencemetrics.doctor;

import io.inferencemetrics.snapshot.VersionRange;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** How lists, versions, times and what a server said look within a sentence. */
final class Words {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");
    private static final int MAX_LINE = 120;
    private static final int MAX_LISTED = 4;

    private Words() {}

    /** What a server sent, as one short line. */
    static String line(String text) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        return line.length() <= MAX_LINE ? line : line.substring(0, MAX_LINE) + "...";
    }

    /** The first few of a list. */
    static String some(Collection<String> all) {
        List<String> shown = all.stream().limit(MAX_LISTED).map(Words::line).toList();
        int more = all.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }

    /** One thing, or several. */
    static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }

    /** An address without what a query may hold. */
    static String withoutQuery(String address) {
        int question = address.indexOf('?');
        return question < 0 ? address : address.substring(0, question);
    }

    static String time(Duration time) {
        return time.toMillis() < 1_000
                ? time.toMillis() + " ms"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    /** An inferred version in brackets; empty where nothing is known about it. */
    static String version(VersionRange range) {
        return range.equals(VersionRange.ALL) ? "" : " (" + range.inWords() + " by its metrics)";
    }
}
