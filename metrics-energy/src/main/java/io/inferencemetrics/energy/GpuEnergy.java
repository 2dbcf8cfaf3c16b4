package io.inferencemetrics.energy;

import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.NumericMetric;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.Provenance;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.window.GaugeOverTime;
import io.inferencemetrics.window.Window;
import java.util.Locale;

/**
 * The energy of one GPU over a window, of all of it, whoever used it.
 *
 * @param gpu which, and who is on it
 * @param joules never 0: a GPU that is on draws power; absent where neither counter nor power tell
 * @param method how the energy is known; {@link Method#NONE} where it is not
 * @param powerReadings how many readings of the power it was integrated over; 0 where it was not
 */
public record GpuEnergy(UsedGpu gpu, Reading<Double> joules, Method method, int powerReadings) {
    private static final double NANOS = 1e9;
    private static final double NEARLY_ALL = 0.9;

    /** How the energy of a GPU is known. */
    public enum Method {
        /** By how much its own counter grew. */
        COUNTER,
        /** By its power, taken to move in straight lines from each reading to the next. */
        INTEGRATED_POWER,
        /** Not at all. */
        NONE
    }

    static GpuEnergy over(Window window, UsedGpu gpu) {
        Window device = window.where(Dimension.GPU, gpu.id());
        Reading<Double> counted = device.increase(GpuMetrics.ENERGY);
        if (counted.optional().orElse(0.0) > 0) {
            return new GpuEnergy(gpu, Answers.with(counted, EnergyMetrics.ENERGY), Method.COUNTER, 0);
        }
        GaugeOverTime averaged = device.gauge(GpuMetrics.POWER);
        boolean told = averaged.readings() > 1;
        NumericMetric metric = told ? GpuMetrics.POWER : GpuMetrics.POWER_INSTANT;
        GaugeOverTime power = told ? averaged : device.gauge(metric);
        return power.mean() > 0 ? integrated(window, gpu, power) : none(gpu, counted, power);
    }

    private static GpuEnergy integrated(Window window, UsedGpu gpu, GaugeOverTime power) {
        double seconds = window.length().orElseThrow().toNanos() / NANOS;
        double known = power.covered().toNanos() / NANOS;
        Provenance last = power.last().provenance();
        String note = "integrated over " + power.readings() + " readings of the power"
                + (known < NEARLY_ALL * seconds
                        ? String.format(Locale.ROOT, ", which is known for %.1f of %.1f s", known, seconds)
                        : "");
        Provenance provenance = new Provenance(last.source(), Trust.APPROXIMATE, last.measuredNanos(), note);
        Reading<Double> joules = new Reading.Value<>(EnergyMetrics.ENERGY, power.mean() * seconds, provenance);
        return new GpuEnergy(gpu, joules, Method.INTEGRATED_POWER, power.readings());
    }

    private static GpuEnergy none(UsedGpu gpu, Reading<Double> counted, GaugeOverTime power) {
        Reading<Double> why = counted instanceof Reading.Value
                ? new Reading.Absent<>(
                        EnergyMetrics.ENERGY,
                        Absence.NOTHING_YET,
                        "its energy counter has not moved, and its power was told " + power.readings() + " time(s)",
                        counted.provenance())
                : Answers.with(counted, EnergyMetrics.ENERGY);
        return new GpuEnergy(gpu, why, Method.NONE, 0);
    }
}
