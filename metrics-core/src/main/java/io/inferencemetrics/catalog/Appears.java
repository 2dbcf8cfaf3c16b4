package io.inferencemetrics.catalog;

import io.inferencemetrics.snapshot.VersionRange;

/**
 * When a family is on the wire.
 *
 * @param condition what must have happened
 * @param option the option, build or feature it needs; empty unless the condition is {@code OPTION}
 * @param versions for which the condition holds; other versions have the family from the start
 */
public record Appears(Condition condition, String option, VersionRange versions) {

    /** What must have happened for a family to be there. */
    public enum Condition {
        /** Nothing: there from the start. */
        ALWAYS,
        /** Its first event. */
        EVENT,
        /** The first request. */
        LOAD,
        /** An option, build or feature is in use. */
        OPTION
    }

    static Appears parse(String text) {
        String[] words = text.split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "" -> new Appears(Condition.ALWAYS, "", VersionRange.ALL);
            case "event" -> new Appears(Condition.EVENT, "", VersionRange.parse(rest));
            case "load" -> new Appears(Condition.LOAD, "", VersionRange.parse(rest));
            case "option" -> new Appears(Condition.OPTION, rest.isEmpty() ? "an option" : rest, VersionRange.ALL);
            default ->
                throw new IllegalArgumentException(
                        "nothing, event, load or option TEXT was expected, not '" + text + "'");
        };
    }

    /** What must have happened in one of these versions. */
    public Condition conditionIn(VersionRange here) {
        return versions.intersect(here).isPresent() ? condition : Condition.ALWAYS;
    }
}
