package io.inferencemetrics.internal.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Takes the text out of a JSON string while it streams past.
 *
 * <p>Servers that hand their text to a JSON framework send {@code "\nname 1\n"} in quotes. Escapes may be cut anywhere.
 */
final class JsonString {
    /** Takes pieces of text. */
    interface TextSink {
        /** Takes a piece, which is only valid during the call. */
        void feed(byte[] text, int from, int to);
    }

    private enum State {
        BEFORE,
        TEXT,
        ESCAPE,
        UNICODE,
        AFTER
    }

    private final byte[] out = new byte[8_192];
    private int length;
    private State state = State.BEFORE;
    private int codeUnit;
    private int digits;
    private int highSurrogate;
    private long ignored;

    /** The text of a whole body. */
    static byte[] textOf(byte[] json) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new JsonString().feed(json, 0, json.length, (piece, from, to) -> text.write(piece, from, to - from));
        return text.toByteArray();
    }

    void reset() {
        length = 0;
        state = State.BEFORE;
        highSurrogate = 0;
        ignored = 0;
    }

    /** How many bytes other than blanks came behind the closing quote, where nothing should. */
    long ignored() {
        return ignored;
    }

    /** Passes on the text of a further piece of the JSON. */
    void feed(byte[] chunk, int from, int to, TextSink text) {
        for (int i = from; i < to; i++) {
            if (length > out.length - 8) {
                flush(text);
            }
            next(chunk[i]);
        }
        flush(text);
    }

    private void flush(TextSink text) {
        text.feed(out, 0, length);
        length = 0;
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
