package io.inferencemetrics.prometheus;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The families of a body, to find two that may not stand beside each other: of one name, or one with a name that a sample
 * of the other may have, as a gauge {@code a_count} and a histogram {@code a}.
 */
final class FamilyNames {
    private static final SampleKind[] KINDS = SampleKind.values();

    private final TextTable names = new TextTable();
    private MetricType[] types = new MetricType[64];
    private byte[] sampleName = new byte[256];

    void clear() {
        names.clear();
    }

    /** Adds a family; what it clashes with, or null. */
    @Nullable
    String add(ByteSlice family, MetricType type) {
        String clash = clash(family, type);
        if (clash == null) {
            int number = names.number(family.array(), family.offset(), family.length());
            if (number == types.length) {
                types = Arrays.copyOf(types, 2 * number);
            }
            types[number] = type;
        }
        return clash;
    }

    private @Nullable String clash(ByteSlice family, MetricType type) {
        if (names.find(family.array(), family.offset(), family.length()) >= 0) {
            return "all lines of a family together, and no two families of one name";
        }
        String clash = clash(family, SampleKind.VALUE);
        List<SampleKind> kinds = SampleKind.of(type);
        for (int i = 0; i < kinds.size() && clash == null; i++) {
            clash = clash(family, kinds.get(i));
        }
        return clash;
    }

    /** Whether the name that a kind of sample has in a family is also one in a family that is known. */
    private @Nullable String clash(ByteSlice family, SampleKind kind) {
        int length = writeSampleName(family, kind.suffix);
        for (SampleKind other : KINDS) {
            int base = length - other.suffix.length();
            if (base > 0 && endsIn(other.suffix, length)) {
                int number = names.find(sampleName, 0, base);
                if (number >= 0
                        && (other == SampleKind.VALUE
                                || SampleKind.of(types[number]).contains(other))) {
                    return "no name that may be a sample of the " + types[number].word() + " "
                            + Line.start(sampleName, 0, base) + ", which may have "
                            + Line.start(sampleName, 0, length);
                }
            }
        }
        return null;
    }

    private int writeSampleName(ByteSlice family, String suffix) {
        int length = family.length() + suffix.length();
        if (sampleName.length < length) {
            sampleName = new byte[2 * length];
        }
        System.arraycopy(family.array(), family.offset(), sampleName, 0, family.length());
        for (int i = 0; i < suffix.length(); i++) {
            sampleName[family.length() + i] = (byte) suffix.charAt(i);
        }
        return length;
    }

    private boolean endsIn(String suffix, int length) {
        for (int i = 0; i < suffix.length(); i++) {
            if (sampleName[length - suffix.length() + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
