package io.inferencemetrics;

import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.internal.transport.StandardTransport;
import io.inferencemetrics.spi.EngineProvider;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.HostProvider;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Target;
import io.inferencemetrics.transport.Transport;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Where everything starts.
 *
 * <pre>{@code
 * MetricsSnapshot s = Collectors.forEngine("sglang").collect("http://localhost:30000");
 * double running = s.value(LlmMetrics.REQUESTS_RUNNING);
 * }</pre>
 *
 * <p>Engines are found through {@link java.util.ServiceLoader}: each is a module that an application adds or leaves out.
 */
public final class Collectors {
    private Collectors() {}

    /**
     * A way to read servers of one engine.
     *
     * @param id such as {@code vllm}, {@code sglang}, {@code tgi}
     * @throws UnknownEngineException when no module for it is installed
     */
    public static CollectorBuilder forEngine(String id) {
        InstalledEngines installed = InstalledEngines.load();
        return CollectorBuilder.of(installed.named(id), installed);
    }

    /**
     * A way to read graphics processors: over an exporter's address, or those of this machine with
     * {@link CollectorBuilder#open()}.
     *
     * <p>Where several modules have the id, {@link CollectorBuilder#open()} takes the first by priority that can read this
     * machine.
     *
     * @param id such as {@code dcgm}, {@code nvml}
     * @throws UnknownEngineException when no module for it is installed
     */
    public static CollectorBuilder forGpu(String id) {
        return CollectorBuilder.of(installedGpus().named(id), InstalledEngines.load());
    }

    /**
     * The best way that is installed to read the graphics processors of this machine.
     *
     * @throws UnknownEngineException when no module reads them in place
     */
    public static CollectorBuilder forGpu() {
        return CollectorBuilder.of(installedGpus().local("nvml"), InstalledEngines.load());
    }

    /**
     * The best way that is installed to read this machine: processor, memory, network, disks, processes.
     *
     * @throws UnknownEngineException when no module for it is installed
     */
    public static CollectorBuilder forHost() {
        Installed<HostProvider> hosts = Installed.of(
                "the host", "metrics-", ServiceLoader.load(HostProvider.class, Collectors.class.getClassLoader()));
        return CollectorBuilder.of(hosts.local("host"), InstalledEngines.load());
    }

    /** The ways to read graphics processors whose modules are installed, in the order of their ids. */
    public static List<GpuProvider> gpus() {
        return installedGpus().preferred();
    }

    private static Installed<GpuProvider> installedGpus() {
        return Installed.of(
                "the GPUs", "metrics-gpu-", ServiceLoader.load(GpuProvider.class, Collectors.class.getClassLoader()));
    }

    /**
     * Finds out which engine a server is, from the names of its metrics.
     *
     * @throws CollectException when the server cannot be read
     */
    public static Detection detect(String address) {
        return detect(FetchRequest.to(Target.parse(address)));
    }

    /**
     * Finds out which engine a server is, with a deadline, headers or a TLS context of the request's own.
     *
     * @throws CollectException when the server cannot be read
     */
    public static Detection detect(FetchRequest request) {
        return detect(request, transport());
    }

    /**
     * Finds out which engine a server is over another transport than the usual one, such as one that holds a body.
     *
     * @throws CollectException when the server cannot be read
     */
    public static Detection detect(FetchRequest request, Transport transport) {
        return new EngineDetector(InstalledEngines.load(), transport).detect(request);
    }

    /** The usual way to fetch a body, over HTTP, over a unix socket or from a file; it holds nothing that needs closing. */
    public static Transport transport() {
        return new StandardTransport();
    }

    /**
     * An engine whose module is installed.
     *
     * @throws UnknownEngineException when no module for it is installed
     */
    public static EngineProvider engine(String id) {
        return InstalledEngines.load().named(id);
    }

    /** The engines whose modules are installed, in the order of their ids. */
    public static List<EngineProvider> engines() {
        return InstalledEngines.load().providers();
    }
}
