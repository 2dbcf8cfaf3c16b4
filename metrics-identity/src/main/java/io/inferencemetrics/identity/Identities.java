package io.inferencemetrics.identity;

import io.inferencemetrics.Collectors;
import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.catalog.Question.Cost;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.snapshot.VersionRange;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;

/**
 * A way to ask servers of one engine who they are.
 *
 * <pre>{@code
 * ServerIdentity id = Identities.of("vllm").ask("http://localhost:8000");
 * id.version().optional();     // 0.32.0
 * }</pre>
 *
 * <p>A server is asked a handful of small questions, each endpoint at most once. Nothing is asked that could cost the engine
 * work unless that is allowed. Of the answers only the facts named in {@link ServerIdentity} are kept; what else they hold,
 * API keys among it, is neither kept nor logged nor part of any message.
 *
 * <p>Immutable: every setting returns another. Safe for use by several threads.
 */
public final class Identities {
    private final Catalog catalog;
    private final Transport transport;
    private final Cost most;
    private final VersionRange versions;

    private Identities(Catalog catalog, Transport transport, Cost most, VersionRange versions) {
        this.catalog = catalog;
        this.transport = transport;
        this.most = most;
        this.versions = versions;
    }

    /**
     * A way to ask servers of one engine.
     *
     * @param engine such as {@code vllm}, {@code sglang}, {@code tgi}
     * @throws io.inferencemetrics.UnknownEngineException when no module for it is installed
     */
    public static Identities of(String engine) {
        return of(Collectors.engine(engine).catalog());
    }

    static Identities of(Catalog catalog) {
        return new Identities(catalog, Collectors.transport(), Cost.CHEAP, VersionRange.ALL);
    }

    /** The same, asking also what costs the engine this much; only what is cheap unless set. */
    public Identities upTo(Cost cost) {
        return new Identities(catalog, transport, cost, versions);
    }

    /**
     * The same for servers that are known to be of one of these versions, such as a snapshot's
     * {@code coverage().inferredVersion()}: endpoints that they do not have are left alone. All versions unless set.
     */
    public Identities knownToBe(VersionRange range) {
        return new Identities(catalog, transport, most, range);
    }

    /** The same over another transport than the usual one. */
    public Identities over(Transport other) {
        return new Identities(catalog, other, most, versions);
    }

    /**
     * Asks a server, blocking until it has answered or 5 seconds have passed.
     *
     * @param address as for {@link io.inferencemetrics.CollectorBuilder#at(String)}
     * @return always; what could not be learned says why
     * @throws IllegalArgumentException when the address cannot be understood
     * @throws CollectException when the thread is interrupted, and for no other reason
     */
    public ServerIdentity ask(String address) {
        return ask(FetchRequest.to(Target.parse(address)));
    }

    /**
     * Asks a server with a deadline, for all questions together, and with headers or a TLS context of the request's own.
     *
     * @param request to the server's metrics, as a collector would send it; of a body at most 1 MiB is read
     * @return always; what could not be learned says why
     * @throws CollectException when the thread is interrupted, and for no other reason
     */
    public ServerIdentity ask(FetchRequest request) {
        return new Inquiry(catalog, new Endpoints(request, transport), most, versions).identity();
    }

    /**
     * Remembers who a server is, and asks it seldom.
     *
     * @throws IllegalArgumentException when the address cannot be understood
     */
    public IdentityReader at(String address) {
        return at(FetchRequest.to(Target.parse(address)));
    }

    /** Remembers who a server is, asking it with a deadline and headers of the request's own. */
    public IdentityReader at(FetchRequest request) {
        return new IdentityReader(() -> ask(request));
    }
}
