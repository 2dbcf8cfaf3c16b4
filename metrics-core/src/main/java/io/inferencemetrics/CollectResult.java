package io.inferencemetrics;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import java.util.Optional;

/** What came of a collect: a snapshot, or a failure that says what went wrong. */
public sealed interface CollectResult {

    /** The snapshot, where there is one. */
    default Optional<MetricsSnapshot> optional() {
        return Optional.empty();
    }

    /** The target answered and was understood. */
    record Success(MetricsSnapshot snapshot) implements CollectResult {
        @Override
        public Optional<MetricsSnapshot> optional() {
            return Optional.of(snapshot);
        }
    }

    /**
     * There is no snapshot.
     *
     * @param kind of the failure
     * @param message names the target, what was expected and what came
     * @param hint what to do
     * @param cause the whole failure
     */
    record Failure(FailureKind kind, String message, String hint, CollectException cause) implements CollectResult {
        static Failure of(CollectException cause) {
            return new Failure(cause.kind(), String.valueOf(cause.getMessage()), cause.hint(), cause);
        }
    }
}
