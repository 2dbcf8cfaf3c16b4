package io.inferencemetrics.testkit.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An engine: its traffic, its families, its way to write them. */
final class Simulation implements BodySource {
    private static final String PROCESS_ID = "4217";

    private final Instant started;
    private final Measures measures = new Measures();
    private final Traffic traffic;
    private final List<Family> families;
    private final BodyWriter writer;
    private final Count scrapes;

    Simulation(String table, Setup setup, boolean warmUp, BodyWriter writer) {
        this.started = setup.started();
        this.writer = writer;
        scrapes = measures.count("scrapes");
        measures.number("scrapes.answered", () -> scrapes.value() - 1);
        measures.number("seconds.started", () -> started.toEpochMilli() / 1e3);
        traffic = new Traffic(new TrafficShape(setup.requestsPerSecond(), warmUp), setup.seed(), measures);
        Map<String, String> variables = Map.of("model", escaped(setup.model()), "pid", PROCESS_ID);
        families = FamilyTable.read(table, measures, traffic::begun, variables);
    }

    @Override
    public String at(Instant now) {
        advanceTo(now);
        scrapes.add(1);
        return writer.write(families);
    }

    @Override
    public void requestsPerSecond(double value, Instant from) {
        advanceTo(from);
        traffic.requestsPerSecond(value);
    }

    @Override
    public void submit(Submission request, Instant now) {
        advanceTo(now);
        traffic.submit(request);
    }

    @Override
    public double number(String measure, Instant now) {
        advanceTo(now);
        return measures.number(measure).getAsDouble();
    }

    @Override
    public void advanceTo(Instant now) {
        traffic.advanceTo(Duration.between(started, now).toNanos());
    }

    private static String escaped(String labelValue) {
        return labelValue.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
