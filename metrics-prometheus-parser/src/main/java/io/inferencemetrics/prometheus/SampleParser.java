package io.inferencemetrics.prometheus;

import io.inferencemetrics.prometheus.internal.NumberParser;

/**
 * Reads a sample line: {@code name{labels} value timestamp # {labels} value timestamp}, of which the first timestamp and
 * the exemplar behind it may be missing.
 */
final class SampleParser {
    private final Line line;
    private final LabelsParser labels;
    private final Grammar grammar;
    private final SeriesScanner usual;
    private final ValueScanner usualValues;
    private final NumberParser numbers = new NumberParser();
    private final ParsedSample sample;

    SampleParser(Line line, LabelsParser labels, Grammar grammar) {
        this.line = line;
        this.labels = labels;
        this.grammar = grammar;
        usualValues = new ValueScanner(grammar);
        usual = new SeriesScanner(grammar.limits().maxLabels());
        sample = new ParsedSample(usual);
    }

    /** Forgets the line before. Lines in the usual shape that follow stand in these bytes. */
    void goTo(byte[] bytes) {
        usual.start();
        sample.setBody(bytes);
    }

    ParsedSample sample() {
        return sample;
    }

    /**
     * Reads a line in the shape that servers usually write, in one pass.
     *
     * @param to where the bytes end
     * @return the index of its newline, or -1 when it is of another shape, which {@link #read()} is for
     */
    int readUsual(byte[] bytes, int from, int to) {
        int at = usual.scan(bytes, from, to);
        if (at < 0) {
            return -1;
        }
        int newline = usualValues.scan(bytes, at, to);
        if (newline >= 0) {
            sample.setUsual(from);
            setUsualValue(newline);
        }
        return newline;
    }

    private void setUsualValue(int newline) {
        sample.setValue(usualValues.value());
        if (usualValues.hasTimestamp()) {
            sample.setUsualTimestamp(usualValues.millis(), usualValues.timestampStart(), newline);
        }
    }

    /** Reads what stands behind a series that is known; the sample is as it was. */
    ValueScanner usualValues() {
        return usualValues;
    }

    boolean read() {
        sample.clear();
        return readSeries() && readValue(sample) && readTimestampAndExemplar();
    }

    private boolean readSeries() {
        int start = line.at;
        int nameEnd = NameBytes.metricNameEnd(line.bytes, start, line.end);
        sample.exactName().set(line.bytes, start, nameEnd);
        line.at = nameEnd;
        if (grammar.tolerant()) {
            line.skipBlanks();
        }
        if (line.isAt('{')) {
            if (!labels.readSeriesLabels(sample.labels, sample.exactName())) {
                return false;
            }
        } else {
            line.at = nameEnd;
        }
        sample.exactSeries().set(line.bytes, start, line.at);
        return !sample.exactName().isEmpty() || line.fail("expected a metric name", start);
    }

    private boolean readValue(Observation target) {
        boolean afterBrace = line.bytes[line.at - 1] == '}';
        if (!readGap("expected a space before the value", afterBrace)) {
            return false;
        }
        int from = line.at;
        int to = line.indexOfBlank();
        if (!numbers.parseValue(line.bytes, from, to, grammar.lenient())) {
            return line.fail("expected a number as value");
        }
        if (numbers.overflow() && !grammar.lenient()) {
            return line.fail("expected a value within the range of a double");
        }
        target.setValue(numbers.value());
        line.at = to;
        return true;
    }

    private boolean readTimestampAndExemplar() {
        if (!readGapOrEnd()) {
            return false;
        }
        if (line.atEnd()) {
            return true;
        }
        if (!line.isAt('#') && !(readTimestamp(sample) && readGapOrEnd())) {
            return false;
        }
        return line.atEnd() || readExemplar();
    }

    private boolean readTimestamp(Observation target) {
        int from = line.at;
        int to = line.indexOfBlank();
        if (!grammar.openMetrics()) {
            if (!numbers.parseMillis(line.bytes, from, to)) {
                return line.fail("expected an integer of milliseconds as timestamp");
            }
        } else if (!numbers.parseSeconds(line.bytes, from, to)) {
            return line.fail("expected a number of seconds as timestamp");
        }
        target.setTimestamp(numbers.millis(), numbers.outOfRange());
        target.timestampText.set(line.bytes, from, to);
        line.at = to;
        return true;
    }

    private boolean readExemplar() {
        if (!line.take('#')) {
            return line.fail("expected the end of the line after the timestamp");
        }
        if (!readGap("expected a space before the exemplar's labels", true)) {
            return false;
        }
        if (!line.isAt('{')) {
            return line.fail("expected the labels of an exemplar");
        }
        return grammar.openMetrics() ? readOpenMetricsExemplar() : skipExemplar();
    }

    private boolean readOpenMetricsExemplar() {
        ParsedExemplar exemplar = sample.startExemplar();
        if (!labels.readExemplarLabels(exemplar.labels) || !readValue(exemplar) || !readGapOrEnd()) {
            return false;
        }
        if (line.atEnd()) {
            return true;
        }
        return readTimestamp(exemplar)
                && readGapOrEnd()
                && (line.atEnd() || line.fail("expected the end of the line after the exemplar"));
    }

    private boolean skipExemplar() {
        if (!grammar.lenient()) {
            return line.fail("expected no exemplar, which only OpenMetrics has");
        }
        line.at = line.end;
        return true;
    }

    /** What separates two tokens: one space in strict OpenMetrics, blanks elsewhere, none at all where optional. */
    private boolean readGap(String expected, boolean optional) {
        int start = line.at;
        if (!grammar.tolerant()) {
            return line.take(' ') || line.fail(expected);
        }
        line.skipBlanks();
        return line.at > start || optional || line.fail(expected);
    }

    /** After a value or timestamp, which ends at a blank or with the line. */
    private boolean readGapOrEnd() {
        if (line.atEnd()) {
            return true;
        }
        if (grammar.tolerant()) {
            line.skipBlanks();
            return true;
        }
        return (line.take(' ') && !line.atEnd()) || line.fail("expected one space, or the end of the line");
    }
}
