package io.inferencemetrics.doctor;

import io.inferencemetrics.transport.FetchSummary;
import java.time.Duration;

/**
 * Where the time of a read went.
 *
 * @param connection to look the name up and connect; zero where it is part of {@code answer}
 * @param answer until the first byte of the body
 * @param body until the last
 */
record ReadTime(Duration connection, Duration answer, Duration body) {
    private static final Duration SLOW = Duration.ofSeconds(1);

    /** The parts of a read. */
    enum Part {
        CONNECTION,
        ANSWER,
        BODY
    }

    static ReadTime of(FetchSummary summary) {
        return new ReadTime(
                Duration.ZERO,
                Duration.ofNanos(summary.firstByteNanos() - summary.startNanos()),
                Duration.ofNanos(summary.endNanos() - summary.firstByteNanos()));
    }

    Duration whole() {
        return connection.plus(answer).plus(body);
    }

    boolean isSlow() {
        return whole().compareTo(SLOW) >= 0;
    }

    /** The same read, of which so much is known to go into a connection. */
    ReadTime withConnection(Duration known) {
        Duration rest = answer.minus(known);
        return new ReadTime(known, rest.isNegative() ? Duration.ZERO : rest, body);
    }

    /** This read with the parts in which another, over a connection that was open already, was quicker. */
    ReadTime quicker(ReadTime other) {
        return new ReadTime(connection, min(answer, other.answer), min(body, other.body));
    }

    Part longest() {
        if (body.compareTo(answer) > 0 && body.compareTo(connection) > 0) {
            return Part.BODY;
        }
        return connection.compareTo(answer) > 0 ? Part.CONNECTION : Part.ANSWER;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
