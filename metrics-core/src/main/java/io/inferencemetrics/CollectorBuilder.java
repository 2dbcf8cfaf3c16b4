package io.inferencemetrics;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.internal.decode.CompiledCatalog;
import io.inferencemetrics.internal.decode.ReadOptions;
import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.transport.StandardTransport;
import io.inferencemetrics.metric.Metric;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.EngineVersion;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.VersionRange;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.spi.MetricsProvider;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A way to read servers of one engine, or machines: for one read, or bound to a target with {@link #at(String)} or to this
 * machine with {@link #open()}.
 *
 * <p>Immutable: every setting returns another builder. Safe for use by several threads.
 */
public final class CollectorBuilder {
    private final MetricsProvider engine;

    /** All that read machines in the same way or in place of it, this one first; none for an engine. */
    private final List<? extends MachineProvider> machines;

    private final InstalledEngines installed;
    private final Settings settings;
    private final Part part;

    /** What is read of this machine. */
    private record Part(String selection, Set<String> extras) {
        static final Part USUAL = new Part(LocalSource.ALL, Set.of());
    }

    private record Rows(String source, String text) {}

    private record Settings(
            List<Rows> rows,
            Set<Metric<?>> only,
            VersionRange version,
            UnaryOperator<FetchRequest> request,
            Optional<String> instanceId,
            ReadOptions reading,
            Transport transport) {}

    private CollectorBuilder(
            MetricsProvider engine,
            List<? extends MachineProvider> machines,
            InstalledEngines installed,
            Settings settings,
            Part part) {
        this.engine = engine;
        this.machines = machines;
        this.installed = installed;
        this.settings = settings;
        this.part = part;
    }

    static CollectorBuilder of(EngineProvider engine, InstalledEngines installed) {
        return new CollectorBuilder(engine, List.of(), installed, defaults(), Part.USUAL);
    }

    /** Of several ways to read a machine, the preferred one first: {@link #open()} takes the first that can read this one. */
    static CollectorBuilder of(List<? extends MachineProvider> machines, InstalledEngines installed) {
        return new CollectorBuilder(machines.get(0), machines, installed, defaults(), Part.USUAL);
    }

    private static Settings defaults() {
        return new Settings(
                List.of(),
                Set.of(),
                VersionRange.ALL,
                UnaryOperator.identity(),
                Optional.empty(),
                new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS),
                new StandardTransport());
    }

    /** The same with a deadline for a whole read, from the connection to the last byte; 5 seconds unless set. */
    public CollectorBuilder timeout(Duration timeout) {
        return request(request -> request.withTimeout(timeout));
    }

    /** The same with a limit for the size of a body, uncompressed; 64 MiB unless set. */
    public CollectorBuilder maxBodyBytes(long bytes) {
        return request(request -> request.withMaxBodyBytes(bytes));
    }

    /** The same with a header in every request. */
    public CollectorBuilder header(String name, String value) {
        return request(request -> request.withHeader(name, value));
    }

    /** The same with a bearer token in every request. */
    public CollectorBuilder bearerToken(String token) {
        return request(request -> request.withBearerToken(token));
    }

    /** The same with a user and password in every request. */
    public CollectorBuilder basicAuth(String user, String password) {
        return request(request -> request.withBasicAuth(user, password));
    }

    /** The same with trust and keys of its own for TLS. */
    public CollectorBuilder sslContext(SSLContext context) {
        return request(request -> request.withSslContext(context));
    }

    /** The same with a name for the server, which snapshots carry; the target unless set. */
    public CollectorBuilder instanceId(String id) {
        Settings s = settings;
        return with(new Settings(s.rows, s.only, s.version, s.request, Optional.of(id), s.reading, s.transport));
    }

    /**
     * The same, decoding only some metrics: what a router needs of each server, twenty times a second.
     *
     * <p>Other metrics are then absent as not wanted, and of other families nothing is read: the coverage tells which there
     * are as of a look at all names once in 64 reads, and whenever the names that are read change; its samples and skipped
     * lines are those of the families read.
     */
    public CollectorBuilder only(Metric<?>... metrics) {
        Settings s = settings;
        return with(new Settings(s.rows, Set.of(metrics), s.version, s.request, s.instanceId, s.reading, s.transport));
    }

    /**
     * The same for servers of this exact version, such as one that said so itself: what is absent is then explained for that
     * version, not for all that the names of a body allow. Left aside where the names contradict it.
     */
    public CollectorBuilder version(EngineVersion version) {
        Settings s = settings;
        VersionRange exactly = new VersionRange(Optional.of(version), Optional.of(version));
        return with(new Settings(s.rows, s.only, exactly, s.request, s.instanceId, s.reading, s.transport));
    }

    /**
     * The same with rows that go before those of the engine's catalogue, in the catalogue's own format.
     *
     * @param source how errors name the rows
     * @throws io.inferencemetrics.catalog.CatalogException when a row cannot be read
     */
    public CollectorBuilder catalogRows(String source, String rows) {
        Settings s = settings;
        List<Rows> all = Stream.concat(s.rows.stream(), Stream.of(new Rows(source, rows)))
                .toList();
        CollectorBuilder changed =
                with(new Settings(all, s.only, s.version, s.request, s.instanceId, s.reading, s.transport));
        changed.catalogOf(engine);
        return changed;
    }

    private Catalog catalogOf(MetricsProvider provider) {
        Catalog catalog = provider.catalog();
        for (Rows rows : settings.rows) {
            catalog = catalog.withRows(rows.source, rows.text);
        }
        return catalog;
    }

    /** The same with snapshots that can list all samples; costs the size of each body. */
    public CollectorBuilder keepRawSamples() {
        return reading(new ReadOptions(
                settings.reading.staleAfter(), true, settings.reading.keepBody(), settings.reading.limits()));
    }

    /** The same with snapshots that can give the body back byte for byte; costs the size of each body. */
    public CollectorBuilder keepBody() {
        return reading(new ReadOptions(
                settings.reading.staleAfter(), settings.reading.keepRawSamples(), true, settings.reading.limits()));
    }

    /** The same with another age beyond which a value with a time of its own is stale; 5 minutes unless set. */
    public CollectorBuilder staleAfter(Duration age) {
        ReadOptions r = settings.reading;
        return reading(new ReadOptions(age, r.keepRawSamples(), r.keepBody(), r.limits()));
    }

    /** The same with other limits for the text: lines, labels, samples. */
    public CollectorBuilder limits(ParserLimits limits) {
        ReadOptions r = settings.reading;
        return reading(new ReadOptions(r.staleAfter(), r.keepRawSamples(), r.keepBody(), limits));
    }

    /** The same over another transport than the usual one; it is not closed by collectors. */
    public CollectorBuilder transport(Transport transport) {
        Settings s = settings;
        return with(new Settings(s.rows, s.only, s.version, s.request, s.instanceId, s.reading, transport));
    }

    /**
     * A collector bound to one target: read often, at the least cost.
     *
     * @param address such as {@code http://10.0.0.7:8000}, {@code host:8000}, {@code unix:/run/vllm.sock} or
     *     {@code file:/tmp/body.txt}; {@code /metrics} is added where there is no path
     * @throws IllegalArgumentException when the address cannot be understood
     */
    public Collector at(String address) {
        if (!part.equals(Part.USUAL)) {
            throw new IllegalStateException(
                    "select(\"" + part.selection + "\") and also(" + String.join(", ", part.extras)
                            + ") are about what is read of this machine; an address is read whole: narrow its snapshot with"
                            + " devices() or where()");
        }
        return collector(engine, Target.parse(address), settings.transport, () -> {});
    }

    private Collector collector(MetricsProvider provider, Target target, Transport transport, Runnable atClose) {
        FetchRequest request = settings.request.apply(FetchRequest.to(target));
        CompiledCatalog catalog = new CompiledCatalog(catalogOf(provider), settings.only, settings.version);
        return new TargetCollector(
                request,
                transport,
                () -> new ScrapeReader(catalog, installed::otherEngines, settings.reading),
                provider.id(),
                settings.instanceId.orElseGet(() -> request.target().toString()),
                atClose);
    }

    /**
     * The same reading only a part of this machine with {@link #open()}: of GPUs their numbers such as {@code 0,1}, their own
     * ids, or {@code visible} for those that the environment lets this process see; all unless set.
     */
    public CollectorBuilder select(String selection) {
        return of(new Part(selection, part.extras));
    }

    /**
     * The same reading of this machine with {@link #open()} also what costs more and is left out otherwise, by names that the
     * module documents; such as {@code gpm} of {@code nvml}. Where another module stands in for the preferred one, those that it
     * does not know stay absent.
     */
    public CollectorBuilder also(String... extras) {
        Set<String> all = new TreeSet<>(part.extras);
        all.addAll(List.of(extras));
        return of(new Part(part.selection, Collections.unmodifiableSet(all)));
    }

    private CollectorBuilder of(Part changed) {
        return new CollectorBuilder(engine, machines, installed, settings, changed);
    }

    /**
     * A collector bound to this machine, read in place without an address; what it holds open is closed with it.
     *
     * <p>Of several modules that could, the first by priority that can be opened is taken; each is tried once.
     *
     * @throws IllegalStateException when this is an engine, or a way to read machines that needs an address
     * @throws IllegalArgumentException when the selection or an extra cannot be understood
     * @throws CollectException when this machine cannot be read so, with the reason and what to do
     */
    public Collector open() {
        List<? extends MachineProvider> inPlace =
                machines.stream().filter(machine -> machine.local().isPresent()).toList();
        if (inPlace.isEmpty()) {
            throw new IllegalStateException("an address was expected: " + engine.id()
                    + " does not read the machine in place; use at(address) or collect(address)");
        }
        checkExtras(inPlace);
        List<String> reasons = new ArrayList<>();
        for (MachineProvider machine : inPlace) {
            try {
                return open(machine, machine.local().orElseThrow());
            } catch (CollectException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new CollectException(
                FailureKind.CONNECT,
                "this machine cannot be read by " + engine.id() + ": " + String.join("; ", reasons),
                "Put that right, or read an exporter's address instead.",
                null);
    }

    private Collector open(MachineProvider machine, LocalSource source) {
        Set<String> known = new TreeSet<>(part.extras);
        known.retainAll(source.extras());
        LocalTransport transport = source.open(part.selection, known);
        return collector(machine, Target.local(machine.id()), transport, transport::close);
    }

    private void checkExtras(List<? extends MachineProvider> inPlace) {
        Set<String> known = new TreeSet<>();
        inPlace.forEach(machine -> known.addAll(machine.local().orElseThrow().extras()));
        for (String extra : part.extras) {
            if (!known.contains(extra)) {
                throw new IllegalArgumentException("also: '" + extra + "' is none of what " + engine.id()
                        + " can read beyond the usual: " + (known.isEmpty() ? "nothing" : String.join(", ", known)));
            }
        }
    }

    private boolean isReadInPlace() {
        return engine instanceof MachineProvider machine && machine.local().isPresent();
    }

    /** A collector bound to the usual address of the engine on this machine. */
    public Collector atUsualAddress() {
        return at(usualAddress());
    }

    /**
     * Reads a server once.
     *
     * @param address as for {@link #at(String)}
     * @throws CollectException when there is no snapshot, with the kind of failure and a hint
     */
    public MetricsSnapshot collect(String address) {
        try (Collector collector = at(address)) {
            return collector.collect();
        }
    }

    /** Reads what is on this machine once: in place where that is possible, else at the usual address. */
    public MetricsSnapshot collect() {
        try (Collector collector = isReadInPlace() ? open() : atUsualAddress()) {
            return collector.collect();
        }
    }

    /** Reads a server once; what went wrong is part of the result instead of thrown. */
    public CollectResult tryCollect(String address) {
        try (Collector collector = at(address)) {
            return collector.tryCollect();
        }
    }

    /** Reads a server once without blocking a thread; cancelling the future cancels the request. */
    public CompletableFuture<MetricsSnapshot> collectAsync(String address) {
        return at(address).collectAsync();
    }

    private String usualAddress() {
        return "http://localhost:"
                + catalogOf(engine)
                        .port()
                        .orElseThrow(() -> new IllegalStateException(
                                "the catalogue of " + engine.id() + " names no usual port; give an address"));
    }

    private CollectorBuilder request(UnaryOperator<FetchRequest> change) {
        Settings s = settings;
        return with(new Settings(
                s.rows,
                s.only,
                s.version,
                request -> change.apply(s.request.apply(request)),
                s.instanceId,
                s.reading,
                s.transport));
    }

    private CollectorBuilder reading(ReadOptions reading) {
        Settings s = settings;
        return with(new Settings(s.rows, s.only, s.version, s.request, s.instanceId, reading, s.transport));
    }

    private CollectorBuilder with(Settings changed) {
        return new CollectorBuilder(engine, machines, installed, changed, part);
    }
}
