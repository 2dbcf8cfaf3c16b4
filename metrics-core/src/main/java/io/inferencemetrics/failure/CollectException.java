package io.inferencemetrics.failure;

import org.jspecify.annotations.Nullable;

/**
 * A collect that did not succeed: what was asked, what came instead, and what to do about it.
 *
 * <p>The message names the target (without secrets); {@link #hint()} is one sentence of advice.
 */
public final class CollectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final String hint;

    /**
     * Creates a failure.
     *
     * @param message one sentence that names the target, what was expected and what came
     * @param hint one sentence that says what to do
     */
    public CollectException(FailureKind kind, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    /** The kind of failure. */
    public FailureKind kind() {
        return kind;
    }

    /** One sentence that says what to do. */
    public String hint() {
        return hint;
    }
}
