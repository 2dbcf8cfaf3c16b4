package io.inferencemetrics.transport;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What to fetch, and how much time and memory it may take.
 *
 * @param target the address
 * @param timeout for the whole, from the connection to the last byte
 * @param maxBodyBytes of the body, uncompressed
 * @param headers to send
 * @param sslContext trust and keys for TLS; the JDK's where empty
 */
public record FetchRequest(
        Target target,
        Duration timeout,
        long maxBodyBytes,
        Map<String, String> headers,
        Optional<SSLContext> sslContext) {

    /**
     * Checks the limits and makes the headers immutable.
     *
     * @throws IllegalArgumentException when a limit is not positive
     */
    public FetchRequest {
        if (timeout.isNegative() || timeout.isZero() || maxBodyBytes < 1) {
            throw new IllegalArgumentException("timeout and maxBodyBytes must be positive");
        }
        headers = Map.copyOf(headers);
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
     * @throws IllegalArgumentException when name or value hold control characters
     */
    public FetchRequest withHeader(String name, String value) {
        if ((name + value).chars().anyMatch(c -> c < ' ' || c == 127) || name.isBlank()) {
            throw new IllegalArgumentException(
                    "the header '" + name.strip() + "' holds characters that headers may not");
        }
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
