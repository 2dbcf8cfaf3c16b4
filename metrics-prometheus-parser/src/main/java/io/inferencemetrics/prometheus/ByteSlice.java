package io.inferencemetrics.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferencemetrics.prometheus.internal.ByteHash;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view of bytes in someone else's array, so that text can be looked at without making a {@code String} of it.
 *
 * <p>The views that a parser hands out are reused: each is valid until the parser moves on, or its input changes.
 * {@link #copy()} and {@link #toString()} give something to keep. Two slices are equal when their bytes are, so that a
 * view can look up a copy in a map. Not thread-safe while a parser moves it.
 */
public final class ByteSlice {
    private final SharedBytes bytes;
    private int offset;
    private int length;

    /** A slice with an array of its own choice. */
    ByteSlice() {
        this(new SharedBytes());
    }

    /** A slice that shares its array: {@link #set(byte[], int, int)} would move the others too. */
    ByteSlice(SharedBytes bytes) {
        this.bytes = bytes;
    }

    /** A slice of its own that holds the text as UTF-8. */
    public static ByteSlice of(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new ByteSlice().set(bytes, 0, bytes.length);
    }

    ByteSlice set(byte[] array, int from, int to) {
        bytes.array = array;
        return set(from, to);
    }

    ByteSlice set(int from, int to) {
        offset = from;
        length = to - from;
        return this;
    }

    ByteSlice set(ByteSlice other) {
        return set(other.bytes.array, other.offset, other.offset + other.length);
    }

    /** Makes it empty, in the array in which it is. */
    void clear() {
        set(0, 0);
    }

    /** The array that holds the bytes, from {@link #offset()} on; it must not be written. */
    public byte[] array() {
        return bytes.array;
    }

    /** Where the bytes start in {@link #array()}. */
    public int offset() {
        return offset;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return length == 0;
    }

    /**
     * The byte at an index from 0.
     *
     * @throws IndexOutOfBoundsException when the index is not below {@link #length()}
     */
    public byte byteAt(int index) {
        return bytes.array[offset + Objects.checkIndex(index, length)];
    }

    /** Whether these are exactly the other bytes. */
    public boolean contentEquals(byte[] other) {
        return Arrays.equals(bytes.array, offset, offset + length, other, 0, other.length);
    }

    /** Whether these are exactly the bytes of an ASCII text; never for a text with other characters. */
    public boolean contentEquals(String ascii) {
        return length == ascii.length() && regionMatches(0, ascii);
    }

    /** Whether these bytes start with the other ones. */
    public boolean startsWith(byte[] prefix) {
        return length >= prefix.length
                && Arrays.equals(bytes.array, offset, offset + prefix.length, prefix, 0, prefix.length);
    }

    boolean startsWith(ByteSlice prefix) {
        return length >= prefix.length
                && Arrays.equals(
                        bytes.array,
                        offset,
                        offset + prefix.length,
                        prefix.bytes.array,
                        prefix.offset,
                        prefix.offset + prefix.length);
    }

    /** Whether these bytes start with an ASCII text; never with a text that has other characters. */
    public boolean startsWith(String ascii) {
        return length >= ascii.length() && regionMatches(0, ascii);
    }

    /** Whether these bytes end in an ASCII text; never in a text that has other characters. */
    public boolean endsWith(String ascii) {
        return length >= ascii.length() && regionMatches(length - ascii.length(), ascii);
    }

    private boolean regionMatches(int from, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            if (c > 0x7f || bytes.array[offset + from + i] != c) {
                return false;
            }
        }
        return true;
    }

    /** A slice of the same bytes in an array of its own. */
    public ByteSlice copy() {
        return new ByteSlice().set(toByteArray(), 0, length);
    }

    /** The bytes in an array of their own. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(bytes.array, offset, offset + length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteSlice that
                && Arrays.equals(
                        bytes.array, offset, offset + length, that.bytes.array, that.offset, that.offset + that.length);
    }

    /**
     * A hash of the bytes, another one in every run of the JVM, so that nobody who chooses the bytes can choose it. Costs
     * one pass over them.
     */
    @Override
    public int hashCode() {
        return ByteHash.of(bytes.array, offset, length);
    }

    /** The bytes decoded as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes.array, offset, length, UTF_8);
    }
}
