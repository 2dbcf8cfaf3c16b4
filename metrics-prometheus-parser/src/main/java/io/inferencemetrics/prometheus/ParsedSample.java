package io.inferencemetrics.prometheus;

/** The one sample that a parser fills again and again. */
final class ParsedSample extends Observation implements Sample {
    final ByteSlice name = new ByteSlice();
    final ByteSlice series = new ByteSlice();
    final ParsedExemplar exemplar = new ParsedExemplar();
    private boolean hasExemplar;

    void clear() {
        clearObservation();
        name.clear();
        series.clear();
        hasExemplar = false;
    }

    void setUsual(byte[] bytes, int from, SeriesScanner found) {
        clearTimestamp();
        name.set(bytes, from, from + found.nameLength());
        series.set(bytes, from, from + found.length());
        labels.setUsual(bytes, from, found);
        hasExemplar = false;
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
