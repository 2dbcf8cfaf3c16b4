package io.inferencemetrics.snapshot;

import java.util.Optional;

/**
 * The versions from one release to another, both included; an end may be open.
 *
 * @param first the oldest, empty for "from the beginning"
 * @param last the newest, empty for "until today"
 */
public record VersionRange(Optional<EngineVersion> first, Optional<EngineVersion> last) {

    /** All versions. */
    public static final VersionRange ALL = new VersionRange(Optional.empty(), Optional.empty());

    /** No version: what only stands in documents or in other products. */
    public static final VersionRange NONE =
            new VersionRange(Optional.of(new EngineVersion("1")), Optional.of(new EngineVersion("0")));

    /**
     * Reads {@code 0.9.2..0.11.2}, {@code 0.9.2..}, {@code ..0.4.3}, {@code none} or the empty text for all.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static VersionRange parse(String text) {
        if (text.isEmpty()) {
            return ALL;
        }
        if (text.equals("none")) {
            return NONE;
        }
        int dots = text.indexOf("..");
        if (dots < 0) {
            throw new IllegalArgumentException("a range such as 0.9.2..0.11.2 was expected, not '" + text + "'");
        }
        return new VersionRange(version(text.substring(0, dots)), version(text.substring(dots + 2)));
    }

    private static Optional<EngineVersion> version(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(EngineVersion.of(text));
    }

    /** The versions in both ranges; empty when there are none. */
    public Optional<VersionRange> intersect(VersionRange other) {
        VersionRange both = new VersionRange(
                later(first, other.first), last.isEmpty() ? other.last : earlierEnd(last.get(), other.last));
        boolean crossed = both.first.isPresent()
                && both.last.isPresent()
                && both.first.get().compareTo(both.last.get()) > 0;
        return crossed ? Optional.empty() : Optional.of(both);
    }

    /** Whether all versions of the other range are in this one. */
    public boolean contains(VersionRange other) {
        return intersect(other).filter(other::equals).isPresent();
    }

    /** The smallest range that holds both. */
    public VersionRange span(VersionRange other) {
        if (equals(NONE) || other.equals(NONE)) {
            return equals(NONE) ? other : this;
        }
        return new VersionRange(
                first.isEmpty() || other.first.isEmpty() ? Optional.empty() : min(first, other.first),
                last.isEmpty() || other.last.isEmpty() ? Optional.empty() : later(last, other.last));
    }

    private static Optional<EngineVersion> earlierEnd(EngineVersion end, Optional<EngineVersion> other) {
        return min(Optional.of(end), other.isEmpty() ? Optional.of(end) : other);
    }

    private static Optional<EngineVersion> later(Optional<EngineVersion> a, Optional<EngineVersion> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return a.get().compareTo(b.get()) >= 0 ? a : b;
    }

    private static Optional<EngineVersion> min(Optional<EngineVersion> a, Optional<EngineVersion> b) {
        return a.orElseThrow().compareTo(b.orElseThrow()) <= 0 ? a : b;
    }

    /** The range for people, such as {@code 0.32.0 or newer} or {@code 0.9.2 to 0.11.2}. */
    public String inWords() {
        if (equals(NONE)) {
            return "no version";
        }
        if (first.isEmpty() || last.isEmpty()) {
            return first.map(oldest -> oldest.text() + " or newer")
                    .or(() -> last.map(newest -> "up to " + newest.text()))
                    .orElse("any version");
        }
        String oldest = first.get().text();
        String newest = last.get().text();
        return oldest.equals(newest) ? oldest : oldest + " to " + newest;
    }

    /** The range as {@link #parse} reads it; {@code ..} for all versions. */
    @Override
    public String toString() {
        return equals(NONE)
                ? "none"
                : first.map(EngineVersion::text).orElse("")
                        + ".."
                        + last.map(EngineVersion::text).orElse("");
    }
}
