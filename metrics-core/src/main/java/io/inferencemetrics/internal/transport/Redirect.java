package io.inferencemetrics.internal.transport;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.transport.Target;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Where an answer other than 200 sends a fetch on to: once at most, and only to the server that was asked. */
final class Redirect {
    static final int MAX_HOPS = 1;

    private Redirect() {}

    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /**
     * The target that is asked next.
     *
     * @param hops how many redirects were followed to get here
     * @throws CollectException that says the status, and why it does not lead on
     */
    static Target follow(Target from, int status, Optional<String> location, int hops) {
        if (!isRedirect(status) || location.isEmpty()) {
            throw Failures.status(from, status, "");
        }
        if (hops >= MAX_HOPS) {
            throw Failures.status(from, status, ", a second redirect");
        }
        URI next = resolved(from, status, location.get());
        if (!sameServer(from.uri(), next)) {
            throw Failures.status(from, status, ", a redirect to another server, " + server(next));
        }
        return new Target(from.kind(), next, from.socket(), from.authorization());
    }

    /** Whether {@link #follow} would lead on, rather than say why it does not. */
    static boolean leadsOn(Target from, int status, Optional<String> location, int hops) {
        if (!isRedirect(status)) {
            return false;
        }
        try {
            follow(from, status, location, hops);
            return true;
        } catch (CollectException e) {
            return false;
        }
    }

    private static URI resolved(Target from, int status, String location) {
        try {
            return from.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw Failures.status(from, status, ", a redirect to an address that cannot be understood");
        }
    }

    // credentials go along, so neither to another port nor from https to http
    private static boolean sameServer(URI from, URI to) {
        return to.getHost() != null
                && to.getRawUserInfo() == null
                && server(from).equals(server(to));
    }

    private static String server(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return scheme + "://" + host + ":" + (uri.getPort() < 0 ? usual : uri.getPort());
    }
}
