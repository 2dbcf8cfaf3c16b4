package io.inferencemetrics.testkit.internal;

import io.inferencemetrics.snapshot.EngineVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An engine: its traffic, its families, its way to write them. */
final class Simulation implements BodySource {
    private static final long SEEDS_APART = 1_000_003;

    private final Instant started;
    private final Measures whole;
    private final List<Measures> engines = new ArrayList<>();
    private final List<Traffic> traffics = new ArrayList<>();
    private final List<Family> families;
    private final BodyWriter writer;
    private final Count scrapes;
    private int submitted;

    /** One traffic for each data-parallel engine, which share nothing but the front end that counts them together. */
    Simulation(String table, EngineVersion version, Setup setup, TrafficShape shape, BodyWriter writer) {
        this.started = setup.started();
        this.writer = writer;
        for (int i = 0; i < setup.variant().dataParallel(); i++) {
            engines.add(new Measures());
            traffics.add(new Traffic(
                    shape, setup.seed() + i * SEEDS_APART, started.toEpochMilli() * 1_000_000, engines.get(i)));
        }
        whole = Measures.together(engines);
        scrapes = whole.count("scrapes");
        whole.number("scrapes.answered", () -> scrapes.value() - 1);
        whole.number("seconds.started", () -> started.toEpochMilli() / 1e3);
        families = FamilyTable.read(
                table,
                new Layout(
                        version,
                        setup.variant().traits(),
                        Map.of("model", escaped(setup.model())),
                        whole,
                        Rank.of(setup.variant(), engines),
                        () -> traffics.stream().anyMatch(Traffic::begun)));
    }

    @Override
    public String at(Instant now) {
        advanceTo(now);
        scrapes.add(1);
        String body = writer.write(families);
        traffics.forEach(Traffic::scraped);
        return body;
    }

    @Override
    public void requestsPerSecond(double value, Instant from) {
        advanceTo(from);
        traffics.forEach(traffic -> traffic.requestsPerSecond(value));
    }

    /** To one engine after the other. */
    @Override
    public void submit(Submission request, Instant now) {
        advanceTo(now);
        traffics.get(submitted++ % traffics.size()).submit(request);
    }

    @Override
    public double number(String measure, int engine, Instant now) {
        advanceTo(now);
        return engines.get(engine).number(measure).getAsDouble();
    }

    @Override
    public void advanceTo(Instant now) {
        long nanos = Duration.between(started, now).toNanos();
        traffics.forEach(traffic -> traffic.advanceTo(nanos));
    }

    private static String escaped(String labelValue) {
        return labelValue.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
