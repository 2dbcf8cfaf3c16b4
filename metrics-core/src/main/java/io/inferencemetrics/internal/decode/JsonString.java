package io.inferencemetrics.internal.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the text out of a body that is one JSON string.
 *
 * <p>Servers that hand their text to a JSON framework send {@code "\\nname 1\\n"} in quotes.
 */
final class JsonString {
    private enum State {
        BEFORE,
        TEXT,
        ESCAPE,
        UNICODE,
        AFTER
    }

    private static final byte[] NOTHING = {};

    private byte[] out = NOTHING;
    private int length;
    private State state = State.BEFORE;
    private int codeUnit;
    private int digits;
    private int highSurrogate;
    private long ignored;

    /** The text in the first bytes of an array; what has no closing quote is text as far as it goes. */
    byte[] textOf(byte[] json, int jsonLength) {
        out = new byte[jsonLength]; // no escape is shorter than what it stands for
        length = 0;
        state = State.BEFORE;
        highSurrogate = 0;
        ignored = 0;
        for (int i = 0; i < jsonLength; i++) {
            next(json[i]);
        }
        byte[] text = Arrays.copyOf(out, length);
        out = NOTHING;
        return text;
    }

    /** How many bytes other than blanks came behind the closing quote, where nothing should. */
    long ignored() {
        return ignored;
    }

    private void next(byte b) {
        switch (state) {
            case BEFORE -> state = b == '"' ? State.TEXT : State.BEFORE;
            case TEXT -> text(b);
            case ESCAPE -> escape(b);
            case UNICODE -> unicode(b);
            case AFTER -> ignored += b < 0 || b > ' ' ? 1 : 0;
        }
    }

    private void text(byte b) {
        if (b == '\\') {
            state = State.ESCAPE;
        } else if (b == '"') {
            state = State.AFTER;
        } else {
            out[length++] = b;
        }
    }

    private void escape(byte b) {
        state = State.TEXT;
        switch (b) {
            case 'n' -> out[length++] = '\n';
            case 't' -> out[length++] = '\t';
            case 'r' -> out[length++] = '\r';
            case 'b' -> out[length++] = '\b';
            case 'f' -> out[length++] = '\f';
            case 'u' -> {
                state = State.UNICODE;
                codeUnit = 0;
                digits = 0;
            }
            default -> out[length++] = b;
        }
    }

    private void unicode(byte b) {
        codeUnit = 16 * codeUnit + Math.max(0, Character.digit(b, 16));
        if (++digits < 4) {
            return;
        }
        state = State.TEXT;
        if (Character.isHighSurrogate((char) codeUnit)) {
            highSurrogate = codeUnit;
            return;
        }
        boolean pair = highSurrogate != 0 && Character.isLowSurrogate((char) codeUnit);
        int codePoint = pair ? Character.toCodePoint((char) highSurrogate, (char) codeUnit) : codeUnit;
        highSurrogate = 0;
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, out, length, utf8.length);
        length += utf8.length;
    }
}
