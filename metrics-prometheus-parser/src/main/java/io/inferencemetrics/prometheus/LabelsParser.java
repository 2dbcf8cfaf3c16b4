package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.LimitExceededException.Limit;
import org.jspecify.annotations.Nullable;

/** Reads what stands in braces: labels, and the metric's name where it is quoted. */
final class LabelsParser {
    private static final String RESERVED_NAME = "__name__";

    private final Line line;
    private final EscapedText text;
    private final Grammar grammar;

    LabelsParser(Line line, EscapedText text, Grammar grammar) {
        this.line = line;
        this.text = text;
        this.grammar = grammar;
    }

    /** Reads from the opening brace to behind the closing one; the metric's name, if quoted there, goes into the slice. */
    boolean readSeriesLabels(LabelList labels, ByteSlice metricName) {
        return read(labels, metricName);
    }

    /** Reads the labels of an exemplar. The last of equal names wins unless the parser validates. */
    boolean readExemplarLabels(LabelList labels) {
        return read(labels, null);
    }

    private boolean read(LabelList labels, @Nullable ByteSlice metricName) {
        line.at++;
        skipBlanks();
        if (line.take('}')) {
            return true;
        }
        while (readItem(labels, metricName)) {
            skipBlanks();
            if (line.take('}')) {
                return true;
            }
            if (!line.take(',')) {
                return line.fail("expected ',' or '}' in the labels");
            }
            skipBlanks();
            if (grammar.tolerant() && line.take('}')) {
                return true;
            }
        }
        return false;
    }

    private boolean readItem(LabelList labels, @Nullable ByteSlice metricName) {
        if (labels.count() == grammar.limits().maxLabels()) {
            throw line.limitExceeded(Limit.LABELS, grammar.limits().maxLabels());
        }
        int start = line.at;
        ByteSlice name = labels.nextName();
        boolean quoted = line.isAt('"');
        if (!(quoted ? text.readQuotedName(name) : readBareName(name))) {
            return false;
        }
        if (name.isEmpty()) {
            return line.fail("expected a name that is not empty", start);
        }
        skipBlanks();
        if (line.take('=')) {
            return readValue(labels, metricName != null, start);
        }
        if (quoted && metricName != null) {
            return acceptMetricName(name, metricName, start);
        }
        return line.fail("expected '=' after the label name");
    }

    private boolean readBareName(ByteSlice name) {
        int end = NameBytes.labelNameEnd(line.bytes, line.at, line.end);
        if (end == line.at) {
            return line.fail("expected a label name");
        }
        name.set(line.bytes, line.at, end);
        line.at = end;
        return true;
    }

    private boolean acceptMetricName(ByteSlice quoted, ByteSlice metricName, int start) {
        if (!metricName.isEmpty()) {
            return line.fail("expected a single metric name", start);
        }
        metricName.set(quoted);
        return true;
    }

    private boolean readValue(LabelList labels, boolean ofSeries, int nameStart) {
        if (ofSeries && labels.nextName().contentEquals(RESERVED_NAME)) {
            return line.fail("expected a label name other than __name__", nameStart);
        }
        skipBlanks();
        if (!line.isAt('"')) {
            return line.fail("expected a quoted label value");
        }
        if (!text.readQuotedValue(labels.nextValue())) {
            return false;
        }
        boolean lastWins = grammar.lenient() || (!ofSeries && !grammar.validating());
        return labels.add() || lastWins || line.fail("expected a label name that is not there already", nameStart);
    }

    private void skipBlanks() {
        if (grammar.tolerant()) {
            line.skipBlanks();
        }
    }
}
