package io.inferencemetrics.prometheus;

/** What samples and exemplars have in common: labels, a value, perhaps a timestamp. */
abstract class Observation {
    final LabelList labels = new LabelList();
    final ByteSlice timestampText = new ByteSlice();
    private double value;
    private boolean hasTimestamp;
    private long timestampMillis;
    private boolean timestampOutOfRange;

    void clearObservation() {
        labels.clear();
        timestampText.clear();
        value = 0;
        clearTimestamp();
    }

    /** The slice stays as it is: only exact parsers use it, and they clear it before. */
    void clearTimestamp() {
        if (hasTimestamp) {
            hasTimestamp = false;
            timestampMillis = 0;
            timestampOutOfRange = false;
        }
    }

    void setValue(double newValue) {
        value = newValue;
    }

    void setTimestamp(long millis, boolean outOfRange) {
        hasTimestamp = true;
        timestampMillis = millis;
        timestampOutOfRange = outOfRange;
    }

    public int labelCount() {
        return labels.count();
    }

    public ByteSlice labelName(int index) {
        return labels.name(index);
    }

    public ByteSlice labelValue(int index) {
        return labels.value(index);
    }

    public double value() {
        return value;
    }

    public boolean hasTimestamp() {
        return hasTimestamp;
    }

    public long timestampMillis() {
        return timestampMillis;
    }

    public boolean timestampOutOfRange() {
        return timestampOutOfRange;
    }

    public ByteSlice timestampText() {
        return timestampText;
    }
}
