package io.inferencemetrics.prometheus;

/**
 * The text of a line in the usual shape, in slices that are reused and set when somebody asks.
 *
 * <p>Of such a line only positions are known, counted from its start: where a label's name ends, then where its value ends,
 * and before them an entry that is two less than where the first name starts.
 */
final class UsualText {
    private final SharedBytes body = new SharedBytes();
    private final ByteSlice name = new ByteSlice(body);
    private final ByteSlice series = new ByteSlice(body);
    private final ByteSlice timestamp = new ByteSlice(body);
    private final ByteSlice[] labelNames = new ByteSlice[SeriesScanner.MAX_LABELS];
    private final ByteSlice[] labelValues = new ByteSlice[SeriesScanner.MAX_LABELS];

    UsualText() {
        for (int i = 0; i < labelNames.length; i++) {
            labelNames[i] = new ByteSlice(body);
            labelValues[i] = new ByteSlice(body);
        }
    }

    void setBody(byte[] bytes) {
        body.array = bytes;
    }

    ByteSlice name(int start, int length) {
        return name.set(start, start + length);
    }

    ByteSlice series(int start, int length) {
        return series.set(start, start + length);
    }

    ByteSlice timestamp(int start, int end) {
        return timestamp.set(start, end);
    }

    /**
     * The name of a label.
     *
     * @param entry the index of the entry before the label's own two
     */
    ByteSlice labelName(int index, int start, int[] positions, int entry) {
        return labelNames[index].set(start + positions[entry] + 2, start + positions[entry + 1]);
    }

    ByteSlice labelValue(int index, int start, int[] positions, int entry) {
        return labelValues[index].set(start + positions[entry + 1] + 2, start + positions[entry + 2]);
    }
}
