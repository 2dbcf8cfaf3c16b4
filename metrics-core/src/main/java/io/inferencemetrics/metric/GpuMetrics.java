package io.inferencemetrics.metric;

import static io.inferencemetrics.metric.Aggregation.MAX;
import static io.inferencemetrics.metric.Aggregation.MEAN;
import static io.inferencemetrics.metric.Aggregation.MIN;
import static io.inferencemetrics.metric.Aggregation.SAME;
import static io.inferencemetrics.metric.Aggregation.SUM;
import static io.inferencemetrics.metric.Unit.BYTES;
import static io.inferencemetrics.metric.Unit.BYTES_PER_SECOND;
import static io.inferencemetrics.metric.Unit.CELSIUS;
import static io.inferencemetrics.metric.Unit.EVENTS;
import static io.inferencemetrics.metric.Unit.HERTZ;
import static io.inferencemetrics.metric.Unit.JOULES;
import static io.inferencemetrics.metric.Unit.ONE;
import static io.inferencemetrics.metric.Unit.RATIO;
import static io.inferencemetrics.metric.Unit.SECONDS;
import static io.inferencemetrics.metric.Unit.TEXT;
import static io.inferencemetrics.metric.Unit.WATTS;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The vocabulary of graphics processors and other accelerators, the same over all makers and all ways to read them.
 *
 * <p>Series differ in the dimensions {@code gpu} (the device's own id where it has one) and, where a device is split,
 * {@code gpu_instance}. Devices combine by meaning: memory, power and energy add up, utilisation is the mean, the hottest
 * temperature counts, and clocks have one value only where all devices run alike. Counters count since the driver was
 * loaded.
 */
public final class GpuMetrics {

    // ---- Which device

    /** The device's name, as its maker calls it. */
    public static final TextMetric NAME =
            TextMetric.of("gpu.name", TEXT, "The device's name, as its maker calls it.", SAME);

    /** The device's own id, the same after a restart and in every container. */
    public static final TextMetric UUID = TextMetric.of(
            "gpu.uuid", TEXT, "The device's own id, the same after a restart and in every container.", SAME);

    /** Where the device sits on the PCI bus. */
    public static final TextMetric PCI_ID =
            TextMetric.of("gpu.pci.id", TEXT, "Where the device sits on the PCI bus.", SAME);

    /** The device's number on this machine; it may change with a restart. */
    public static final GaugeMetric INDEX = GaugeMetric.of(
            "gpu.index", ONE, "The device's number on this machine; it may change with a restart.", SAME);

    /** The generation of the device's chip. */
    public static final TextMetric ARCHITECTURE =
            TextMetric.of("gpu.architecture", TEXT, "The generation of the device's chip.", SAME);

    /** The version of the driver. */
    public static final TextMetric DRIVER_VERSION =
            TextMetric.of("gpu.driver.version", TEXT, "The version of the driver.", SAME);

    /** The newest version of the computing platform (CUDA, ROCm) that the driver takes. */
    public static final TextMetric RUNTIME_VERSION = TextMetric.of(
            "gpu.runtime.version",
            TEXT,
            "The newest version of the computing platform (CUDA, ROCm) that the driver takes.",
            SAME);

    /** The size of a part of a device that is split. */
    public static final TextMetric INSTANCE_PROFILE =
            TextMetric.of("gpu.instance.profile", TEXT, "The size of a part of a device that is split.", SAME);

    /** The Kubernetes pod that has the device. */
    public static final TextMetric POD = TextMetric.of(
                    "gpu.k8s.pod", TEXT, "The Kubernetes pod that has the device.", SAME)
            .withOpenTelemetryName("k8s.pod.name");

    /** The Kubernetes namespace of the pod that has the device. */
    public static final TextMetric NAMESPACE = TextMetric.of(
                    "gpu.k8s.namespace", TEXT, "The Kubernetes namespace of the pod that has the device.", SAME)
            .withOpenTelemetryName("k8s.namespace.name");

    /** The container that has the device, by its name in the pod. */
    public static final TextMetric CONTAINER = TextMetric.of(
                    "gpu.k8s.container", TEXT, "The container that has the device, by its name in the pod.", SAME)
            .withOpenTelemetryName("k8s.container.name");

    /** 1 for a device that answers, 0 for one that is lost. */
    public static final GaugeMetric UP =
            GaugeMetric.of("gpu.up", ONE, "1 for a device that answers, 0 for one that is lost.", MIN);

    // ---- How busy

    /** Share of time in which anything at all was computed; devices combine to their mean. */
    public static final RatioMetric UTILIZATION = RatioMetric.of(
                    "gpu.util",
                    RATIO,
                    "Share of time in which anything at all was computed; devices combine to their mean.",
                    MEAN)
            .withOpenTelemetryName("hw.gpu.utilization");

    /** Share of time in which anything at all was computed, on the busiest device. */
    public static final RatioMetric UTILIZATION_MAX = RatioMetric.of(
            "gpu.util.max", RATIO, "Share of time in which anything at all was computed, on the busiest device.", MAX);

    /** Time in which anything at all was computed, added up so that none is missed between reads. */
    public static final CounterMetric BUSY_TIME = CounterMetric.of(
            "gpu.busy_time",
            SECONDS,
            "Time in which anything at all was computed, added up so that none is missed between reads.",
            SUM);

    /** Share of time in which memory was read or written. */
    public static final RatioMetric MEMORY_UTILIZATION =
            RatioMetric.of("gpu.memory.util", RATIO, "Share of time in which memory was read or written.", MEAN);

    /** Time in which memory was read or written, added up so that none is missed between reads. */
    public static final CounterMetric MEMORY_BUSY_TIME = CounterMetric.of(
            "gpu.memory.busy_time",
            SECONDS,
            "Time in which memory was read or written, added up so that none is missed between reads.",
            SUM);

    /** Share of time in which the compute or graphics engine was active. */
    public static final RatioMetric ENGINE_ACTIVE = RatioMetric.of(
            "gpu.engine.active", RATIO, "Share of time in which the compute or graphics engine was active.", MEAN);

    /** Share of time in which a compute unit (SM) had work, averaged over all of them. */
    public static final RatioMetric COMPUTE_ACTIVE = RatioMetric.of(
            "gpu.compute.active",
            RATIO,
            "Share of time in which a compute unit (SM) had work, averaged over all of them.",
            MEAN);

    /** Share of the threads that the compute units could hold which they did hold. */
    public static final RatioMetric COMPUTE_OCCUPANCY = RatioMetric.of(
            "gpu.compute.occupancy",
            RATIO,
            "Share of the threads that the compute units could hold which they did hold.",
            MEAN);

    /** Share of time in which the matrix units (tensor cores) computed. */
    public static final RatioMetric MATRIX_ACTIVE = RatioMetric.of(
            "gpu.matrix.active", RATIO, "Share of time in which the matrix units (tensor cores) computed.", MEAN);

    /** Share of the memory's bandwidth in use. */
    public static final RatioMetric MEMORY_BANDWIDTH_UTILIZATION =
            RatioMetric.of("gpu.memory.bandwidth_util", RATIO, "Share of the memory's bandwidth in use.", MEAN);

    /** Share of time in which units for 16-bit floating point computed. */
    public static final RatioMetric FP16_ACTIVE = RatioMetric.of(
            "gpu.fp16.active", RATIO, "Share of time in which units for 16-bit floating point computed.", MEAN);

    /** Share of time in which units for 32-bit floating point computed. */
    public static final RatioMetric FP32_ACTIVE = RatioMetric.of(
            "gpu.fp32.active", RATIO, "Share of time in which units for 32-bit floating point computed.", MEAN);

    /** Share of time in which units for 64-bit floating point computed. */
    public static final RatioMetric FP64_ACTIVE = RatioMetric.of(
            "gpu.fp64.active", RATIO, "Share of time in which units for 64-bit floating point computed.", MEAN);

    /** Share of time in which the video encoder worked. */
    public static final RatioMetric ENCODER_UTILIZATION =
            RatioMetric.of("gpu.encoder.util", RATIO, "Share of time in which the video encoder worked.", MEAN);

    /** Share of time in which the video decoder worked. */
    public static final RatioMetric DECODER_UTILIZATION =
            RatioMetric.of("gpu.decoder.util", RATIO, "Share of time in which the video decoder worked.", MEAN);

    // ---- Memory

    /** Memory in use. */
    public static final GaugeMetric MEMORY_USED = GaugeMetric.of("gpu.memory.used", BYTES, "Memory in use.", SUM)
            .withOpenTelemetryName("hw.gpu.memory.usage");

    /** Memory that is free. */
    public static final GaugeMetric MEMORY_FREE = GaugeMetric.of("gpu.memory.free", BYTES, "Memory that is free.", SUM);

    /** All memory of the device, what the driver keeps for itself included. */
    public static final GaugeMetric MEMORY_TOTAL = GaugeMetric.of(
                    "gpu.memory.total",
                    BYTES,
                    "All memory of the device, what the driver keeps for itself included.",
                    SUM)
            .withOpenTelemetryName("hw.gpu.memory.limit");

    /** Memory that the driver keeps for itself. */
    public static final GaugeMetric MEMORY_RESERVED =
            GaugeMetric.of("gpu.memory.reserved", BYTES, "Memory that the driver keeps for itself.", SUM);

    /** Share of memory in use. */
    public static final RatioMetric MEMORY_USAGE = RatioMetric.of(
                    "gpu.memory.usage_ratio", RATIO, "Share of memory in use.", MEAN)
            .withOpenTelemetryName("hw.gpu.memory.utilization");

    /** 1 where device and host share one memory. */
    public static final GaugeMetric MEMORY_UNIFIED =
            GaugeMetric.of("gpu.memory.unified", ONE, "1 where device and host share one memory.", MAX);

    // ---- Heat and power

    /** Temperature of the chip; of several devices the hottest. */
    public static final GaugeMetric TEMPERATURE = GaugeMetric.of(
                    "gpu.temp", CELSIUS, "Temperature of the chip; of several devices the hottest.", MAX)
            .withOpenTelemetryName("hw.temperature");

    /** Temperature of the memory; of several devices the hottest. */
    public static final GaugeMetric MEMORY_TEMPERATURE = GaugeMetric.of(
            "gpu.memory.temp", CELSIUS, "Temperature of the memory; of several devices the hottest.", MAX);

    /** Degrees left before the device slows down. */
    public static final GaugeMetric TEMPERATURE_MARGIN =
            GaugeMetric.of("gpu.temp.margin", CELSIUS, "Degrees left before the device slows down.", MIN);

    /** The highest temperature at which the device is meant to run. */
    public static final GaugeMetric TEMPERATURE_MAX_OPERATING = GaugeMetric.of(
            "gpu.temp.limit.operating", CELSIUS, "The highest temperature at which the device is meant to run.", MIN);

    /** The temperature at which the device slows down. */
    public static final GaugeMetric TEMPERATURE_SLOWDOWN =
            GaugeMetric.of("gpu.temp.limit.slowdown", CELSIUS, "The temperature at which the device slows down.", MIN);

    /** The temperature at which the device switches itself off. */
    public static final GaugeMetric TEMPERATURE_SHUTDOWN = GaugeMetric.of(
            "gpu.temp.limit.shutdown", CELSIUS, "The temperature at which the device switches itself off.", MIN);

    /** The highest temperature at which the memory is meant to run. */
    public static final GaugeMetric MEMORY_TEMPERATURE_MAX_OPERATING = GaugeMetric.of(
            "gpu.memory.temp.limit.operating",
            CELSIUS,
            "The highest temperature at which the memory is meant to run.",
            MIN);

    /** Power drawn, as the device averages it. */
    public static final GaugeMetric POWER = GaugeMetric.of(
                    "gpu.power", WATTS, "Power drawn, as the device averages it.", SUM)
            .withOpenTelemetryName("hw.power");

    /** Power drawn at the moment of the read. */
    public static final GaugeMetric POWER_INSTANT =
            GaugeMetric.of("gpu.power.instant", WATTS, "Power drawn at the moment of the read.", SUM);

    /** The power that the device holds itself to. */
    public static final GaugeMetric POWER_LIMIT =
            GaugeMetric.of("gpu.power.limit", WATTS, "The power that the device holds itself to.", SUM);

    /** The highest limit that can be set. */
    public static final GaugeMetric POWER_LIMIT_MAX =
            GaugeMetric.of("gpu.power.limit.max", WATTS, "The highest limit that can be set.", SUM);

    /** Energy used since the driver was loaded. */
    public static final CounterMetric ENERGY = CounterMetric.of(
                    "gpu.energy", JOULES, "Energy used since the driver was loaded.", SUM)
            .withOpenTelemetryName("hw.energy");

    /** Speed of the fans as a share of their highest; may be above what they reach. */
    public static final RatioMetric FAN_SPEED = RatioMetric.of(
                    "gpu.fan.speed_ratio",
                    RATIO,
                    "Speed of the fans as a share of their highest; may be above what they reach.",
                    MAX)
            .withOpenTelemetryName("hw.fan.speed_ratio");

    // ---- Clocks

    /** Clock of the compute units. */
    public static final GaugeMetric CLOCK = GaugeMetric.of("gpu.clock", HERTZ, "Clock of the compute units.", SAME);

    /** The highest clock of the compute units. */
    public static final GaugeMetric CLOCK_MAX =
            GaugeMetric.of("gpu.clock.max", HERTZ, "The highest clock of the compute units.", SAME);

    /** Clock of the graphics engine. */
    public static final GaugeMetric GRAPHICS_CLOCK =
            GaugeMetric.of("gpu.clock.graphics", HERTZ, "Clock of the graphics engine.", SAME);

    /** The highest clock of the graphics engine. */
    public static final GaugeMetric GRAPHICS_CLOCK_MAX =
            GaugeMetric.of("gpu.clock.graphics.max", HERTZ, "The highest clock of the graphics engine.", SAME);

    /** Clock of the memory. */
    public static final GaugeMetric MEMORY_CLOCK =
            GaugeMetric.of("gpu.clock.memory", HERTZ, "Clock of the memory.", SAME);

    /** The highest clock of the memory. */
    public static final GaugeMetric MEMORY_CLOCK_MAX =
            GaugeMetric.of("gpu.clock.memory.max", HERTZ, "The highest clock of the memory.", SAME);

    /** Clock of the video engines. */
    public static final GaugeMetric VIDEO_CLOCK =
            GaugeMetric.of("gpu.clock.video", HERTZ, "Clock of the video engines.", SAME);

    /** The highest clock of the video engines. */
    public static final GaugeMetric VIDEO_CLOCK_MAX =
            GaugeMetric.of("gpu.clock.video.max", HERTZ, "The highest clock of the video engines.", SAME);

    /** 0 for the fastest state, a greater number for a slower one; of several devices the slowest. */
    public static final GaugeMetric PERFORMANCE_STATE = GaugeMetric.of(
            "gpu.performance_state",
            ONE,
            "0 for the fastest state, a greater number for a slower one; of several devices the slowest.",
            MAX);

    /** 1 where this holds the clocks down now (series of the dimension reason). */
    public static final GaugeMetric CLOCK_REASON = GaugeMetric.of(
            "gpu.clock.reason", ONE, "1 where this holds the clocks down now (series of the dimension reason).", MAX);

    /** Time in which the power limit held the clocks down. */
    public static final CounterMetric POWER_THROTTLE_TIME = CounterMetric.of(
            "gpu.throttle.power_time", SECONDS, "Time in which the power limit held the clocks down.", SUM);

    /** Time in which heat held the clocks down. */
    public static final CounterMetric THERMAL_THROTTLE_TIME =
            CounterMetric.of("gpu.throttle.thermal_time", SECONDS, "Time in which heat held the clocks down.", SUM);

    /** Time in which the clocks waited for those of other devices. */
    public static final CounterMetric SYNC_BOOST_THROTTLE_TIME = CounterMetric.of(
            "gpu.throttle.sync_boost_time",
            SECONDS,
            "Time in which the clocks waited for those of other devices.",
            SUM);

    /** Time in which a limit of the board held the clocks down. */
    public static final CounterMetric BOARD_LIMIT_THROTTLE_TIME = CounterMetric.of(
            "gpu.throttle.board_limit_time", SECONDS, "Time in which a limit of the board held the clocks down.", SUM);

    /** Time in which the clocks were down for want of work. */
    public static final CounterMetric LOW_UTILIZATION_THROTTLE_TIME = CounterMetric.of(
            "gpu.throttle.low_utilization_time", SECONDS, "Time in which the clocks were down for want of work.", SUM);

    /** Time in which the limit on voltage held the clocks down. */
    public static final CounterMetric RELIABILITY_THROTTLE_TIME = CounterMetric.of(
            "gpu.throttle.reliability_time", SECONDS, "Time in which the limit on voltage held the clocks down.", SUM);

    // ---- Errors

    /** Errors that the driver reported, by their code (series of the dimension code). */
    public static final CounterMetric ERRORS = CounterMetric.of(
                    "gpu.errors",
                    EVENTS,
                    "Errors that the driver reported, by their code (series of the dimension code).",
                    SUM)
            .withOpenTelemetryName("hw.errors");

    /** The code of the last error that the driver reported; 0 for none. */
    public static final GaugeMetric LAST_ERROR = GaugeMetric.of(
            "gpu.error.last", ONE, "The code of the last error that the driver reported; 0 for none.", MAX);

    /** Memory errors that were corrected, since the driver was loaded. */
    public static final CounterMetric ECC_CORRECTED = CounterMetric.of(
            "gpu.ecc.corrected", EVENTS, "Memory errors that were corrected, since the driver was loaded.", SUM);

    /** Memory errors that could not be corrected, since the driver was loaded. */
    public static final CounterMetric ECC_UNCORRECTED = CounterMetric.of(
            "gpu.ecc.uncorrected",
            EVENTS,
            "Memory errors that could not be corrected, since the driver was loaded.",
            SUM);

    /** Memory errors that were corrected, in the device's life. */
    public static final CounterMetric ECC_CORRECTED_LIFETIME = CounterMetric.of(
            "gpu.ecc.corrected.lifetime", EVENTS, "Memory errors that were corrected, in the device's life.", SUM);

    /** Memory errors that could not be corrected, in the device's life. */
    public static final CounterMetric ECC_UNCORRECTED_LIFETIME = CounterMetric.of(
            "gpu.ecc.uncorrected.lifetime",
            EVENTS,
            "Memory errors that could not be corrected, in the device's life.",
            SUM);

    /** Pages of memory retired after errors that were corrected. */
    public static final CounterMetric RETIRED_PAGES_CORRECTED = CounterMetric.of(
            "gpu.retired_pages.corrected", ONE, "Pages of memory retired after errors that were corrected.", SUM);

    /** Pages of memory retired after errors that were not corrected. */
    public static final CounterMetric RETIRED_PAGES_UNCORRECTED = CounterMetric.of(
            "gpu.retired_pages.uncorrected", ONE, "Pages of memory retired after errors that were not corrected.", SUM);

    /** Whether pages wait for a restart to be retired. */
    public static final GaugeMetric RETIRED_PAGES_PENDING =
            GaugeMetric.of("gpu.retired_pages.pending", ONE, "Whether pages wait for a restart to be retired.", MAX);

    /** Rows of memory replaced after errors that were corrected. */
    public static final CounterMetric REMAPPED_ROWS_CORRECTED = CounterMetric.of(
            "gpu.remapped_rows.corrected", ONE, "Rows of memory replaced after errors that were corrected.", SUM);

    /** Rows of memory replaced after errors that were not corrected. */
    public static final CounterMetric REMAPPED_ROWS_UNCORRECTED = CounterMetric.of(
            "gpu.remapped_rows.uncorrected", ONE, "Rows of memory replaced after errors that were not corrected.", SUM);

    /** Whether rows wait for a restart to be replaced. */
    public static final GaugeMetric REMAPPED_ROWS_PENDING =
            GaugeMetric.of("gpu.remapped_rows.pending", ONE, "Whether rows wait for a restart to be replaced.", MAX);

    /** Whether a row could not be replaced. */
    public static final GaugeMetric REMAPPED_ROWS_FAILED =
            GaugeMetric.of("gpu.remapped_rows.failed", ONE, "Whether a row could not be replaced.", MAX);

    // ---- Links

    /** Bytes that the device sent over PCIe. */
    public static final CounterMetric PCIE_SENT =
            CounterMetric.of("gpu.pcie.sent", BYTES, "Bytes that the device sent over PCIe.", SUM);

    /** Bytes that the device received over PCIe. */
    public static final CounterMetric PCIE_RECEIVED =
            CounterMetric.of("gpu.pcie.received", BYTES, "Bytes that the device received over PCIe.", SUM);

    /** Bytes a second that the device sends over PCIe, as it measured them. */
    public static final GaugeMetric PCIE_TX = GaugeMetric.of(
            "gpu.pcie.tx",
            BYTES_PER_SECOND,
            "Bytes a second that the device sends over PCIe, as it measured them.",
            SUM);

    /** Bytes a second that the device receives over PCIe, as it measured them. */
    public static final GaugeMetric PCIE_RX = GaugeMetric.of(
            "gpu.pcie.rx",
            BYTES_PER_SECOND,
            "Bytes a second that the device receives over PCIe, as it measured them.",
            SUM);

    /** The generation of PCIe that the link uses now. */
    public static final GaugeMetric PCIE_GENERATION =
            GaugeMetric.of("gpu.pcie.generation", ONE, "The generation of PCIe that the link uses now.", MIN);

    /** The highest generation of PCIe that the link can use. */
    public static final GaugeMetric PCIE_GENERATION_MAX = GaugeMetric.of(
            "gpu.pcie.generation.max", ONE, "The highest generation of PCIe that the link can use.", MIN);

    /** The lanes of PCIe that the link uses now. */
    public static final GaugeMetric PCIE_WIDTH =
            GaugeMetric.of("gpu.pcie.width", ONE, "The lanes of PCIe that the link uses now.", MIN);

    /** The lanes of PCIe that the link can use. */
    public static final GaugeMetric PCIE_WIDTH_MAX =
            GaugeMetric.of("gpu.pcie.width.max", ONE, "The lanes of PCIe that the link can use.", MIN);

    /** Packets that PCIe had to send again. */
    public static final CounterMetric PCIE_REPLAYS =
            CounterMetric.of("gpu.pcie.replays", EVENTS, "Packets that PCIe had to send again.", SUM);

    /** Links to other devices (NVLink, Infinity Fabric) that are up. */
    public static final GaugeMetric LINKS_ACTIVE = GaugeMetric.of(
            "gpu.link.active", ONE, "Links to other devices (NVLink, Infinity Fabric) that are up.", SUM);

    /** Bytes that the device sent over its links to other devices. */
    public static final CounterMetric LINK_SENT = CounterMetric.of(
            "gpu.link.sent", BYTES, "Bytes that the device sent over its links to other devices.", SUM);

    /** Bytes that the device received over its links to other devices. */
    public static final CounterMetric LINK_RECEIVED = CounterMetric.of(
            "gpu.link.received", BYTES, "Bytes that the device received over its links to other devices.", SUM);

    /** Bytes a second that the device sends over its links, as it measured them. */
    public static final GaugeMetric LINK_TX = GaugeMetric.of(
            "gpu.link.tx",
            BYTES_PER_SECOND,
            "Bytes a second that the device sends over its links, as it measured them.",
            SUM);

    /** Bytes a second that the device receives over its links, as it measured them. */
    public static final GaugeMetric LINK_RX = GaugeMetric.of(
            "gpu.link.rx",
            BYTES_PER_SECOND,
            "Bytes a second that the device receives over its links, as it measured them.",
            SUM);

    /** Packets that links to other devices had to send again. */
    public static final CounterMetric LINK_REPLAYS =
            CounterMetric.of("gpu.link.replays", EVENTS, "Packets that links to other devices had to send again.", SUM);

    /** Times that a link to another device had to be brought up again. */
    public static final CounterMetric LINK_RECOVERIES = CounterMetric.of(
            "gpu.link.recoveries", EVENTS, "Times that a link to another device had to be brought up again.", SUM);

    /** Packets that came over a link to another device with a wrong checksum. */
    public static final CounterMetric LINK_CRC_ERRORS = CounterMetric.of(
            "gpu.link.crc_errors",
            EVENTS,
            "Packets that came over a link to another device with a wrong checksum.",
            SUM);

    // ---- Processes

    /** Processes that use the device. */
    public static final GaugeMetric PROCESSES =
            GaugeMetric.of("gpu.processes", ONE, "Processes that use the device.", SUM);

    /** The device's memory that a process holds (series of the dimension process). */
    public static final GaugeMetric PROCESS_MEMORY = GaugeMetric.of(
            "gpu.process.memory",
            BYTES,
            "The device's memory that a process holds (series of the dimension process).",
            SUM);

    /** Share of time in which a process computed on the device (series of the dimension process). */
    public static final RatioMetric PROCESS_UTILIZATION = RatioMetric.of(
            "gpu.process.util",
            RATIO,
            "Share of time in which a process computed on the device (series of the dimension process).",
            MAX);

    /** The name of a process (series of the dimension process). */
    public static final TextMetric PROCESS_NAME =
            TextMetric.of("gpu.process.name", TEXT, "The name of a process (series of the dimension process).", SAME);

    private static final Map<String, Metric<?>> BY_NAME = MetricNames.byName(List.of(
            List.of(NAME, UUID, PCI_ID, INDEX, ARCHITECTURE, DRIVER_VERSION, RUNTIME_VERSION),
            List.of(INSTANCE_PROFILE, POD, NAMESPACE, CONTAINER, UP),
            List.of(UTILIZATION, UTILIZATION_MAX, BUSY_TIME, MEMORY_UTILIZATION, MEMORY_BUSY_TIME),
            List.of(ENGINE_ACTIVE, COMPUTE_ACTIVE, COMPUTE_OCCUPANCY, MATRIX_ACTIVE),
            List.of(MEMORY_BANDWIDTH_UTILIZATION, FP16_ACTIVE, FP32_ACTIVE, FP64_ACTIVE),
            List.of(ENCODER_UTILIZATION, DECODER_UTILIZATION),
            List.of(MEMORY_USED, MEMORY_FREE, MEMORY_TOTAL, MEMORY_RESERVED, MEMORY_USAGE, MEMORY_UNIFIED),
            List.of(TEMPERATURE, MEMORY_TEMPERATURE, TEMPERATURE_MARGIN, TEMPERATURE_MAX_OPERATING),
            List.of(TEMPERATURE_SLOWDOWN, TEMPERATURE_SHUTDOWN, MEMORY_TEMPERATURE_MAX_OPERATING, POWER),
            List.of(POWER_INSTANT, POWER_LIMIT, POWER_LIMIT_MAX, ENERGY, FAN_SPEED),
            List.of(CLOCK, CLOCK_MAX, GRAPHICS_CLOCK, GRAPHICS_CLOCK_MAX, MEMORY_CLOCK, MEMORY_CLOCK_MAX),
            List.of(VIDEO_CLOCK, VIDEO_CLOCK_MAX, PERFORMANCE_STATE, CLOCK_REASON, POWER_THROTTLE_TIME),
            List.of(THERMAL_THROTTLE_TIME, SYNC_BOOST_THROTTLE_TIME, BOARD_LIMIT_THROTTLE_TIME),
            List.of(LOW_UTILIZATION_THROTTLE_TIME, RELIABILITY_THROTTLE_TIME),
            List.of(ERRORS, LAST_ERROR, ECC_CORRECTED, ECC_UNCORRECTED, ECC_CORRECTED_LIFETIME),
            List.of(ECC_UNCORRECTED_LIFETIME, RETIRED_PAGES_CORRECTED, RETIRED_PAGES_UNCORRECTED),
            List.of(RETIRED_PAGES_PENDING, REMAPPED_ROWS_CORRECTED, REMAPPED_ROWS_UNCORRECTED),
            List.of(REMAPPED_ROWS_PENDING, REMAPPED_ROWS_FAILED),
            List.of(PCIE_SENT, PCIE_RECEIVED, PCIE_TX, PCIE_RX, PCIE_GENERATION, PCIE_GENERATION_MAX),
            List.of(PCIE_WIDTH, PCIE_WIDTH_MAX, PCIE_REPLAYS, LINKS_ACTIVE, LINK_SENT, LINK_RECEIVED),
            List.of(LINK_TX, LINK_RX, LINK_REPLAYS, LINK_RECOVERIES, LINK_CRC_ERRORS),
            List.of(PROCESSES, PROCESS_MEMORY, PROCESS_UTILIZATION, PROCESS_NAME)));

    private GpuMetrics() {}

    /** All metrics of this vocabulary, in the order of their declaration. */
    public static List<Metric<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    /** The metric with this name. */
    public static Optional<Metric<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
