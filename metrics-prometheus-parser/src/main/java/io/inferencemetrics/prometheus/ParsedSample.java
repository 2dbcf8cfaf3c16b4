package io.inferencemetrics.prometheus;

/** The one sample that a parser fills again and again. */
final class ParsedSample extends Observation implements Sample {
    final ByteSlice name = new ByteSlice();
    final ByteSlice series = new ByteSlice();
    final ParsedExemplar exemplar = new ParsedExemplar();
    private boolean hasExemplar;
    private int ordinal = -1;
    private boolean changed = true;

    void clear() {
        clearObservation();
        name.clear();
        series.clear();
        hasExemplar = false;
        setOrdinal(-1, true);
    }

    /** A line in the usual shape that has just been scanned. */
    void setUsual(byte[] bytes, int from, SeriesScanner found) {
        set(bytes, from, found.nameLength(), found.length());
        labels.setUsual(bytes, from, found.labels(), found.positions(), 0);
    }

    /** A line in the usual shape whose series was on another one already. */
    void setKnown(byte[] bytes, int from, LineTable lines, int line) {
        int positionsFrom = lines.positionStarts[line];
        set(bytes, from, lines.positions[positionsFrom] + 1, lines.seriesLengths[line]);
        labels.setUsual(bytes, from, lines.labelCounts[line], lines.positions, positionsFrom);
    }

    private void set(byte[] bytes, int from, int nameLength, int seriesLength) {
        name.set(bytes, from, from + nameLength);
        series.set(bytes, from, from + seriesLength);
        clearTimestamp();
        hasExemplar = false;
        setOrdinal(-1, true);
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
        return name;
    }

    @Override
    public ByteSlice series() {
        return series;
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
