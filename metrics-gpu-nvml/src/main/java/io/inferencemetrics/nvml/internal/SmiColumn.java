package io.inferencemetrics.nvml.internal;

import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A column that nvidia-smi is asked for, and the family that it becomes.
 *
 * @param query the name that nvidia-smi gives it
 * @param family the name on the wire; the one that NVML's own value has
 * @param type of the family
 * @param factor from nvidia-smi's unit to that of the family
 */
record SmiColumn(String query, String family, MetricType type, double factor) {
    private static final double MEBIBYTE = 1024.0 * 1024.0;

    /** What is said of devices, in the order of the columns. */
    static final List<String> IDENTITY = List.of("count", "index", "uuid", "pci.bus_id", "driver_version", "name");

    /** The numbers. */
    static final List<SmiColumn> NUMBERS = List.of(
            gauge("utilization.gpu", "nvml_utilization_gpu_percent", 1),
            gauge("utilization.memory", "nvml_utilization_memory_percent", 1),
            gauge("memory.total", "nvml_memory_total_bytes", MEBIBYTE),
            gauge("memory.reserved", "nvml_memory_reserved_bytes", MEBIBYTE),
            gauge("memory.free", "nvml_memory_free_bytes", MEBIBYTE),
            gauge("memory.used", "nvml_memory_used_bytes", MEBIBYTE),
            gauge("temperature.gpu", "nvml_temperature_celsius", 1),
            gauge("temperature.memory", "nvml_temperature_memory_celsius", 1),
            gauge("power.draw", "nvml_power_usage_milliwatts", 1_000),
            gauge("power.draw.instant", "nvml_power_instant_milliwatts", 1_000),
            gauge("enforced.power.limit", "nvml_power_limit_milliwatts", 1_000),
            gauge("power.max_limit", "nvml_power_limit_max_milliwatts", 1_000),
            gauge("clocks.gr", "nvml_clock_graphics_megahertz", 1),
            gauge("clocks.sm", "nvml_clock_sm_megahertz", 1),
            gauge("clocks.mem", "nvml_clock_memory_megahertz", 1),
            gauge("clocks.video", "nvml_clock_video_megahertz", 1),
            gauge("clocks.max.gr", "nvml_clock_graphics_max_megahertz", 1),
            gauge("clocks.max.sm", "nvml_clock_sm_max_megahertz", 1),
            gauge("clocks.max.mem", "nvml_clock_memory_max_megahertz", 1),
            gauge("clocks_throttle_reasons.active", "nvml_clock_event_reasons", 1),
            gauge("pstate", "nvml_performance_state", 1),
            gauge("fan.speed", "nvml_fan_speed_percent", 1),
            gauge("pcie.link.gen.current", "nvml_pcie_generation", 1),
            gauge("pcie.link.gen.max", "nvml_pcie_generation_max", 1),
            gauge("pcie.link.width.current", "nvml_pcie_width", 1),
            gauge("pcie.link.width.max", "nvml_pcie_width_max", 1),
            counter("ecc.errors.corrected.volatile.total", "nvml_ecc_corrected_volatile_total"),
            counter("ecc.errors.uncorrected.volatile.total", "nvml_ecc_uncorrected_volatile_total"),
            counter("ecc.errors.corrected.aggregate.total", "nvml_ecc_corrected_aggregate_total"),
            counter("ecc.errors.uncorrected.aggregate.total", "nvml_ecc_uncorrected_aggregate_total"),
            counter("retired_pages.single_bit_ecc.count", "nvml_retired_pages_corrected_total"),
            counter("retired_pages.double_bit.count", "nvml_retired_pages_uncorrected_total"),
            gauge("retired_pages.pending", "nvml_retired_pages_pending", 1));

    private static final Map<String, Double> WORDS =
            Map.of("yes", 1.0, "no", 0.0, "enabled", 1.0, "disabled", 0.0, "active", 1.0, "not active", 0.0);

    private static SmiColumn gauge(String query, String family, double factor) {
        return new SmiColumn(query, family, MetricType.GAUGE, factor);
    }

    private static SmiColumn counter(String query, String family) {
        return new SmiColumn(query, family, MetricType.COUNTER, 1);
    }

    /** The number in a cell; empty where there is none. */
    OptionalDouble number(String cell) {
        String text = cell.strip().toLowerCase(Locale.ROOT);
        Double word = WORDS.get(text);
        if (word != null) {
            return OptionalDouble.of(word);
        }
        try {
            double plain = text.startsWith("0x")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Double.parseDouble(text.startsWith("p") ? text.substring(1) : text);
            return Double.isFinite(plain) ? OptionalDouble.of(plain * factor) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** Why there is no number in a cell. */
    static Absence absence(String cell) {
        String text = cell.toLowerCase(Locale.ROOT);
        if (text.contains("n/a") || text.contains("not supported")) {
            return Absence.NOT_SUPPORTED;
        }
        if (text.contains("permission")) {
            return Absence.NO_PERMISSION;
        }
        return text.contains("lost") || text.contains("reset") ? Absence.LOST : Absence.UNKNOWN;
    }
}
