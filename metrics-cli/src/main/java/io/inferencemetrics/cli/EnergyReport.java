package io.inferencemetrics.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferencemetrics.energy.EnergyMetrics;
import io.inferencemetrics.energy.GpuEnergy;
import io.inferencemetrics.energy.TokenEnergy;
import io.inferencemetrics.energy.UsedGpu;
import io.inferencemetrics.json.ReadingJson;
import io.inferencemetrics.metric.LlmMetrics;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.window.Reset;
import io.inferencemetrics.window.Window;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The energy of a server, for people and as JSON.
 *
 * @param server the window in which its tokens were counted
 * @param gpus a snapshot that knows the numbers of the GPUs
 */
record EnergyReport(TokenEnergy energy, Window server, MetricsSnapshot gpus) {

    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s at %s, over %s; GPUs by %s%n%n",
                server.engine(),
                server.target(),
                server.length()
                        .map(length -> String.format(Locale.ROOT, "%.1f s", seconds(length)))
                        .orElse("a time that is not known"),
                gpus.info().engine());
        line(out, "joules for a token", energy.perToken());
        if (energy.perToken() instanceof Reading.Absent && energy.perTokenAtMost() instanceof Reading.Value) {
            line(out, "  less than", energy.perTokenAtMost());
        }
        line(out, "tokens generated", energy.tokens());
        line(out, "watts", energy.watts());
        line(out, "joules", energy.joules());
        energy.gpus().forEach(gpu -> line(out, gpu));
        String note = energy.perTokenAtMost().provenance().note();
        if (!note.isEmpty()) {
            out.println("note: " + note);
        }
        if (!energy.resets().isEmpty()) {
            out.println("started again meanwhile: "
                    + energy.resets().stream().map(Reset::family).distinct().collect(Collectors.joining(", ")));
        }
    }

    private static void line(PrintWriter out, String name, Reading<Double> reading) {
        String why = reading instanceof Reading.Absent<Double> absent ? absent.detail() : "";
        out.println(String.format("%-19s %-16s %s", name, text(reading), why).stripTrailing());
    }

    /** Joules and tokens add up to large numbers, of which no digit before the point is left out. */
    private static String text(Reading<Double> reading) {
        return reading.optional().filter(number -> number >= 1_000).isPresent()
                ? String.format(Locale.ROOT, "%.0f", reading.optional().orElseThrow())
                : Texts.reading(reading);
    }

    private void line(PrintWriter out, GpuEnergy gpu) {
        String how = switch (gpu.method()) {
            case COUNTER -> " J by its counter";
            case INTEGRATED_POWER ->
                " J by " + Texts.count(gpu.powerReadings(), "reading", "readings") + " of its power";
            case NONE -> "";
        };
        out.println("  gpu " + name(gpu.gpu()) + ": " + text(gpu.joules()) + how + who(gpu.gpu()));
    }

    private String name(UsedGpu gpu) {
        MetricsSnapshot device = gpus.devices().get(gpu.id());
        String name = device == null ? gpu.id() : Devices.name(device, gpu.id());
        return name.equals(gpu.id()) ? name : name + " (" + gpu.id() + ")";
    }

    private static String who(UsedGpu gpu) {
        return Stream.of(
                        some("instances", gpu.instances()),
                        some("processes", gpu.processes()),
                        some("others' instances", gpu.otherInstances()),
                        some("others' processes", gpu.otherProcesses()))
                .filter(text -> !text.isEmpty())
                .map(text -> "; " + text)
                .collect(Collectors.joining());
    }

    private static String some(String what, List<?> ids) {
        return ids.isEmpty()
                ? ""
                : what + " " + ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static double seconds(Duration length) {
        return length.toNanos() / 1e9;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("engine", server.engine());
        json.put("target", server.target());
        json.put("gpus_by", gpus.info().engine());
        json.put("end", server.end().toString());
        json.put("seconds", server.length().map(EnergyReport::seconds).orElse(null));
        ObjectNode metrics = json.putObject("metrics");
        metrics.set(EnergyMetrics.PER_TOKEN.name(), ReadingJson.write(energy.perToken()));
        metrics.set(EnergyMetrics.PER_TOKEN.name() + ".at_most", ReadingJson.write(energy.perTokenAtMost()));
        metrics.set(EnergyMetrics.ENERGY.name(), ReadingJson.write(energy.joules()));
        metrics.set(EnergyMetrics.POWER.name(), ReadingJson.write(energy.watts()));
        metrics.set(LlmMetrics.GENERATED_TOKENS.name(), ReadingJson.write(energy.tokens()));
        ArrayNode counted = json.putArray("gpus");
        energy.gpus().forEach(gpu -> write(counted.addObject(), gpu));
        ArrayNode resets = json.putArray("resets");
        energy.resets()
                .forEach(reset -> resets.addObject()
                        .put("family", reset.family())
                        .put("seen", reset.seen().toString()));
        return json;
    }

    private static void write(ObjectNode json, GpuEnergy gpu) {
        json.put("gpu", gpu.gpu().id());
        json.put("method", gpu.method().name().toLowerCase(Locale.ROOT));
        json.put("power_readings", gpu.powerReadings());
        json.set("energy", ReadingJson.write(gpu.joules()));
        gpu.gpu().instances().forEach(json.putArray("instances")::add);
        gpu.gpu().processes().forEach(json.putArray("processes")::add);
        gpu.gpu().otherInstances().forEach(json.putArray("other_instances")::add);
        gpu.gpu().otherProcesses().forEach(json.putArray("other_processes")::add);
    }
}
