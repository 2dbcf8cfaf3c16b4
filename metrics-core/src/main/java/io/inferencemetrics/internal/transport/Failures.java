package io.inferencemetrics.internal.transport;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one sentence each what went wrong with a fetch, and what to do. */
final class Failures {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
    private static final int MAX_SAID = 200;

    private Failures() {}

    /** The failure that stands for any that a fetch can meet. */
    static CollectException of(FetchRequest request, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof CollectException known) {
            return known;
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return timeout(request, cause);
        }
        return connect(request.target(), cause);
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable inner = thrown;
        while (inner.getCause() != null
                && (inner instanceof CompletionException || inner.getCause() instanceof CollectException)) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static CollectException timeout(FetchRequest request, Throwable cause) {
        return new CollectException(
                FailureKind.TIMEOUT,
                request.target() + " did not send its whole answer within "
                        + request.timeout().toMillis() + " ms",
                "The server may be overloaded; give it more time with a longer timeout.",
                cause);
    }

    private static CollectException connect(Target target, Throwable cause) {
        if (hasCause(cause, UnresolvedAddressException.class)) {
            return connect("the host of " + target + " is not known", "Check the name in the address.", cause);
        }
        if (cause instanceof ConnectException) {
            return connect(
                    "no connection to " + target + ": " + said(cause, "refused"),
                    "Check that the server is running and listens on this address and port.",
                    cause);
        }
        if (cause instanceof SSLException) {
            return connect(
                    "no secure connection to " + target + ": " + said(cause, "the handshake failed"),
                    "Check that the server speaks HTTPS and that its certificate is trusted here.",
                    cause);
        }
        return connect(
                "the connection to " + target + " broke before the body was complete: "
                        + said(cause, cause.getClass().getSimpleName()),
                "Try again; if it happens again, look at the server's log.",
                cause);
    }

    private static CollectException connect(String message, String hint, Throwable cause) {
        return new CollectException(FailureKind.CONNECT, message, hint, cause);
    }

    private static boolean hasCause(Throwable thrown, Class<? extends Throwable> type) {
        for (@Nullable Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    /** What the cause says, as one bounded line: it may repeat what a server sent. */
    private static String said(Throwable cause, String otherwise) {
        String text = Optional.ofNullable(cause.getMessage()).orElse(otherwise);
        String line = CONTROL.matcher(text).replaceAll(" ");
        return line.length() <= MAX_SAID ? line : line.substring(0, MAX_SAID) + "...";
    }

    static CollectException refusedByClient(Target target) {
        return new CollectException(
                FailureKind.CONNECT,
                target + " cannot be asked: the JDK's HTTP client refuses this address or one of the headers",
                "Check the port, and leave out headers that the client sets itself, such as Host and Connection.",
                null);
    }

    static CollectException status(Target target, int status, String detail) {
        return new CollectException(
                FailureKind.STATUS,
                target + " was expected to answer 200, but answered " + status + detail,
                hint(status),
                null);
    }

    private static String hint(int status) {
        return switch (status) {
            case 401, 403, 407 -> "Give a bearer token, or a user and password.";
            case 400 ->
                "Check the address: llama.cpp with several models wants to know which, /metrics?model=NAME&autoload=false.";
            case 404 -> "Check the path. SGLang serves /metrics only with --enable-metrics.";
            case 501 -> "llama.cpp serves /metrics only with --metrics.";
            case 500, 502, 503, 504 -> "The server or a proxy before it is not ready; try again later.";
            default -> "Check the address: engines serve their metrics at /metrics.";
        };
    }

    static CollectException tooLarge(FetchRequest request) {
        return new CollectException(
                FailureKind.TOO_LARGE,
                "the body of " + request.target() + " is larger than the limit of " + request.maxBodyBytes() + " bytes",
                "Raise maxBodyBytes if such a body is to be expected.",
                null);
    }

    static CollectException encoding(Target target, String encoding) {
        return new CollectException(
                FailureKind.NOT_PROMETHEUS,
                target + " was expected to send plain text or gzip, but sent the encoding " + encoding,
                "Let the server, or a proxy before it, send no encoding but gzip.",
                null);
    }

    static IOException endedEarly(String what) {
        return new IOException(what + " ended early");
    }
}
