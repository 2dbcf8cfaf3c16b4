package io.inferencemetrics.testkit.internal;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What was told to happen, in the order of time, and of telling where times are equal. */
final class Script {
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long told;

    private record Event(long at, long number, Runnable what) {}

    void tell(long at, Runnable what) {
        events.add(new Event(at, told++, what));
    }

    /** When something happens next, in nanoseconds since the start; never is {@link Long#MAX_VALUE}. */
    long nextAt() {
        return events.isEmpty() ? Long.MAX_VALUE : events.element().at();
    }

    void happen() {
        events.remove().what().run();
    }
}
