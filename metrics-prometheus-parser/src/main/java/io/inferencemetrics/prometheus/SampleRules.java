package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.NumberParser;

/** Checks what OpenMetrics asks of one sample by itself: its labels, its value, its exemplar. */
final class SampleRules {
    private static final int MAX_EXEMPLAR_CHARACTERS = 128;
    private static final String INFINITE_BOUND = "+Inf";

    private final ByteSlice le = ByteSlice.of("le");
    private final ByteSlice quantile = ByteSlice.of("quantile");
    private final Line line;
    private final NumberParser numbers = new NumberParser();
    private int pointLabel;
    private double bound;

    SampleRules(Line line) {
        this.line = line;
    }

    /** The label that tells samples of one metric apart, such as {@code le}; -1 if this sample has none. */
    int pointLabel() {
        return pointLabel;
    }

    /** What {@code le} says on a bucket. */
    double bound() {
        return bound;
    }

    void check(ByteSlice family, MetricType type, SampleKind kind, ParsedSample sample) {
        checkLabelNames(sample);
        checkPointLabel(family, type, kind, sample);
        checkValue(type, kind, sample);
        checkTimestamp(sample);
        if (sample.hasExemplar()) {
            checkExemplar(type, kind, sample);
        }
    }

    private void checkLabelNames(ParsedSample sample) {
        for (int i = 0; i < sample.labelCount(); i++) {
            checkLabelName(sample.labelName(i));
        }
    }

    private void checkLabelName(ByteSlice name) {
        if (name.byteAt(0) == '_') {
            throw broken("expected a label name that does not start with _, which is reserved", line.indexOf(name));
        }
    }

    private void checkPointLabel(ByteSlice family, MetricType type, SampleKind kind, ParsedSample sample) {
        pointLabel = -1;
        if (kind == SampleKind.BUCKET) {
            pointLabel = find(sample, le, "expected a bucket to have a label le");
            readBound(sample.labelValue(pointLabel));
        } else if (type == MetricType.HISTOGRAM || type == MetricType.GAUGE_HISTOGRAM) {
            refuse(sample, le, "expected the label le on buckets only");
        } else if (type == MetricType.SUMMARY && kind == SampleKind.VALUE) {
            pointLabel = find(sample, quantile, "expected a summary's sample without suffix to have a label quantile");
            checkQuantile(sample.labelValue(pointLabel));
        } else if (type == MetricType.SUMMARY) {
            refuse(sample, quantile, "expected the label quantile on quantiles only");
        } else if (type == MetricType.STATESET) {
            pointLabel = find(sample, family, "expected a stateset's sample to have a label named like it");
        }
    }

    private int find(ParsedSample sample, ByteSlice name, String expected) {
        int index = indexOf(sample, name);
        if (index < 0) {
            throw broken(expected, line.start);
        }
        return index;
    }

    private void refuse(ParsedSample sample, ByteSlice name, String expected) {
        int index = indexOf(sample, name);
        if (index >= 0) {
            throw broken(expected, line.indexOf(sample.labelName(index)));
        }
    }

    private static int indexOf(ParsedSample sample, ByteSlice name) {
        for (int i = 0; i < sample.labelCount(); i++) {
            if (sample.labelName(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void readBound(ByteSlice text) {
        boolean number = isNumber(text);
        bound = numbers.value();
        if (!number || Double.isNaN(bound)) {
            throw broken("expected a 64-bit number other than NaN as le", line.indexOf(text));
        }
        if (bound == Double.POSITIVE_INFINITY && !text.contentEquals(INFINITE_BOUND)) {
            throw broken("expected the infinite le as +Inf", line.indexOf(text));
        }
    }

    private void checkQuantile(ByteSlice text) {
        if (!isNumber(text) || !(numbers.value() >= 0 && numbers.value() <= 1)) {
            throw broken("expected a quantile from 0 to 1", line.indexOf(text));
        }
    }

    private boolean isNumber(ByteSlice text) {
        return numbers.parseValue(text.array(), text.offset(), text.offset() + text.length(), false)
                && !numbers.overflow();
    }

    private void checkValue(MetricType type, SampleKind kind, ParsedSample sample) {
        double value = sample.value();
        String expected = null;
        if (kind.isCounter() && !(value >= 0)) {
            expected = "expected a count or sum that is neither negative nor NaN";
        } else if (kind.isWhole() && (value != Math.rint(value) || Double.isInfinite(value))) {
            expected = "expected a whole number as count";
        } else if (kind == SampleKind.GAUGE_SUM && Double.isNaN(value)) {
            expected = "expected a sum that is not NaN";
        } else if (kind == SampleKind.CREATED && !Double.isFinite(value)) {
            expected = "expected a time in seconds as value of _created";
        } else if (kind == SampleKind.INFO && value != 1) {
            expected = "expected the value 1 of an info";
        } else if (type == MetricType.STATESET && value != 0 && value != 1) {
            expected = "expected the value 0 or 1 of a state";
        } else if (type == MetricType.SUMMARY && kind == SampleKind.VALUE && value < 0) {
            expected = "expected the value of a quantile not to be negative";
        }
        if (expected != null) {
            throw broken(expected, valueIndex(sample));
        }
    }

    private void checkExemplar(MetricType type, SampleKind kind, ParsedSample sample) {
        ParsedExemplar exemplar = sample.parsedExemplar();
        checkTimestamp(exemplar);
        int index = exemplarIndex(sample);
        if (kind != SampleKind.BUCKET && kind != SampleKind.TOTAL) {
            throw broken(
                    "expected exemplars on the total of a counter and on buckets only, not on this sample of type "
                            + type.word(),
                    index);
        }
        int characters = 0;
        for (int i = 0; i < exemplar.labelCount(); i++) {
            checkLabelName(exemplar.labelName(i));
            characters += characters(exemplar.labelName(i)) + characters(exemplar.labelValue(i));
        }
        if (characters > MAX_EXEMPLAR_CHARACTERS) {
            throw broken(
                    "expected an exemplar's label names and values to have at most " + MAX_EXEMPLAR_CHARACTERS
                            + " characters together, not " + characters,
                    index);
        }
        boolean covered = bound == Double.POSITIVE_INFINITY || exemplar.value() <= bound;
        if (kind == SampleKind.BUCKET && !covered) {
            throw broken("expected the exemplar's value within its bucket", index);
        }
    }

    private void checkTimestamp(Observation observation) {
        if (observation.hasTimestamp() && !isNumber(observation.timestampText())) {
            throw broken(
                    "expected a timestamp within the range of a 64-bit number",
                    line.indexOf(observation.timestampText()));
        }
    }

    /** How many code points: bytes of UTF-8 that do not continue one. */
    private static int characters(ByteSlice text) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            count += (text.byteAt(i) & 0xc0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    /** In strict grammar one space stands behind the series. */
    private int valueIndex(ParsedSample sample) {
        return line.start + sample.series().length() + 1;
    }

    private int exemplarIndex(ParsedSample sample) {
        line.at = valueIndex(sample);
        int end = sample.hasTimestamp()
                ? line.indexOf(sample.timestampText()) + sample.timestampText().length()
                : line.indexOfBlank();
        return end + 1;
    }

    /** An error at an index of the line. */
    ExpositionException broken(String expected, int index) {
        line.fail(reason(expected), index);
        return line.failure();
    }

    static String reason(String expected) {
        return "OpenMetrics: " + expected;
    }
}
