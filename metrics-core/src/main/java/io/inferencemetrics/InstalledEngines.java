package io.inferencemetrics;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.internal.decode.OtherEngines;
import io.inferencemetrics.spi.EngineProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines that {@link ServiceLoader} finds; one that is broken is left out and logged. */
final class InstalledEngines {
    private static final Logger log = LoggerFactory.getLogger(InstalledEngines.class);

    private final Map<String, EngineProvider> byId;
    private final List<String> broken;

    private InstalledEngines(Map<String, EngineProvider> byId, List<String> broken) {
        this.byId = byId;
        this.broken = broken;
    }

    static InstalledEngines load() {
        return of(ServiceLoader.load(EngineProvider.class, Collectors.class.getClassLoader()));
    }

    static InstalledEngines of(Iterable<EngineProvider> found) {
        Map<String, EngineProvider> byId = new TreeMap<>();
        List<String> broken = new ArrayList<>();
        Iterator<EngineProvider> providers = found.iterator();
        while (hasNext(providers)) {
            try {
                EngineProvider provider = providers.next();
                byId.merge(provider.id(), provider, InstalledEngines::preferred);
            } catch (ServiceConfigurationError | RuntimeException e) {
                String why = e + (e.getCause() == null ? "" : ", caused by " + rootCause(e));
                log.warn("An engine's module cannot be used and is left out: {}", why);
                broken.add(why);
            }
        }
        return new InstalledEngines(byId, broken);
    }

    private static Throwable rootCause(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure : rootCause(cause);
    }

    private static boolean hasNext(Iterator<EngineProvider> providers) {
        try {
            return providers.hasNext();
        } catch (ServiceConfigurationError e) {
            log.warn("The list of engine modules cannot be read to its end: {}", e.toString());
            return false;
        }
    }

    private static EngineProvider preferred(EngineProvider a, EngineProvider b) {
        EngineProvider winner = a.priority() >= b.priority() ? a : b;
        log.warn(
                "Two modules read the engine {}; {} is used.",
                a.id(),
                winner.getClass().getName());
        return winner;
    }

    EngineProvider named(String id) {
        @Nullable EngineProvider provider = byId.get(id);
        if (provider == null) {
            throw new UnknownEngineException(id, List.copyOf(byId.keySet()), broken);
        }
        return provider;
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    List<EngineProvider> providers() {
        return List.copyOf(byId.values());
    }

    List<Catalog> catalogs() {
        return byId.values().stream().map(EngineProvider::catalog).toList();
    }

    OtherEngines otherEngines() {
        return OtherEngines.with(catalogs());
    }
}
