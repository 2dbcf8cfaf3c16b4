package io.inferencemetrics.window;

import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import java.util.function.Function;

/** Readings made of other readings: a value of the value, and whatever stands in its place as it is. */
final class Readings {
    private Readings() {}

    static <A, B> Reading<B> map(Reading<A> from, Metric<B> metric, Function<A, B> value) {
        Provenance provenance = from.provenance();
        if (from instanceof Reading.Value<A> one) {
            return new Reading.Value<>(metric, value.apply(one.value()), derived(provenance));
        }
        if (from instanceof Reading.Stale<A> stale) {
            return new Reading.Stale<>(metric, value.apply(stale.lastValue()), derived(provenance));
        }
        if (from instanceof Reading.Absent<A> absent) {
            return new Reading.Absent<>(
                    metric, absent.reason(), absent.detail(), absent.option(), absent.versions(), provenance);
        }
        return from instanceof Reading.Failed<A> failed
                ? new Reading.Failed<>(metric, failed.message(), provenance)
                : new Reading.NoObservations<>(metric, provenance);
    }

    static <T> Reading<T> withNote(Reading<T> reading, String note) {
        Provenance old = reading.provenance();
        Provenance noted = new Provenance(
                old.source(), old.trust(), old.measuredNanos(), old.note().isEmpty() ? note : old.note() + "; " + note);
        if (reading instanceof Reading.Value<T> one) {
            return new Reading.Value<>(one.metric(), one.value(), noted);
        }
        return reading instanceof Reading.NoObservations<T> none
                ? new Reading.NoObservations<>(none.metric(), noted)
                : reading;
    }

    private static Provenance derived(Provenance of) {
        Trust trust = of.trust() == Trust.EXACT ? Trust.DERIVED : of.trust();
        return new Provenance(of.source(), trust, of.measuredNanos(), of.note());
    }
}
