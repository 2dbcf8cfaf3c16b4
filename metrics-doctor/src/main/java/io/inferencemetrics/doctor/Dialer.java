package io.inferencemetrics.doctor;

import io.inferencemetrics.transport.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Opens a connection, asks nothing and closes it: how long the way takes without the server's own time. */
@FunctionalInterface
interface Dialer {

    /** The time that a connection took, the look-up of the name included; empty where there was none. */
    Optional<Duration> dial(Target target, Duration timeout);

    /** Over TCP; never through a proxy, which would be another way. */
    static Optional<Duration> tcp(Target target, Duration timeout) {
        URI uri = target.uri();
        if (target.kind() != Target.Kind.HTTP || isProxied(uri)) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(new InetSocketAddress(uri.getHost(), port(uri)), (int) timeout.toMillis());
            return Optional.of(Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static boolean isProxied(URI uri) {
        return Optional.ofNullable(ProxySelector.getDefault()).stream()
                .flatMap(selector -> selector.select(uri).stream())
                .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }
}
