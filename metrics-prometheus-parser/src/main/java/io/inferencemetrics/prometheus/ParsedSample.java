package io.inferencemetrics.prometheus;

import java.util.Objects;

/**
 * The one sample that a parser fills again and again.
 *
 * <p>Its text is found in one of three ways: the exact parsers set the slices of an unusual line; of a line in the usual
 * shape the scanner has the positions; of a series that was read before they are those that it had then. Only who asks
 * for a slice pays for it.
 */
final class ParsedSample extends Observation implements Sample {
    /** The slices are set, and the positions mean nothing. */
    private static final int EXACT = 0;
    /** The scanner has the positions. */
    private static final int USUAL = 1;
    /** The positions are those of the series with the ordinal. */
    private static final int KNOWN = 2;
    /** The same, of a sample that is the same as in the body before: without a time, without an exemplar. */
    private static final int SAME = 3;

    private final ByteSlice name = new ByteSlice();
    private final ByteSlice series = new ByteSlice();
    private final ParsedExemplar exemplar = new ParsedExemplar();
    private final SeriesScanner scanned;
    private final UsualText usual = new UsualText();
    private KnownSeries known = new KnownSeries();

    /** No enum, for the reason in {@link SharedBytes}. */
    private int text = EXACT;

    private boolean hasExemplar;
    private int lineStart;
    private int timestampStart;
    private int timestampEnd;
    private int ordinal = -1;
    private boolean changed = true;

    ParsedSample(SeriesScanner scanner) {
        scanned = scanner;
    }

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
    void setUsual(int from) {
        text = USUAL;
        lineStart = from;
        clearTimestamp();
        hasExemplar = false;
        setOrdinal(-1, true);
    }

    /** Has the positions of the line that was scanned kept for its series. */
    void rememberPositions(int newOrdinal) {
        known.setPositions(newOrdinal, scanned);
    }

    /** A time on a line in the usual shape. */
    void setUsualTimestamp(long millis, int from, int to) {
        setTimestamp(millis, false);
        timestampStart = from;
        timestampEnd = to;
    }

    /** Where the text of known series is found. */
    void setSeries(KnownSeries newKnown) {
        known = newKnown;
    }

    /** The bytes that lines in the usual shape, and known series, stand in. */
    void setBody(byte[] newBody) {
        usual.setBody(newBody);
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
        if (text == EXACT) {
            return name;
        }
        int length = text == USUAL ? scanned.nameLength() : known.nameLength(ordinal);
        return usual.name(lineStart, length);
    }

    @Override
    public ByteSlice series() {
        if (text == EXACT) {
            return series;
        }
        int length = text == USUAL ? scanned.length() : known.lengths[ordinal];
        return usual.series(lineStart, length);
    }

    @Override
    public int labelCount() {
        return text == EXACT ? super.labelCount() : text == USUAL ? scanned.labels() : known.labelCounts[ordinal];
    }

    @Override
    public ByteSlice labelName(int index) {
        if (text == EXACT) {
            return super.labelName(index);
        }
        Objects.checkIndex(index, labelCount());
        return usual.labelName(index, lineStart, positions(), firstPosition() + 2 * index);
    }

    @Override
    public ByteSlice labelValue(int index) {
        if (text == EXACT) {
            return super.labelValue(index);
        }
        Objects.checkIndex(index, labelCount());
        return usual.labelValue(index, lineStart, positions(), firstPosition() + 2 * index);
    }

    private int[] positions() {
        return text == USUAL ? scanned.positions() : known.positions;
    }

    private int firstPosition() {
        return text == USUAL ? 0 : known.positionStarts[ordinal];
    }

    @Override
    public ByteSlice timestampText() {
        if (text == EXACT) {
            return super.timestampText();
        }
        return hasTimestamp() ? usual.timestamp(timestampStart, timestampEnd) : usual.timestamp(0, 0);
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
