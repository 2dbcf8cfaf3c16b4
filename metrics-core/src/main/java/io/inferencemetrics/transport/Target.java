package io.inferencemetrics.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address that metrics are read from.
 *
 * <p>{@code host:port} and {@code http://host:port} get the path {@code /metrics} where they have none;
 * {@code unix:/run/vllm.sock} is a Unix socket, with another path as {@code unix:/run/vllm.sock:/path};
 * {@code file:/tmp/body.txt}, {@code /tmp/body.txt} and {@code ./body.txt} are files. A user and password in the address become basic authorization and are never shown.
 *
 * @param kind how the address is reached
 * @param uri what is asked for: an HTTP address without user info, or a file
 * @param socket the path of a Unix socket; empty for others
 * @param authorization the header that the address's user info asks for
 */
public record Target(Kind kind, URI uri, Optional<Path> socket, Optional<String> authorization) {
    private static final String METRICS = "/metrics";
    private static final Pattern SECRET = Pattern.compile("=[^&]*");
    private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://|).*@");
    private static final Pattern FILE_NAME = Pattern.compile("\\.{0,2}/.*");

    /** The ways to reach an address. */
    public enum Kind {
        /** HTTP or HTTPS over a network. */
        HTTP,
        /** HTTP over a Unix socket. */
        UNIX_SOCKET,
        /** A file of this machine. */
        FILE,
        /** No address: this machine itself, read in place. */
        LOCAL
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it cannot be understood; the message holds no secret
     */
    public static Target parse(String address) {
        String text = address.strip();
        if (text.startsWith("unix:")) {
            return unixSocket(text.substring("unix:".length()));
        }
        if (text.startsWith("file:")) {
            return new Target(Kind.FILE, uri(text, text), Optional.empty(), Optional.empty());
        }
        if (FILE_NAME.matcher(text).matches()) {
            return new Target(Kind.FILE, Path.of(text).toAbsolutePath().toUri(), Optional.empty(), Optional.empty());
        }
        return http(uri(text.contains("://") ? text : "http://" + text, text), text);
    }

    /**
     * This machine, read in place.
     *
     * @param how the id of what reads it, such as {@code nvml}
     */
    public static Target local(String how) {
        return new Target(Kind.LOCAL, URI.create("local:" + how), Optional.empty(), Optional.empty());
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
                Kind.UNIX_SOCKET, uri("http://localhost" + path, text), Optional.of(Path.of(socket)), Optional.empty());
    }

    private static Target http(URI given, String text) {
        String scheme = String.valueOf(given.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw notAnAddress(text, "the scheme is not http, https, unix or file");
        }
        if (given.getHost() == null) {
            boolean underscore = String.valueOf(given.getRawAuthority()).indexOf('_') >= 0;
            throw notAnAddress(
                    text, underscore ? "URLs allow no '_' in a host: use an alias or its IP" : "the host is missing");
        }
        if (given.getPort() == 0 || given.getPort() > 65_535) {
            throw notAnAddress(text, "the port is not within 1 to 65535");
        }
        String path = given.getRawPath() == null || given.getRawPath().length() < 2 ? METRICS : given.getRawPath();
        String port = given.getPort() < 0 ? "" : ":" + given.getPort();
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return new Target(
                Kind.HTTP,
                uri(scheme + "://" + given.getHost() + port + path + query, text),
                Optional.empty(),
                Optional.ofNullable(given.getUserInfo())
                        .filter(user -> !user.isEmpty())
                        .map(Target::basic));
    }

    /**
     * Another address of the same server: {@code /version} beside {@code /metrics}, and {@code /x/version} beside
     * {@code /x/metrics}, as a proxy may serve a server under a path of its own. A file stands alone.
     *
     * @param path absolute, with a query where one is needed
     * @throws IllegalArgumentException when the path is none, or this is a file or this machine
     */
    public Target beside(String path) {
        if (kind == Kind.FILE || kind == Kind.LOCAL || !path.startsWith("/")) {
            throw new IllegalArgumentException("a server and a path such as /version were expected");
        }
        String own = uri.getRawPath();
        String prefix = own.endsWith(METRICS) ? own.substring(0, own.length() - METRICS.length()) : "";
        URI other = URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + prefix + path);
        return new Target(kind, other, socket, authorization);
    }

    static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static URI uri(String url, String address) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw notAnAddress(address, "it is no URL");
        }
    }

    // no cause: the JDK's exception repeats the address; and all before the last '@' is hidden, since a password may
    // hold what should have been encoded
    private static IllegalArgumentException notAnAddress(String address, String why) {
        String shown = masked(USER.matcher(address).replaceFirst("$1"));
        return new IllegalArgumentException(
                "an address such as http://localhost:8000 was expected, not '" + shown + "': " + why);
    }

    private static String masked(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return url;
        }
        String query = url.substring(question + 1);
        String shown = query.contains("=") ? SECRET.matcher(query).replaceAll("=...") : "...";
        return url.substring(0, question + 1) + shown;
    }

    /** The address without secrets: no user, and no values in the query. */
    @Override
    public String toString() {
        String shown = masked(uri.toString());
        return socket.map(path -> {
                    String asked = shown.substring("http://localhost".length());
                    return "unix:" + path + (asked.equals(METRICS) ? "" : ":" + asked);
                })
                .orElse(shown);
    }
}
