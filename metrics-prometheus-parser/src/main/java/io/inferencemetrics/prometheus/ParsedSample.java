package io.inferencemetrics.prometheus;

/** The one sample that a parser fills again and again. */
final class ParsedSample extends Observation implements Sample {
    final ByteSlice name = new ByteSlice();
    final ByteSlice series = new ByteSlice();
    final ParsedExemplar exemplar = new ParsedExemplar();
    private boolean hasExemplar;

    /** Whether name and labels are still to be found, in what is known of a line. */
    private boolean known;

    private byte[] knownBytes = {};
    private int knownFrom;
    private LineTable knownLines = new LineTable();
    private int knownLine;
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

    /** A line in the usual shape whose series was on another one already; only who asks for its text pays for it. */
    @SuppressWarnings("ReferenceEquality") // a reference that is there already is not written again, see ByteSlice
    void setKnown(byte[] bytes, int from, LineTable lines, int line) {
        if (knownBytes != bytes || knownLines != lines) {
            knownBytes = bytes;
            knownLines = lines;
        }
        knownFrom = from;
        knownLine = line;
        known = true;
        clearTimestamp();
        hasExemplar = false;
    }

    private void findText() {
        known = false;
        LineTable lines = knownLines;
        int positionsFrom = lines.positionStarts[knownLine];
        name.set(knownBytes, knownFrom, knownFrom + lines.positions[positionsFrom] + 1);
        series.set(knownBytes, knownFrom, knownFrom + lines.seriesLengths[knownLine]);
        labels.setUsual(knownBytes, knownFrom, lines.labelCounts[knownLine], lines.positions, positionsFrom);
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
            findText();
        }
        return name;
    }

    @Override
    public ByteSlice series() {
        if (known) {
            findText();
        }
        return series;
    }

    @Override
    public int labelCount() {
        return known ? knownLines.labelCounts[knownLine] : super.labelCount();
    }

    @Override
    public ByteSlice labelName(int index) {
        if (known) {
            findText();
        }
        return super.labelName(index);
    }

    @Override
    public ByteSlice labelValue(int index) {
        if (known) {
            findText();
        }
        return super.labelValue(index);
    }

    @Override
    public boolean hasExemplar() {
        return hasExemplar;
    }

    @Override
    public Exemplar exemplar() {
        if (!hasExemplar) {
            throw new IllegalStateException("the sample has no exemplar; ask hasExemplar() first");
        }
        return exemplar;
    }
}
