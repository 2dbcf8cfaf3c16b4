package io.inferencemetrics.transport;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that metrics are read from.
 *
 * <p>{@code host:port} and {@code http://host:port} get the path {@code /metrics} where they have none;
 * {@code unix:/run/vllm.sock} is a Unix socket, with another path as {@code unix:/run/vllm.sock:/path};
 * {@code file:/tmp/body.txt} is a file. A user and password in the address become basic authorization and are never shown.
 *
 * @param kind how the address is reached
 * @param uri what is asked for: an HTTP address without user info, or a file
 * @param socket the path of a Unix socket; empty for others
 * @param authorization the header that the address's user info asks for
 */
public record Target(Kind kind, URI uri, Optional<Path> socket, Optional<String> authorization) {
    private static final String METRICS = "/metrics";
    private static final Pattern SECRET = Pattern.compile("=[^&]*");

    /** The ways to reach an address. */
    public enum Kind {
        /** HTTP or HTTPS over a network. */
        HTTP,
        /** HTTP over a Unix socket. */
        UNIX_SOCKET,
        /** A file of this machine. */
        FILE
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it cannot be understood
     */
    public static Target parse(String address) {
        String text = address.strip();
        if (text.startsWith("unix:")) {
            return unixSocket(text.substring("unix:".length()));
        }
        if (text.startsWith("file:")) {
            return new Target(Kind.FILE, uri(text), Optional.empty(), Optional.empty());
        }
        return http(uri(text.contains("://") ? text : "http://" + text), text);
    }

    private static Target unixSocket(String text) {
        String plain = text.startsWith("//") ? text.substring(2) : text;
        int colon = plain.indexOf(":/");
        String socket = colon < 0 ? plain : plain.substring(0, colon);
        if (socket.isEmpty()) {
            throw new IllegalArgumentException("a path was expected after unix:, such as unix:/run/vllm.sock");
        }
        String path = colon < 0 ? METRICS : plain.substring(colon + 1);
        return new Target(
                Kind.UNIX_SOCKET, uri("http://localhost" + path), Optional.of(Path.of(socket)), Optional.empty());
    }

    private static Target http(URI given, String text) {
        String scheme = given.getScheme();
        boolean known = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!known || given.getHost() == null) {
            throw new IllegalArgumentException(
                    "an address such as http://localhost:8000 was expected, not '" + withoutUser(text) + "'");
        }
        String path = given.getRawPath() == null || given.getRawPath().length() < 2 ? METRICS : given.getRawPath();
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return new Target(
                Kind.HTTP,
                uri(scheme + "://" + given.getHost() + port + path + query),
                Optional.empty(),
                Optional.ofNullable(given.getUserInfo()).map(Target::basic));
    }

    static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "an address such as http://localhost:8000 was expected, not '" + withoutUser(text) + "'", e);
        }
    }

    private static String withoutUser(String text) {
        return text.replaceFirst("//[^/@]*@", "//");
    }

    /** The address without secrets: no user, and no values in the query. */
    @Override
    public String toString() {
        String query = uri.getRawQuery();
        String shown = query == null
                ? uri.toString()
                : uri.toString()
                        .replace("?" + query, "?" + SECRET.matcher(query).replaceAll("=..."));
        return socket.map(path -> "unix:" + path + (uri.getPath().equals(METRICS) ? "" : ":" + uri.getPath()))
                .orElse(shown);
    }
}
