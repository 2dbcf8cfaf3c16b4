package io.inferencemetrics.prometheus;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which samples of a body are wanted. Immutable; checks bytes and makes no strings. */
public final class SampleFilter {
    /** Every sample. */
    public static final SampleFilter ALL = new SampleFilter(ByteSlice.of(""), Map.of());

    private final ByteSlice namePrefix;
    private final Map<ByteSlice, ByteSlice> labels;

    private SampleFilter(ByteSlice namePrefix, Map<ByteSlice, ByteSlice> labels) {
        this.namePrefix = namePrefix;
        this.labels = labels;
    }

    /** This filter, for the samples whose name starts so. */
    public SampleFilter withNamePrefix(String prefix) {
        return new SampleFilter(ByteSlice.of(prefix), labels);
    }

    /** This filter, for the samples that also have that label; an empty value means that the label is not there. */
    public SampleFilter withLabel(String name, String value) {
        Map<ByteSlice, ByteSlice> more = new LinkedHashMap<>(labels);
        more.put(ByteSlice.of(name), ByteSlice.of(value));
        return new SampleFilter(namePrefix, more);
    }

    /** Whether the sample is wanted. */
    public boolean matches(Sample sample) {
        if (!sample.name().startsWith(namePrefix.array())) {
            return false;
        }
        for (Map.Entry<ByteSlice, ByteSlice> wanted : labels.entrySet()) {
            if (!hasLabel(sample, wanted.getKey(), wanted.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLabel(Sample sample, ByteSlice name, ByteSlice value) {
        for (int i = 0; i < sample.labelCount(); i++) {
            if (sample.labelName(i).equals(name)) {
                return sample.labelValue(i).equals(value);
            }
        }
        return value.isEmpty();
    }
}
