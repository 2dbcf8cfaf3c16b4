package io.inferencemetrics;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.internal.decode.OtherEngines;
import io.inferencemetrics.spi.EngineProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines whose modules are installed. */
final class InstalledEngines {
    private static final Logger log = LoggerFactory.getLogger(InstalledEngines.class);

    private final Installed<EngineProvider> engines;

    private InstalledEngines(Installed<EngineProvider> engines) {
        this.engines = engines;
    }

    static InstalledEngines load() {
        return of(ServiceLoader.load(EngineProvider.class, Collectors.class.getClassLoader()));
    }

    static InstalledEngines of(Iterable<EngineProvider> found) {
        Installed<EngineProvider> engines = Installed.of("the engine", "metrics-engine-", found);
        engines.byId().values().stream()
                .filter(same -> same.size() > 1)
                .forEach(same -> log.warn(
                        "{} modules read the engine {}; {} is used.",
                        same.size(),
                        same.get(0).id(),
                        same.get(0).getClass().getName()));
        return new InstalledEngines(engines);
    }

    EngineProvider named(String id) {
        return engines.named(id).get(0);
    }

    boolean has(String id) {
        return engines.byId().containsKey(id);
    }

    List<EngineProvider> providers() {
        return engines.preferred();
    }

    List<Catalog> catalogs() {
        return providers().stream().map(EngineProvider::catalog).toList();
    }

    OtherEngines otherEngines() {
        return OtherEngines.with(catalogs());
    }
}
