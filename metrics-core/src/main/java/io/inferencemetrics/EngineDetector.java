package io.inferencemetrics;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.internal.decode.CompiledCatalog;
import io.inferencemetrics.internal.decode.OtherEngines;
import io.inferencemetrics.internal.decode.OtherEngines.KnownEngine;
import io.inferencemetrics.internal.decode.ReadOptions;
import io.inferencemetrics.internal.decode.ScrapeReader;
import io.inferencemetrics.internal.decode.Wire;
import io.inferencemetrics.prometheus.ParserLimits;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.VersionRange;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a target without knowing its engine, and lets every catalogue claim what names it knows. */
final class EngineDetector {
    private static final Catalog NO_ENGINE = Catalog.parse("detection", "engine any\nprefixes any:", List.of());
    private static final ReadOptions OPTIONS =
            new ReadOptions(Duration.ofMinutes(5), false, false, ParserLimits.DEFAULTS);

    private final InstalledEngines installed;
    private final Transport transport;

    EngineDetector(InstalledEngines installed, Transport transport) {
        this.installed = installed;
        this.transport = transport;
    }

    private record Claim(Catalog catalog, Wire wire) {
        int weight() {
            return wire.hasEngineFamilies() ? wire.found().size() : 0;
        }
    }

    Detection detect(FetchRequest request) {
        MetricsSnapshot snapshot = read(request);
        List<String> names = snapshot.coverage().foreign();
        String target = snapshot.info().target();
        return installed.catalogs().stream()
                .map(catalog -> new Claim(catalog, Wire.of(catalog, names)))
                .filter(claim -> claim.weight() > 0)
                .reduce((a, b) -> a.weight() >= b.weight() ? a : b)
                .map(claim -> detected(target, claim))
                .orElseGet(() -> byPrefix(target, names));
    }

    private MetricsSnapshot read(FetchRequest request) {
        CompiledCatalog catalog = new CompiledCatalog(NO_ENGINE, Set.of());
        try (Collector collector = new TargetCollector(
                request,
                transport,
                () -> new ScrapeReader(catalog, OtherEngines::none, OPTIONS),
                "any",
                request.target().toString(),
                () -> {})) {
            return collector.collect();
        }
    }

    private static Detection detected(String target, Claim claim) {
        Wire wire = claim.wire();
        return new Detection(
                target,
                Optional.of(claim.catalog().engine()),
                Optional.of(claim.catalog().title()),
                true,
                wire.version(),
                List.copyOf(wire.found()),
                List.copyOf(wire.foreign()));
    }

    /** Where no catalogue has any of the names, a prefix may still tell whose they are. */
    private Detection byPrefix(String target, List<String> names) {
        Optional<KnownEngine> known = OtherEngines.with(List.of()).among(names, "");
        return new Detection(
                target,
                known.map(KnownEngine::id),
                known.map(KnownEngine::title),
                known.filter(k -> installed.has(k.id())).isPresent(),
                VersionRange.ALL,
                List.of(),
                names);
    }
}
