package io.inferencemetrics.internal.decode;

import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Series;
import java.util.List;

/** What one way of learning a metric came to, in one frame. */
sealed interface Outcome<T> {

    /** Series and the value they combine to. */
    record Found<T>(List<Series<T>> series, T value, Provenance provenance, boolean stale) implements Outcome<T> {}

    /** The family is there, but nothing has been observed. */
    record Unobserved<T>(Provenance provenance) implements Outcome<T> {}

    /** The family is there and cannot be used; the series are there for what they are worth. */
    record Unusable<T>(List<Series<T>> series, String message, Provenance provenance) implements Outcome<T> {}

    /** No value, for a reason that the frame itself gives. */
    record Refused<T>(List<Series<T>> series, Absence reason, String detail, Provenance provenance)
            implements Outcome<T> {}

    /** Nothing of the kind is in the frame. */
    record Missing<T>() implements Outcome<T> {}
}
