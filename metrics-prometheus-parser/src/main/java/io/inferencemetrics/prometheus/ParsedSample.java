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
    /** The slices are set, and the positions mean nothing. */
    private static final int EXACT = 0;
    /** The positions are known. */
    private static final int USUAL = 1;
    /** The positions are still to be looked up, by the ordinal. */
    private static final int KNOWN = 2;
    /** The same, of a sample that is the same as in the body before: without a time, without an exemplar. */
    private static final int SAME = 3;

    private int text = EXACT;
    private boolean hasExemplar;
    private int seriesLength;

    private KnownSeries knownSeries = new KnownSeries();
    private byte[] body = {};
    private int lineStart;
    private int ordinal = -1;
    private boolean changed = true;

    /** A line for the exact parsers, which set what they find. */
    void clear() {
        text = EXACT;
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
        text = USUAL;
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

    /** A known sample that is the same as in the body before; one of few stores, since most samples are. */
    void takeOver(int newOrdinal, int from, double value) {
        ordinal = newOrdinal;
        lineStart = from;
        setValue(value);
        if (text != SAME) {
            text = SAME;
            changed = false;
            hasExemplar = false;
            clearTimestamp();
        }
    }

    /** A series that was read before; what stands behind it is another now, or has to be looked at again. */
    void setKnown(int newOrdinal, int from, double value, boolean newChanged) {
        ordinal = newOrdinal;
        lineStart = from;
        setValue(value);
        text = KNOWN;
        changed = newChanged;
        hasExemplar = false;
        clearTimestamp();
    }

    private void locate() {
        text = USUAL;
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

    ParsedExemplar parsedExemplar() {
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
        if (text >= KNOWN) {
            locate();
        }
        return text == EXACT ? name : labels.usualName(name);
    }

    @Override
    public ByteSlice series() {
        if (text >= KNOWN) {
            locate();
        }
        return text == EXACT ? series : labels.usualSeries(series, seriesLength);
    }

    @Override
    public int labelCount() {
        return text >= KNOWN ? knownSeries.labelCounts[ordinal] : super.labelCount();
    }

    @Override
    public ByteSlice labelName(int index) {
        if (text >= KNOWN) {
            locate();
        }
        return super.labelName(index);
    }

    @Override
    public ByteSlice labelValue(int index) {
        if (text >= KNOWN) {
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
