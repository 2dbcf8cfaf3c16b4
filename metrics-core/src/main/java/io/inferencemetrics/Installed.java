package io.inferencemetrics;

import io.inferencemetrics.spi.MachineProvider;
import io.inferencemetrics.spi.MetricsProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of one kind that {@link ServiceLoader} finds; one that is broken is left out and logged.
 *
 * @param what how errors name the kind, such as {@code the engine}
 * @param artifact how the names of its modules begin
 * @param byId those with one id, preferred ones first
 * @param broken why some were left out
 */
record Installed<P extends MetricsProvider>(
        String what, String artifact, Map<String, List<P>> byId, List<String> broken) {
    private static final Logger log = LoggerFactory.getLogger(Installed.class);

    static <P extends MetricsProvider> Installed<P> of(String what, String artifact, Iterable<P> found) {
        Map<String, List<P>> byId = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        Iterator<P> providers = found.iterator();
        while (hasNext(what, providers)) {
            try {
                P provider = providers.next();
                List<P> same = byId.computeIfAbsent(provider.id(), id -> new ArrayList<>());
                same.add(provider);
                same.sort(Comparator.comparingInt(MetricsProvider::priority).reversed());
            } catch (ServiceConfigurationError | RuntimeException e) {
                String why = e + (e.getCause() == null ? "" : ", caused by " + rootCause(e));
                log.warn("A module that reads {} cannot be used and is left out: {}", what, why);
                broken.add(why);
            }
        }
        return new Installed<>(what, artifact, byId, broken);
    }

    /**
     * All that read this machine in place, the preferred ones first.
     *
     * @param usual the module to add where there is none
     */
    List<P> local(String usual) {
        List<P> local = byId.values().stream()
                .flatMap(List::stream)
                .filter(p ->
                        p instanceof MachineProvider machine && machine.local().isPresent())
                .sorted(Comparator.comparingInt(MetricsProvider::priority).reversed())
                .toList();
        if (local.isEmpty()) {
            throw new UnknownEngineException(
                    what + " of this machine in place", artifact + usual, List.copyOf(byId.keySet()), broken);
        }
        return local;
    }

    private static Throwable rootCause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure : rootCause(cause);
    }

    private static boolean hasNext(String what, Iterator<?> providers) {
        try {
            return providers.hasNext();
        } catch (ServiceConfigurationError e) {
            log.warn("The list of modules that read {} cannot be read to its end: {}", what, e.toString());
            return false;
        }
    }

    /** All with this id, the preferred one first. */
    List<P> named(String id) {
        @Nullable List<P> providers = byId.get(id);
        if (providers == null) {
            throw new UnknownEngineException(what + " '" + id + "'", artifact + id, List.copyOf(byId.keySet()), broken);
        }
        return providers;
    }

    /** The preferred one of each id, in the order of ids. */
    List<P> preferred() {
        return byId.values().stream().map(same -> same.get(0)).toList();
    }
}
