package io.inferencemetrics.transport;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * What to fetch, and how much time and memory it may take.
 *
 * @param target the address
 * @param timeout for the whole, from the connection to the last byte
 * @param maxBodyBytes of the body, uncompressed
 * @param headers to send; each name stands once, in any case
 * @param sslContext trust and keys for TLS; the JDK's where empty
 */
public record FetchRequest(
        Target target,
        Duration timeout,
        long maxBodyBytes,
        Map<String, String> headers,
        Optional<SSLContext> sslContext) {
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * Checks the limits and the headers, and makes the headers immutable.
     *
     * @throws IllegalArgumentException when a limit is not positive, the timeout is above a day, or a header holds
     *     characters that headers may not
     */
    public FetchRequest {
        if (timeout.isNegative() || timeout.isZero() || maxBodyBytes < 1) {
            throw new IllegalArgumentException("timeout and maxBodyBytes must be positive");
        }
        if (timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout must be at most a day, not " + timeout);
        }
        headers = Map.copyOf(headers);
        headers.forEach(FetchRequest::check);
    }

    // the value is not repeated: it may be secret
    private static void check(String name, String value) {
        boolean allowed = value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
        if (!allowed || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the header '" + CONTROL.matcher(name).replaceAll(" ")
                            + "' holds characters that headers may not: names are letters, digits and -, values printable ASCII");
        }
    }

    /** A request with 5 seconds and 64 MiB that asks for the text format. */
    public static FetchRequest to(Target target) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/plain;version=0.0.4");
        headers.put("Accept-Encoding", "gzip");
        headers.put("User-Agent", "inference-metrics");
        target.authorization().ifPresent(value -> headers.put("Authorization", value));
        return new FetchRequest(target, Duration.ofSeconds(5), 64L << 20, headers, Optional.empty());
    }

    /** The same for another address; its user info is not taken over. */
    public FetchRequest withTarget(Target other) {
        return new FetchRequest(other, timeout, maxBodyBytes, headers, sslContext);
    }

    /** The same with another deadline. */
    public FetchRequest withTimeout(Duration other) {
        return new FetchRequest(target, other, maxBodyBytes, headers, sslContext);
    }

    /** The same with another limit for the body. */
    public FetchRequest withMaxBodyBytes(long bytes) {
        return new FetchRequest(target, timeout, bytes, headers, sslContext);
    }

    /**
     * The same with a header, in place of one of that name.
     *
     * @throws IllegalArgumentException when name or value hold characters that headers may not
     */
    public FetchRequest withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.keySet().removeIf(name::equalsIgnoreCase);
        more.put(name, value);
        return new FetchRequest(target, timeout, maxBodyBytes, more, sslContext);
    }

    /** The same with a bearer token. */
    public FetchRequest withBearerToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    /** The same with a user and password. */
    public FetchRequest withBasicAuth(String user, String password) {
        return withHeader("Authorization", Target.basic(user + ":" + password));
    }

    /** The same with trust and keys of its own for TLS. */
    public FetchRequest withSslContext(SSLContext context) {
        return new FetchRequest(target, timeout, maxBodyBytes, headers, Optional.of(context));
    }

    /** The request without the values of its headers, which may be secret. */
    @Override
    public String toString() {
        return target + " within " + timeout + ", headers " + headers.keySet();
    }
}
