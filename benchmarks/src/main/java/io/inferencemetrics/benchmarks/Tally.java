package io.inferencemetrics.benchmarks;

/** What a reader of bodies has reached. */
final class Tally {
    /** The samples. */
    long samples;
    /** The bytes of names and labels. */
    long text;
    /** The sum of all values. */
    double sum;
    /** The samples that were said to have changed. */
    long changed;

    void add(long moreSamples, long moreText, double moreSum) {
        samples += moreSamples;
        text += moreText;
        sum += moreSum;
    }

    static Tally of(Reader reader, byte[] body) {
        Tally tally = new Tally();
        reader.read(body, tally);
        return tally;
    }

    /** The same samples with the same values; sums in another order differ a little. */
    boolean sameValues(Tally other) {
        double tolerance = 1e-9 * Math.abs(sum);
        return samples == other.samples
                && (Double.compare(sum, other.sum) == 0 || Math.abs(sum - other.sum) <= tolerance);
    }

    boolean sameTextAndValues(Tally other) {
        return sameValues(other) && text == other.text;
    }

    @Override
    public String toString() {
        return samples + " samples, " + text + " bytes of names and labels, sum " + sum;
    }
}
