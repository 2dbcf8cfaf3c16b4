package io.inferencemetrics.prometheus;

import org.jspecify.annotations.Nullable;

/**
 * Checks what OpenMetrics asks of the samples of one family together: those of a metric, which has one label set, stand
 * together; those of a point, which has one timestamp, do so within the metric, in order of time; and a point has each
 * sample once and all that it must have.
 */
final class MetricRules {
    private static final int NONE = -1;

    private final Line line;
    private final LabelSetKey key = new LabelSetKey();

    /** The label sets of all metrics of the body, each behind the number of its family. */
    private final TextTable labelSets = new TextTable();

    /** What there was of points in which many samples have the same name, each behind the number of the point. */
    private final TextTable parts = new TextTable();

    private final HistogramRules histogram = new HistogramRules();
    private ExactDecimal time = new ExactDecimal();
    private ExactDecimal nextTime = new ExactDecimal();
    private long family;
    private long point;
    private int metric;
    private MetricType type = MetricType.UNKNOWN;
    private boolean timed;

    /** One bit for each {@link SampleKind} that the point has had. */
    private int kinds;

    MetricRules(Line line) {
        this.line = line;
    }

    void start() {
        labelSets.clear();
        parts.clear();
        family = 0;
        point = 0;
        metric = NONE;
    }

    void startFamily() {
        family++;
        metric = NONE;
    }

    void endFamily() {
        if (metric != NONE) {
            endPoint();
        }
    }

    void check(MetricType newType, SampleKind kind, ParsedSample sample, SampleRules place) {
        type = newType;
        if (sample.hasTimestamp()) {
            nextTime.set(sample.timestampText());
        }
        int known = labelSets.size();
        int found = type == MetricType.INFO ? 0 : labelSet(sample, place.pointLabel());
        if (found == metric) {
            goOn(sample, place);
        } else {
            endFamily();
            if (found < known && type != MetricType.INFO) {
                throw place.broken("expected all samples with the same labels together", line.start);
            }
            metric = found;
            timed = sample.hasTimestamp();
            startPoint();
        }
        String broken = add(kind, sample, place);
        if (broken != null) {
            throw place.broken("expected " + broken, line.start);
        }
    }

    private int labelSet(ParsedSample sample, int leftOut) {
        key.start(family).addLabels(sample, leftOut);
        return labelSets.number(key.bytes(), 0, key.length());
    }

    /** The labels of an info may all be its point's, so nothing tells its metrics and the order of their points. */
    private void goOn(ParsedSample sample, SampleRules place) {
        if (sample.hasTimestamp() != timed) {
            throw place.broken("expected a timestamp on all samples with the same labels or on none", line.start);
        }
        if (!timed || type == MetricType.INFO) {
            return;
        }
        int order = nextTime.compareTo(time);
        if (order < 0) {
            throw place.broken(
                    "expected no timestamp before the last one with the same labels",
                    line.indexOf(sample.timestampText()));
        }
        if (order > 0) {
            endPoint();
            startPoint();
        }
    }

    private void startPoint() {
        point++;
        kinds = 0;
        histogram.start();
        ExactDecimal last = time;
        time = nextTime;
        nextTime = last;
    }

    private @Nullable String add(SampleKind kind, ParsedSample sample, SampleRules place) {
        if (kind == SampleKind.BUCKET) {
            return histogram.bucket(place.bound(), sample.value());
        }
        histogram.other(kind, sample.value());
        int bit = 1 << kind.ordinal();
        boolean many = type == MetricType.INFO || place.pointLabel() >= 0;
        boolean isNew = many ? addPart(sample, place.pointLabel()) : (kinds & bit) == 0;
        kinds |= bit;
        return isNew ? null : "no sample twice at one time";
    }

    private boolean addPart(ParsedSample sample, int pointLabel) {
        key.start(point);
        if (pointLabel >= 0) {
            key.add(sample.labelValue(pointLabel));
        } else {
            key.addLabels(sample, NONE);
            if (sample.hasTimestamp()) {
                nextTime.set(sample.timestampText());
                nextTime.addTo(key);
            }
        }
        int known = parts.size();
        return parts.number(key.bytes(), 0, key.length()) == known;
    }

    private void endPoint() {
        String missing = missing();
        if (missing != null) {
            throw new ExpositionException(
                    line.number - 1,
                    1,
                    SampleRules.reason("expected " + missing + ", but this is the last sample of its point"));
        }
    }

    private @Nullable String missing() {
        return switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> histogram.end();
            case COUNTER -> (kinds & 1 << SampleKind.TOTAL.ordinal()) == 0 ? "a sample that ends in _total" : null;
            default -> null;
        };
    }
}
