package io.inferencemetrics.prometheus;

/**
 * The one sample that a parser fills again and again.
 *
 * <p>Its text is found in one of three ways: the exact parsers set the slices of an unusual line; of a line in the usual
 * shape the positions are known; of a series that was read before not even these have been looked up. Only who asks for a
 * slice pays for it.
 */
final class ParsedSample extends Observation implements Sample {
    private final ByteSlice name = new ByteSlice();
    private final ByteSlice series = new ByteSlice();
    private final ParsedExemplar exemplar = new ParsedExemplar();
    private boolean hasExemplar;

    /** Whether the slices are set, and the positions mean nothing. */
    private boolean exact;

    private int seriesLength;

    /** Whether the positions are still to be looked up, by the ordinal. */
    private boolean known;

    private KnownSeries knownSeries = new KnownSeries();
    private byte[] body = {};
    private int lineStart;
    private int ordinal = -1;
    private boolean changed = true;

    /** A line for the exact parsers, which set what they find. */
    void clear() {
        exact = true;
        known = false;
        clearObservation();
        name.clear();
        series.clear();
        hasExemplar = false;
        setOrdinal(-1, true);
    }

    ByteSlice exactName() {
        return name;
    }

    ByteSlice exactSeries() {
        return series;
    }

    /** A line in the usual shape that has just been scanned. */
    void setUsual(byte[] bytes, int from, SeriesScanner found) {
        exact = false;
        known = false;
        seriesLength = found.length();
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

    /** A series that was read before. */
    void setKnown(int newOrdinal, int from, double value, boolean newChanged) {
        ordinal = newOrdinal;
        changed = newChanged;
        lineStart = from;
        exact = false;
        known = true;
        hasExemplar = false;
        setValue(value);
        clearTimestamp();
    }

    private void locate() {
        known = false;
        seriesLength = knownSeries.lengths[ordinal];
        int count = knownSeries.labelCounts[ordinal];
        labels.setUsual(body, lineStart, count, knownSeries.positions, knownSeries.positionStarts[ordinal]);
    }

    void setOrdinal(int newOrdinal, boolean newChanged) {
        ordinal = newOrdinal;
        changed = newChanged;
    }

    ParsedExemplar startExemplar() {
        exemplar.clearObservation();
        hasExemplar = true;
        return exemplar;
    }

    @Override
    public int ordinal() {
        return ordinal;
    }

    @Override
    public boolean changed() {
        return changed;
    }

    @Override
    public ByteSlice name() {
        if (known) {
            locate();
        }
        return exact ? name : labels.usualName(name);
    }

    @Override
    public ByteSlice series() {
        if (known) {
            locate();
        }
        return exact ? series : labels.usualSeries(series, seriesLength);
    }

    @Override
    public int labelCount() {
        return known ? knownSeries.labelCounts[ordinal] : super.labelCount();
    }

    @Override
    public ByteSlice labelName(int index) {
        if (known) {
            locate();
        }
        return super.labelName(index);
    }

    @Override
    public ByteSlice labelValue(int index) {
        if (known) {
            locate();
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
