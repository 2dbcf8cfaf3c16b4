package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.ByteSearch;
import io.inferencemetrics.prometheus.internal.Utf8;

/** Reads quoted names, label values, help texts and units: escapes and UTF-8. */
final class EscapedText {
    private static final byte QUOTE = '"';
    private static final byte BACKSLASH = '\\';

    private final Line line;
    private final Scratch scratch;
    private final Grammar grammar;

    EscapedText(Line line, Scratch scratch, Grammar grammar) {
        this.line = line;
        this.scratch = scratch;
        this.grammar = grammar;
    }

    /** Reads a quoted name, which is valid UTF-8 in every mode. */
    boolean readQuotedName(ByteSlice target) {
        return readQuoted(target, false);
    }

    /** Reads a quoted label value; a lenient parser replaces what is not UTF-8. */
    boolean readQuotedValue(ByteSlice target) {
        return readQuoted(target, grammar.lenient());
    }

    private boolean readQuoted(ByteSlice target, boolean repair) {
        byte[] bytes = line.bytes;
        int from = line.at + 1;
        int at = from;
        int signs = 0;
        boolean escaped = false;
        while (at < line.end && bytes[at] != QUOTE) {
            if (bytes[at] == BACKSLASH) {
                escaped = true;
                at++;
            } else {
                signs |= bytes[at];
            }
            at++;
        }
        // what follows a backslash was not looked at, so text with escapes is always checked
        if (at >= line.end) {
            return line.fail("expected a quoted text that ends on its line");
        }
        line.at = at + 1;
        target.set(bytes, from, at);
        if (escaped) {
            unescape(target, true);
        }
        return (signs >= 0 && !escaped) || checkUtf8(target, from, at, repair);
    }

    /** Checks a unit, which has no escapes; a lenient parser replaces what is not UTF-8. */
    boolean checkUnit(ByteSlice unit) {
        return checkUtf8(unit, unit.offset(), unit.offset() + unit.length(), grammar.lenient());
    }

    /** Reads a help text: the rest of the line. */
    boolean readHelp(ByteSlice target) {
        int from = line.at;
        target.set(line.bytes, from, line.end);
        line.at = line.end;
        if (ByteSearch.isPlainHelp(line.bytes, from, line.end)) {
            return true;
        }
        unescape(target, grammar.openMetrics());
        return checkUtf8(target, from, line.end, grammar.lenient());
    }

    /** Keeps both characters of an escape that is none; outside OpenMetrics a help text has no escaped quotes. */
    private void unescape(ByteSlice target, boolean withQuotes) {
        byte[] source = target.array();
        int to = target.offset() + target.length();
        byte[] unescaped = scratch.reserve(target.length());
        int from = scratch.used();
        int end = from;
        for (int at = target.offset(); at < to; at++) {
            byte b = source[at];
            if (b == BACKSLASH && at + 1 < to) {
                byte next = source[at + 1];
                if (next == 'n' || next == BACKSLASH || (next == QUOTE && withQuotes)) {
                    b = next == 'n' ? (byte) '\n' : next;
                    at++;
                }
            }
            unescaped[end++] = b;
        }
        scratch.use(end);
        target.set(unescaped, from, end);
    }

    /** The range is that of the raw text, for the column of an error. */
    private boolean checkUtf8(ByteSlice target, int from, int to, boolean repair) {
        int invalid = Utf8.indexOfInvalid(line.bytes, from, to);
        if (invalid < 0) {
            return true;
        }
        if (!repair) {
            return line.fail("expected UTF-8", invalid);
        }
        byte[] repaired = scratch.reserve(Utf8.MAX_GROWTH * target.length());
        int start = scratch.used();
        int targetEnd = target.offset() + target.length();
        int end = Utf8.replaceInvalid(target.array(), target.offset(), targetEnd, repaired, start);
        scratch.use(end);
        target.set(repaired, start, end);
        return true;
    }
}
