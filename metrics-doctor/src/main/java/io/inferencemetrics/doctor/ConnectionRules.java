package io.inferencemetrics.doctor;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.transport.Target;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** What stands between here and an answer, and what makes it slow. */
final class ConnectionRules {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Pattern NO_WAY = Pattern.compile("timed out|unreachable|no route", Pattern.CASE_INSENSITIVE);

    private ConnectionRules() {}

    static Optional<Finding> unreadableFile(Examination e) {
        return when(
                e.kind() == Target.Kind.FILE && e.metrics().failed(FailureKind.CONNECT),
                Cause.FILE_UNREADABLE,
                message(e),
                "check the path and its permissions");
    }

    static Optional<Finding> unknownHost(Examination e) {
        Exchange metrics = e.metrics();
        return when(
                metrics.failedWith(UnresolvedAddressException.class) || metrics.failedWith(UnknownHostException.class),
                Cause.UNKNOWN_HOST,
                "no address is known for the host of " + e.target(),
                "check the name; names of containers and pods are known only within their network");
    }

    static Optional<Finding> nothingListens(Examination e) {
        boolean socket = e.kind() == Target.Kind.UNIX_SOCKET && e.metrics().failedWith(SocketException.class);
        boolean refused = e.metrics().failedWith(ConnectException.class) && !isNoWay(e);
        boolean atOnce = e.metrics().failed(FailureKind.CONNECT) && !e.metrics().began();
        boolean here = LOOPBACK.matcher(
                        String.valueOf(e.metrics().target().uri().getHost()))
                .matches();
        return when(
                atOnce && (socket || refused),
                Cause.NOTHING_LISTENS,
                "nothing listens at " + e.target(),
                "start the server and wait until its model is loaded, since the port opens only then, or correct the"
                        + " port (usually " + usualPorts() + ")"
                        + (here ? "" : ", or start it with --host 0.0.0.0 if it listens on 127.0.0.1 alone"));
    }

    static Optional<Finding> plainHttp(Examination e) {
        boolean sslMessage = message(e).contains("SSL message");
        return when(
                e.metrics().failedWith(SSLException.class) && sslMessage,
                Cause.PLAIN_HTTP,
                "the server at " + e.target() + " does not speak HTTPS",
                "write http:// instead of https://");
    }

    static Optional<Finding> tlsRefused(Examination e) {
        return when(
                e.metrics().failedWith(SSLException.class),
                Cause.TLS_REFUSED,
                message(e),
                "let this JVM trust its certificate, or give a client certificate where it wants one");
    }

    /** The headers came in time, the rest did not. */
    static Optional<Finding> bodyTooSlow(Examination e) {
        return when(
                e.metrics().failed(FailureKind.TIMEOUT) && e.metrics().began(),
                Cause.BODY_TOO_SLOW,
                e.target() + " began to answer, but had sent only "
                        + e.metrics().body().length + " bytes after " + Words.time(e.timeout()),
                "look for a narrow network or a proxy that holds the answer back, or give a longer timeout");
    }

    /** The connection works, so it is the server itself that takes its time. */
    static Optional<Finding> noAnswer(Examination e) {
        boolean silent = e.metrics().failed(FailureKind.TIMEOUT) && !e.metrics().began();
        return when(
                silent && (e.kind() != Target.Kind.HTTP || e.connectTime().isPresent()),
                Cause.NO_ANSWER,
                e.target() + " takes connections, but sent no answer within " + Words.time(e.timeout()),
                (e.target().startsWith("https:") ? "write http:// where it does not speak TLS, " : "")
                        + "look whether the server hangs or is starting, scrape it less often where it is busy, or give a"
                        + " longer timeout");
    }

    static Optional<Finding> unreachable(Examination e) {
        boolean timeout =
                e.metrics().failed(FailureKind.TIMEOUT) && !e.metrics().began();
        return when(
                timeout || isNoWay(e),
                Cause.UNREACHABLE,
                "no connection to " + e.target() + " came about within " + Words.time(e.timeout()),
                "check the address, and that no firewall or network policy drops what is sent to this port");
    }

    static Optional<Finding> tooLarge(Examination e) {
        return when(
                e.metrics().failed(FailureKind.TOO_LARGE),
                Cause.TOO_LARGE,
                message(e),
                "check the path, since no engine's metrics are as large as this");
    }

    static Optional<Finding> bodyCut(Examination e) {
        return when(
                e.metrics().failed(FailureKind.CONNECT) && e.metrics().began(),
                Cause.BODY_CUT,
                e.target() + " broke the connection after " + e.metrics().body().length
                        + " bytes, in the middle of its answer",
                "look whether the server crashed, or a proxy before it gave up");
    }

    static Optional<Finding> notHttp(Examination e) {
        return when(
                e.metrics().failed(FailureKind.CONNECT),
                Cause.NOT_HTTP,
                "something listens at " + e.target() + ", but does not answer as plain HTTP/1.1 does",
                "start it with --host 0.0.0.0 where it runs in a container, write https:// where it speaks TLS, or give the"
                        + " port for HTTP where this is that for gRPC");
    }

    static Optional<Finding> notFetched(Examination e) {
        return e.metrics()
                .failure()
                .map(failure -> new Finding(Cause.NOT_FETCHED, message(e), withoutStop(failure.hint())));
    }

    /** A server that takes long, by the part that takes longest; what was slow only at first was slow here. */
    static Optional<Finding> slow(Examination e) {
        Optional<ReadTime> first = e.metrics().summary().map(ReadTime::of);
        if (e.kind() == Target.Kind.FILE || first.filter(ReadTime::isSlow).isEmpty()) {
            return Optional.empty();
        }
        ReadTime whole = first.get().withConnection(e.connectTime().orElse(Duration.ZERO));
        Optional<ReadTime> again = e.secondExchange().flatMap(Exchange::summary).map(ReadTime::of);
        ReadTime usual = again.map(whole::quicker).orElse(whole);
        return usual.isSlow() ? Optional.of(slow(e.target(), usual)) : Optional.empty();
    }

    private static Finding slow(String target, ReadTime time) {
        String took = target + " took " + Words.time(time.whole()) + ", of which ";
        return switch (time.longest()) {
            case CONNECTION ->
                new Finding(
                        Cause.SLOW,
                        took + Words.time(time.connection()) + " to connect",
                        "look at the name's look-up and the network between");
            case ANSWER ->
                new Finding(
                        Cause.SLOW,
                        took + Words.time(time.answer()) + " until the first byte",
                        "scrape it less often and with fewer scrapers, since the engine writes its metrics between its"
                                + " other work");
            case BODY ->
                new Finding(
                        Cause.SLOW,
                        took + Words.time(time.body()) + " to send the body",
                        "look for a narrow network or a proxy between");
        };
    }

    private static boolean isNoWay(Examination e) {
        return e.metrics().failed(FailureKind.CONNECT)
                && (e.metrics().failedWith(NoRouteToHostException.class)
                        || NO_WAY.matcher(message(e)).find());
    }

    /** Where installed engines listen unless told otherwise. */
    static String usualPorts() {
        return Collectors.engines().stream()
                .map(provider -> provider.catalog())
                .filter(catalog -> catalog.port().isPresent())
                .map(catalog -> catalog.port().getAsInt() + " for " + catalog.title())
                .collect(java.util.stream.Collectors.joining(", "));
    }

    private static String message(Examination e) {
        return e.metrics().failure().map(CollectException::getMessage).orElse("");
    }

    static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    static Optional<Finding> when(boolean condition, Cause cause, String problem, String remedy) {
        return condition ? Optional.of(new Finding(cause, problem, remedy)) : Optional.empty();
    }
}
