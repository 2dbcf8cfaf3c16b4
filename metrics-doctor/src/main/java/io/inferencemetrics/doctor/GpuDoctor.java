package io.inferencemetrics.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds out why the GPUs of this machine cannot be read, and says in one sentence what it is and what to do.
 *
 * <pre>{@code
 * String sentence = new GpuDoctor().examine().sentence();
 * }</pre>
 *
 * <p>The GPUs are read once, by the module that is installed for it ({@code metrics-gpu-nvml}); where that fails, files of the
 * kernel and of the driver tell why. Nothing is changed, and no other program is started than the module does. NVIDIA's GPUs
 * on Linux; elsewhere what the module says. Safe for use by several threads.
 */
public final class GpuDoctor {
    private final Supplier<NvidiaFiles> files;
    private final Supplier<GpuReading> reading;

    /** A doctor for this machine. */
    public GpuDoctor() {
        this(() -> new NvidiaFiles(Path.of("/")), GpuReading::now);
    }

    GpuDoctor(Supplier<NvidiaFiles> files, Supplier<GpuReading> reading) {
        this.files = files;
        this.reading = reading;
    }

    /**
     * Examines the GPUs of this machine; what is wrong with them is part of the answer and not thrown.
     *
     * <p>Takes the time of opening and reading the driver's library, under a second where it is well, some 15 seconds where a
     * device hangs.
     *
     * @return of the target {@code local:gpu}
     */
    public Diagnosis examine() {
        NvidiaFiles machine = files.get();
        GpuReading read = reading.get();
        List<Finding> findings = read.snapshot()
                .map(snapshot -> GpuRules.readable(read, snapshot))
                .orElseGet(() -> List.of(first(new GpuRules(machine, read))));
        List<String> asked =
                Stream.concat(read.reader().stream(), machine.looked().stream()).toList();
        Optional<String> reader = read.snapshot().flatMap(snapshot -> read.reader());
        return new Diagnosis("local:gpu", reader, findings, asked);
    }

    private static Finding first(GpuRules rules) {
        return Stream.<Supplier<Optional<Finding>>>of(
                        rules::moduleMissing,
                        rules::versionMismatch,
                        rules::noPermission,
                        rules::deviceMissing,
                        rules::noGpu,
                        rules::driverMissing,
                        rules::libraryMissing)
                .flatMap(rule -> rule.get().stream())
                .findFirst()
                .orElseGet(rules::unreadable);
    }
}
