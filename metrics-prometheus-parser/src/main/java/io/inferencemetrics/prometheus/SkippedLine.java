package io.inferencemetrics.prometheus;

/**
 * A line that a lenient parser could not read.
 *
 * @param line counted from 1
 * @param column where it stopped making sense, in bytes, counted from 1
 * @param reason what was expected there
 * @param excerpt the first 120 bytes of the line, for a log: printable ASCII as it is, other bytes as {@code \xhh}
 */
public record SkippedLine(long line, int column, String reason, String excerpt) {

    /** Such as {@code line 3, column 7: expected a number as value, in "a{} x"}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + reason + ", in \"" + excerpt + '"';
    }
}
