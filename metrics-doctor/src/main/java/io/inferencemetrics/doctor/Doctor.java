package io.inferencemetrics.doctor;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.Detection;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * Finds out what is wrong with a server's metrics, and says in one sentence what it is and what to do.
 *
 * <pre>{@code
 * String sentence = new Doctor().examine("http://localhost:30000").sentence();
 * }</pre>
 *
 * <p>A server that is well is read twice, an interval apart. Only where that tells too little is it asked for something
 * small beside; never more than {@link #MAX_REQUESTS} requests, each within the timeout, and never for anything that makes
 * it compute. Immutable: every setting returns another doctor. Safe for use by several threads.
 */
public final class Doctor {
    /** How many requests one examination makes at most. */
    public static final int MAX_REQUESTS = 6;

    private static final long MAX_BODY_BYTES = 8L << 20;

    private final Settings settings;

    private record Settings(
            UnaryOperator<FetchRequest> request, Duration interval, Transport transport, Dialer dialer, Pause pause) {}

    /** A doctor with 5 seconds for each request, and 1 second between two reads. */
    public Doctor() {
        this(new Settings(
                request -> request.withMaxBodyBytes(MAX_BODY_BYTES),
                Duration.ofSeconds(1),
                Collectors.transport(),
                Dialer::tcp,
                time -> Thread.sleep(time.toMillis())));
    }

    private Doctor(Settings settings) {
        this.settings = settings;
    }

    /** The same with another deadline for each request, from the connection to the last byte. */
    public Doctor timeout(Duration timeout) {
        return request(request -> request.withTimeout(timeout));
    }

    /**
     * The same with another time between the two reads that show whether counters move; zero for a single read.
     *
     * @throws IllegalArgumentException when negative
     */
    public Doctor interval(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("an interval of zero or more was expected, not " + interval);
        }
        Settings s = settings;
        return new Doctor(new Settings(s.request, interval, s.transport, s.dialer, s.pause));
    }

    /** The same with a header in every request. */
    public Doctor header(String name, String value) {
        return request(request -> request.withHeader(name, value));
    }

    /** The same with a bearer token in every request. */
    public Doctor bearerToken(String token) {
        return request(request -> request.withBearerToken(token));
    }

    /** The same with trust and keys of its own for TLS. */
    public Doctor sslContext(SSLContext context) {
        return request(request -> request.withSslContext(context));
    }

    /** The same over another transport than the usual one. */
    public Doctor transport(Transport transport) {
        Settings s = settings;
        return new Doctor(new Settings(s.request, s.interval, transport, s.dialer, s.pause));
    }

    /** The same with other ways to connect and to let time pass, for tests. */
    Doctor with(Dialer dialer, Pause pause) {
        Settings s = settings;
        return new Doctor(new Settings(s.request, s.interval, s.transport, dialer, pause));
    }

    /**
     * Examines a server; what is wrong with it is part of the answer and not thrown.
     *
     * <p>Takes about the interval where the server is well; at most {@link #MAX_REQUESTS} timeouts more.
     *
     * @param address such as {@code http://10.0.0.7:8000}, {@code host:8000}, {@code unix:/run/vllm.sock} or
     *     {@code file:/tmp/body.txt}; {@code /metrics} is added where there is no path
     * @throws IllegalArgumentException when the address cannot be understood
     * @throws io.inferencemetrics.failure.CollectException when the thread is interrupted
     */
    public Diagnosis examine(String address) {
        FetchRequest request = settings.request.apply(FetchRequest.to(Target.parse(address)));
        Interview interview = new Interview(request, settings.transport, settings.dialer);
        Examination examination = new Examination(interview, settings.interval, settings.pause);
        List<Finding> findings = findings(examination);
        return new Diagnosis(examination.target(), engine(examination), findings, interview.asked());
    }

    private static List<Finding> findings(Examination examination) {
        for (Rule rule : Rules.DECISIVE) {
            Optional<Finding> finding = rule.judge(examination);
            if (finding.isPresent()) {
                return List.of(finding.get());
            }
        }
        List<Finding> findings = new ArrayList<>();
        Rules.REMARKS.forEach(rule -> rule.judge(examination).ifPresent(findings::add));
        if (findings.isEmpty()) {
            findings.add(ActivityRules.healthy(examination));
        }
        Rules.FOOTNOTES.forEach(rule -> rule.judge(examination).ifPresent(findings::add));
        return findings;
    }

    private static Optional<String> engine(Examination examination) {
        return examination.detection().flatMap(Detection::engine);
    }

    private Doctor request(UnaryOperator<FetchRequest> change) {
        Settings s = settings;
        return new Doctor(new Settings(
                request -> change.apply(s.request.apply(request)), s.interval, s.transport, s.dialer, s.pause));
    }
}
