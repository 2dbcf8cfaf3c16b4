package io.inferencemetrics.nvml.internal;

import static io.inferencemetrics.nvml.internal.Slot.counter;
import static io.inferencemetrics.nvml.internal.Slot.gauge;

import io.inferencemetrics.nvml.internal.Slot.Kind;
import io.inferencemetrics.prometheus.MetricType;
import java.util.List;

/** What is asked of every device in every read. */
final class Probes {
    private static final int MEMORY_V2 = 0x0200_0028;
    private static final int TEMPERATURE_V1 = 0x0100_000c;
    private static final int MARGIN_V1 = 0x0100_0008;
    private static final int ALL_LINKS = -1;

    /** The module that device and host processor are on, where they are on one. */
    private static final int MODULE = 1;

    /** Calls with an answer of their own. */
    static final List<Probe> CALLS = List.of(
            Probe.of(
                    NvmlFunction.UTILIZATION,
                    gauge("nvml_utilization_gpu_percent", Kind.U32, 0),
                    gauge("nvml_utilization_memory_percent", Kind.U32, 4)),
            Probe.gauge("nvml_utilization_encoder_percent", NvmlFunction.ENCODER),
            Probe.gauge("nvml_utilization_decoder_percent", NvmlFunction.DECODER),
            Probe.of(
                            NvmlFunction.MEMORY_V2,
                            gauge("nvml_memory_total_bytes", Kind.U64, 8),
                            gauge("nvml_memory_reserved_bytes", Kind.U64, 16),
                            gauge("nvml_memory_free_bytes", Kind.U64, 24),
                            gauge("nvml_memory_used_bytes", Kind.U64, 32))
                    .version(MEMORY_V2)
                    .ofInstancesToo()
                    .orElse(Probe.of(
                                    NvmlFunction.MEMORY,
                                    gauge("nvml_memory_total_bytes", Kind.U64, 0),
                                    gauge("nvml_memory_free_bytes", Kind.U64, 8),
                                    gauge("nvml_memory_used_bytes", Kind.U64, 16))
                            .ofInstancesToo()),
            Probe.of(NvmlFunction.TEMPERATURE_V, gauge("nvml_temperature_celsius", Kind.I32, 8))
                    .version(TEMPERATURE_V1)
                    .orElse(Probe.gauge("nvml_temperature_celsius", NvmlFunction.TEMPERATURE)),
            Probe.of(NvmlFunction.MARGIN_TEMPERATURE, gauge("nvml_temperature_margin_celsius", Kind.I32, 4))
                    .version(MARGIN_V1),
            Probe.gauge("nvml_temperature_shutdown_celsius", NvmlFunction.TEMPERATURE_THRESHOLD),
            Probe.gauge("nvml_temperature_slowdown_celsius", NvmlFunction.TEMPERATURE_THRESHOLD)
                    .with(1),
            Probe.gauge("nvml_temperature_memory_max_celsius", NvmlFunction.TEMPERATURE_THRESHOLD)
                    .with(2),
            Probe.gauge("nvml_temperature_gpu_max_celsius", NvmlFunction.TEMPERATURE_THRESHOLD)
                    .with(3),
            Probe.gauge("nvml_power_usage_milliwatts", NvmlFunction.POWER),
            Probe.gauge("nvml_power_limit_milliwatts", NvmlFunction.POWER_LIMIT),
            Probe.of(
                    NvmlFunction.POWER_LIMIT_RANGE,
                    gauge("nvml_power_limit_min_milliwatts", Kind.U32, 0),
                    gauge("nvml_power_limit_max_milliwatts", Kind.U32, 8)),
            Probe.of(NvmlFunction.ENERGY, counter("nvml_energy_millijoules_total", Kind.U64, 0)),
            Probe.gauge("nvml_clock_graphics_megahertz", NvmlFunction.CLOCK),
            Probe.gauge("nvml_clock_sm_megahertz", NvmlFunction.CLOCK).with(1),
            Probe.gauge("nvml_clock_memory_megahertz", NvmlFunction.CLOCK).with(2),
            Probe.gauge("nvml_clock_video_megahertz", NvmlFunction.CLOCK).with(3),
            Probe.gauge("nvml_clock_graphics_max_megahertz", NvmlFunction.CLOCK_MAX),
            Probe.gauge("nvml_clock_sm_max_megahertz", NvmlFunction.CLOCK_MAX).with(1),
            Probe.gauge("nvml_clock_memory_max_megahertz", NvmlFunction.CLOCK_MAX)
                    .with(2),
            Probe.gauge("nvml_clock_video_max_megahertz", NvmlFunction.CLOCK_MAX)
                    .with(3),
            Probe.of(NvmlFunction.CLOCK_EVENTS, gauge("nvml_clock_event_reasons", Kind.U64, 0))
                    .orElse(Probe.of(NvmlFunction.CLOCK_THROTTLE, gauge("nvml_clock_event_reasons", Kind.U64, 0))),
            Probe.gauge("nvml_performance_state", NvmlFunction.PERFORMANCE_STATE),
            Probe.gauge("nvml_pcie_generation", NvmlFunction.PCIE_GENERATION),
            Probe.gauge("nvml_pcie_generation_max", NvmlFunction.PCIE_GENERATION_MAX),
            Probe.gauge("nvml_pcie_width", NvmlFunction.PCIE_WIDTH),
            Probe.gauge("nvml_pcie_width_max", NvmlFunction.PCIE_WIDTH_MAX),
            Probe.of(NvmlFunction.PCIE_REPLAYS, counter("nvml_pcie_replays_total", Kind.U32, 0)),
            ecc("nvml_ecc_corrected_volatile_total", 0, 0),
            ecc("nvml_ecc_uncorrected_volatile_total", 1, 0),
            ecc("nvml_ecc_corrected_aggregate_total", 0, 1),
            ecc("nvml_ecc_uncorrected_aggregate_total", 1, 1),
            Probe.of(
                    NvmlFunction.REMAPPED_ROWS,
                    counter("nvml_remapped_rows_corrected_total", Kind.U32, 0),
                    counter("nvml_remapped_rows_uncorrected_total", Kind.U32, 8),
                    gauge("nvml_remapped_rows_pending", Kind.U32, 16),
                    gauge("nvml_remapped_rows_failed", Kind.U32, 24)));

    /** What one call for many field values brings, each with a status of its own. */
    static final List<Field> FIELDS = List.of(
            new Field("nvml_temperature_memory_celsius", MetricType.GAUGE, 82, 0),
            new Field("nvml_power_average_milliwatts", MetricType.GAUGE, 185, 0),
            new Field("nvml_power_instant_milliwatts", MetricType.GAUGE, 186, 0),
            new Field("nvml_module_power_average_milliwatts", MetricType.GAUGE, 185, MODULE),
            new Field("nvml_module_power_instant_milliwatts", MetricType.GAUGE, 186, MODULE),
            new Field("nvml_temperature_shutdown_tlimit_celsius", MetricType.GAUGE, 193, 0),
            new Field("nvml_temperature_slowdown_tlimit_celsius", MetricType.GAUGE, 194, 0),
            new Field("nvml_temperature_memory_max_tlimit_celsius", MetricType.GAUGE, 195, 0),
            new Field("nvml_temperature_gpu_max_tlimit_celsius", MetricType.GAUGE, 196, 0),
            new Field("nvml_ecc_mode", MetricType.GAUGE, 1, 0),
            new Field("nvml_pcie_sent_bytes_total", MetricType.COUNTER, 197, 0),
            new Field("nvml_pcie_received_bytes_total", MetricType.COUNTER, 198, 0),
            new Field("nvml_nvlink_sent_kibibytes_total", MetricType.COUNTER, 138, ALL_LINKS),
            new Field("nvml_nvlink_received_kibibytes_total", MetricType.COUNTER, 139, ALL_LINKS),
            new Field("nvml_nvlink_sent_bytes_total", MetricType.COUNTER, 202, ALL_LINKS),
            new Field("nvml_nvlink_received_bytes_total", MetricType.COUNTER, 204, ALL_LINKS),
            new Field("nvml_nvlink_recovery_events_total", MetricType.COUNTER, 215, ALL_LINKS),
            new Field("nvml_nvlink_crc_flit_errors_total", MetricType.COUNTER, 38, 0),
            new Field("nvml_nvlink_replays_total", MetricType.COUNTER, 52, 0),
            new Field("nvml_nvlink_recoveries_total", MetricType.COUNTER, 59, 0),
            new Field("nvml_retired_pages_corrected_total", MetricType.COUNTER, 29, 0),
            new Field("nvml_retired_pages_uncorrected_total", MetricType.COUNTER, 30, 0),
            new Field("nvml_retired_pages_pending", MetricType.GAUGE, 31, 0),
            new Field("nvml_throttle_power_nanoseconds_total", MetricType.COUNTER, 74, 0),
            new Field("nvml_throttle_thermal_nanoseconds_total", MetricType.COUNTER, 75, 0),
            new Field("nvml_throttle_sync_boost_nanoseconds_total", MetricType.COUNTER, 76, 0),
            new Field("nvml_throttle_board_limit_nanoseconds_total", MetricType.COUNTER, 77, 0),
            new Field("nvml_throttle_low_utilization_nanoseconds_total", MetricType.COUNTER, 78, 0),
            new Field("nvml_throttle_reliability_nanoseconds_total", MetricType.COUNTER, 79, 0),
            new Field("nvml_throttle_base_clocks_nanoseconds_total", MetricType.COUNTER, 81, 0),
            new Field("nvml_throttle_sw_thermal_nanoseconds_total", MetricType.COUNTER, 269, 0),
            new Field("nvml_throttle_hw_thermal_nanoseconds_total", MetricType.COUNTER, 270, 0),
            new Field("nvml_throttle_power_brake_nanoseconds_total", MetricType.COUNTER, 271, 0));

    /** What a link says of itself, to calls with its number. */
    static final List<Probe> LINK_CALLS = List.of(
            linkErrors("nvml_nvlink_replays_total", 0),
            linkErrors("nvml_nvlink_recoveries_total", 1),
            linkErrors("nvml_nvlink_crc_flit_errors_total", 2));

    /** What a link says of itself in one call, in the families that all links together have. */
    static final List<Field> LINK_FIELDS =
            FIELDS.stream().filter(field -> field.scope() == ALL_LINKS).toList();

    private Probes() {}

    private static Probe ecc(String family, int type, int counter) {
        return Probe.of(NvmlFunction.ECC_ERRORS, counter(family, Kind.U64, 0)).with(type, counter);
    }

    private static Probe linkErrors(String family, int counter) {
        return Probe.of(NvmlFunction.NVLINK_ERRORS, counter(family, Kind.U64, 0))
                .with(0, counter);
    }

    /**
     * A value of the driver's table of fields.
     *
     * @param family the name on the wire
     * @param type of the family
     * @param id of the field
     * @param scope such as a link, -1 for all of them, or 1 for the module
     */
    record Field(String family, MetricType type, int id, int scope) {}
}
