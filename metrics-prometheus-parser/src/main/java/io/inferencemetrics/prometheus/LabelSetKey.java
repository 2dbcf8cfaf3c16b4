package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Label sets as bytes that are equal when the sets are, whatever the order of their labels. */
final class LabelSetKey {
    /** No byte of UTF-8. */
    private static final byte SEPARATOR = (byte) 0xff;

    private byte[] bytes = new byte[256];
    private int length;
    private Integer[] order = {};
    private @Nullable Sample labelled;
    private final Comparator<Integer> byName = this::compareNames;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Starts with a number, so that one table can hold the label sets of many families. */
    LabelSetKey start(long number) {
        length = 0;
        return addNumber(number);
    }

    LabelSetKey addNumber(long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            append((byte) (number >>> shift));
        }
        return this;
    }

    /** Adds the labels of a sample but for one, which may be -1. */
    LabelSetKey addLabels(Sample sample, int leftOut) {
        labelled = sample;
        int count = sample.labelCount();
        if (order.length < count) {
            order = new Integer[2 * count];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        Arrays.sort(order, 0, count, byName);
        for (int i = 0; i < count; i++) {
            if (order[i] != leftOut) {
                add(sample.labelName(order[i]));
                add(sample.labelValue(order[i]));
            }
        }
        return this;
    }

    LabelSetKey add(ByteSlice text) {
        return add(text.array(), text.offset(), text.length());
    }

    LabelSetKey add(byte[] text, int from, int count) {
        reserve(count + 1);
        System.arraycopy(text, from, bytes, length, count);
        length += count;
        append(SEPARATOR);
        return this;
    }

    private int compareNames(int a, int b) {
        Sample sample = Objects.requireNonNull(labelled);
        ByteSlice left = sample.labelName(a);
        ByteSlice right = sample.labelName(b);
        return Arrays.compare(
                left.array(),
                left.offset(),
                left.offset() + left.length(),
                right.array(),
                right.offset(),
                right.offset() + right.length());
    }

    private void append(byte b) {
        reserve(1);
        bytes[length++] = b;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
