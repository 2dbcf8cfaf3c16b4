package io.inferencemetrics.prometheus;

/** The one sample that a parser fills again and again. */
final class ParsedSample extends Observation implements Sample {
    final ByteSlice name = new ByteSlice();
    final ByteSlice series = new ByteSlice();
    final ParsedExemplar exemplar = new ParsedExemplar();
    private boolean hasExemplar;

    /** Whether name and labels are as known of the series, and not as set here. */
    private boolean known;

    private KnownSeries knownSeries = new KnownSeries();
    private byte[] body = {};
    private int lineStart;
    private boolean hasLabels;
    private int ordinal = -1;
    private boolean changed = true;

    void clear() {
        known = false;
        clearObservation();
        name.clear();
        series.clear();
        hasExemplar = false;
        setOrdinal(-1, true);
    }

    /** A line in the usual shape that has just been scanned. */
    void setUsual(byte[] bytes, int from, SeriesScanner found) {
        known = false;
        name.set(bytes, from, from + found.nameLength());
        series.set(bytes, from, from + found.length());
        labels.setUsual(bytes, from, found.labels(), found.positions(), 0);
        clearTimestamp();
        hasExemplar = false;
        setOrdinal(-1, true);
    }

    /** Where the text of known series is found. */
    void setSeries(KnownSeries newKnown) {
        knownSeries = newKnown;
    }

    /** The body that known series stand in. */
    void setBody(byte[] newBody) {
        body = newBody;
    }

    /** A known sample that is the same as in the body before. */
    void takeOver(int newOrdinal, int from, double value) {
        setKnown(newOrdinal, from, value, false);
    }

    /** A known series. Only who asks for its text pays for it. */
    void setKnown(int newOrdinal, int from, double value, boolean newChanged) {
        ordinal = newOrdinal;
        changed = newChanged;
        lineStart = from;
        known = true;
        hasLabels = false;
        hasExemplar = false;
        setValue(value);
        clearTimestamp();
    }

    private void findLabels() {
        hasLabels = true;
        int count = knownSeries.labelCounts[ordinal];
        labels.setUsual(body, lineStart, count, knownSeries.positions, knownSeries.positionStarts[ordinal]);
    }

    void setOrdinal(int newOrdinal, boolean newChanged) {
        ordinal = newOrdinal;
        changed = newChanged;
    }

    @Override
    public int ordinal() {
        return ordinal;
    }

    @Override
    public boolean changed() {
        return changed;
    }

    ParsedExemplar startExemplar() {
        exemplar.clearObservation();
        hasExemplar = true;
        return exemplar;
    }

    @Override
    public ByteSlice name() {
        if (known) {
            int length = knownSeries.positions[knownSeries.positionStarts[ordinal]] + 1;
            name.set(body, lineStart, lineStart + length);
        }
        return name;
    }

    @Override
    public ByteSlice series() {
        if (known) {
            series.set(body, lineStart, lineStart + knownSeries.lengths[ordinal]);
        }
        return series;
    }

    @Override
    public int labelCount() {
        return known ? knownSeries.labelCounts[ordinal] : super.labelCount();
    }

    @Override
    public ByteSlice labelName(int index) {
        if (known && !hasLabels) {
            findLabels();
        }
        return super.labelName(index);
    }

    @Override
    public ByteSlice labelValue(int index) {
        if (known && !hasLabels) {
            findLabels();
        }
        return super.labelValue(index);
    }

    @Override
    public boolean hasExemplar() {
        return hasExemplar;
    }

    @Override
    public Exemplar exemplar() {
        if (!hasExemplar()) {
            throw new IllegalStateException("the sample has no exemplar; ask hasExemplar() first");
        }
        return exemplar;
    }
}
