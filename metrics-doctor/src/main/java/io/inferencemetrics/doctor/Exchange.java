package io.inferencemetrics.doctor;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.transport.ResponseHead;
import io.inferencemetrics.transport.Target;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question to a server, and what came of it.
 *
 * @param target what was asked
 * @param head of the answer, where one began
 * @param body as far as it came
 * @param summary what the whole took; empty where it failed
 * @param failure why it failed; empty where it did not, whatever the status
 */
record Exchange(
        Target target,
        Optional<ResponseHead> head,
        byte[] body,
        Optional<FetchSummary> summary,
        Optional<CollectException> failure) {
    private static final int START = 8_192;

    /** The answer's status; 0 where there is no whole answer. */
    int status() {
        return failure.isPresent() ? 0 : head.map(ResponseHead::status).orElse(0);
    }

    boolean succeeded() {
        return status() == 200;
    }

    boolean failed(FailureKind kind) {
        return failure.filter(f -> f.kind() == kind).isPresent();
    }

    /** Whether the failure has such a cause. */
    boolean failedWith(Class<? extends Throwable> type) {
        for (@Nullable Throwable t = failure.orElse(null); t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /** The start of the body, as much as rules look at. */
    String start() {
        return new String(body, 0, Math.min(START, body.length), StandardCharsets.UTF_8).strip();
    }

    /** Whether the start of the body holds these words, in any case. */
    boolean says(String words) {
        return start().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** Whether an answer came, though perhaps not whole, or larger than wanted. */
    boolean began() {
        return head.isPresent();
    }
}
