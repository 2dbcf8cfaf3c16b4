package io.inferencemetrics.benchmarks;

import io.inferencemetrics.prometheus.Changes;
import io.inferencemetrics.prometheus.Event;
import io.inferencemetrics.prometheus.Exposition;
import io.inferencemetrics.prometheus.ExpositionCursor;
import io.inferencemetrics.prometheus.ExpositionStream;
import io.inferencemetrics.prometheus.MetricFamily;
import io.inferencemetrics.prometheus.MetricSample;
import io.inferencemetrics.prometheus.ParserOptions;
import io.inferencemetrics.prometheus.Sample;

/** The ways to read that the parser offers, each with a loop of its own as its user would write it. */
final class Readers {
    /** Finds all lines, and nothing in them. */
    static final Reader NEWLINES = (body, tally) -> tally.add(NewlineScan.lines(body), 0, 0);

    private static final int CHUNK = 16 * 1024;

    private Readers() {}

    /** Reaches name, labels and value of every sample that the cursor finds. */
    static Reader everything(ExpositionCursor cursor) {
        return (body, tally) -> readEverything(cursor, body, tally);
    }

    private static void readEverything(ExpositionCursor cursor, byte[] body, Tally tally) {
        cursor.reset(body, 0, body.length);
        long samples = 0;
        long text = 0;
        double sum = 0;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.SAMPLE) {
                Sample sample = cursor.sample();
                samples++;
                text += text(sample);
                sum += sample.value();
            }
        }
        tally.add(samples, text, sum);
    }

    private static long text(Sample sample) {
        long text = sample.name().length();
        for (int i = 0; i < sample.labelCount(); i++) {
            text += sample.labelName(i).length() + sample.labelValue(i).length();
        }
        return text;
    }

    /**
     * Knows each series by its ordinal: reaches ordinal, whether it changed, and value of every sample, and name and
     * labels only of a series that it has not seen yet.
     */
    static Reader byOrdinal(ParserOptions options) {
        return new ByOrdinal(options);
    }

    /** A cursor that remembers, and how many series have been seen: their ordinals count up. */
    abstract static class OfOneTarget implements Reader {
        final ExpositionCursor cursor;
        private int generation = -1;
        private int known;

        OfOneTarget(ParserOptions options) {
            cursor = ExpositionCursor.remembering(options);
        }

        final void start(byte[] body) {
            cursor.reset(body, 0, body.length);
            if (cursor.generation() != generation) {
                generation = cursor.generation();
                known = 0;
            }
        }

        /** How much text a series has that is seen for the first time; 0 for any other. */
        final long textOfNew(Sample sample, int ordinal) {
            if (ordinal < known) {
                return 0;
            }
            known = ordinal + 1;
            return text(sample);
        }
    }

    private static final class ByOrdinal extends OfOneTarget {
        ByOrdinal(ParserOptions options) {
            super(options);
        }

        @Override
        public void read(byte[] body, Tally tally) {
            start(body);
            long samples = 0;
            long text = 0;
            long changed = 0;
            double sum = 0;
            for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
                if (event == Event.SAMPLE) {
                    Sample sample = cursor.sample();
                    samples++;
                    text += textOfNew(sample, sample.ordinal());
                    changed += sample.changed() ? 1 : 0;
                    sum += sample.value();
                }
            }
            tally.add(samples, text, sum);
            tally.changed += changed;
        }
    }

    /**
     * Keeps the value of each series by its ordinal, and reaches only what is not as it was: afterwards all values of the
     * target are up to date. Reads everything where series came or went.
     */
    static ByChange byChange(ParserOptions options) {
        return new ByChange(options);
    }

    static final class ByChange extends OfOneTarget {
        private final double[] values = new double[1 << 17];
        private final Changes changes = new Changes();
        private long changed;

        private ByChange(ParserOptions options) {
            super(options);
        }

        @Override
        public void read(byte[] body, Tally tally) {
            start(body);
            long samples = 0;
            long text = 0;
            changed = 0;
            Event event;
            do {
                samples += keepChanges();
                event = cursor.nextChanged();
                if (event == Event.SAMPLE) {
                    Sample sample = cursor.sample();
                    int ordinal = sample.ordinal();
                    samples++;
                    text += textOfNew(sample, ordinal);
                    keep(ordinal, sample.value());
                }
            } while (event != Event.END);
            tally.add(samples, text, cursor.hasSameSeries() ? 0 : 1);
        }

        private void keep(int ordinal, double value) {
            changed += Double.doubleToRawLongBits(value) != Double.doubleToRawLongBits(values[ordinal]) ? 1 : 0;
            values[ordinal] = value;
        }

        private long keepChanges() {
            long samples = 0;
            for (int count = cursor.nextChanges(changes); count > 0; count = cursor.nextChanges(changes)) {
                for (int i = 0; i < count; i++) {
                    keep(changes.ordinal(i), changes.value(i));
                }
                samples += count;
            }
            return samples;
        }

        /** The value that a series has now. */
        double value(int ordinal) {
            return values[ordinal];
        }

        /** How many values differed from the body before. */
        long changed() {
            return changed;
        }
    }

    /** Reaches everything in a body that comes in chunks of 16 KB. */
    static Reader stream(ParserOptions options) {
        return new Stream(options);
    }

    private static final class Stream implements Reader {
        private final ExpositionStream stream;
        private Tally tally = new Tally();

        Stream(ParserOptions options) {
            stream = new ExpositionStream(options, sample -> tally.add(1, text(sample), sample.value()));
        }

        @Override
        public void read(byte[] body, Tally into) {
            tally = into;
            stream.reset();
            for (int from = 0; from < body.length; from += CHUNK) {
                stream.feed(body, from, Math.min(from + CHUNK, body.length));
            }
            stream.finish();
        }
    }

    /** Reaches everything in records. */
    static Reader objects(ParserOptions options) {
        return (body, tally) -> {
            for (MetricFamily family : Exposition.parse(body, options).families()) {
                family.samples().forEach(sample -> tally.add(1, text(sample), sample.value()));
            }
        };
    }

    /** In chars, for strings have no bytes to count. */
    private static long text(MetricSample sample) {
        long text = sample.name().length();
        for (var label : sample.labels().entrySet()) {
            text += label.getKey().length() + label.getValue().length();
        }
        return text;
    }
}
