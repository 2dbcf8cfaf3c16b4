package io.inferencemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferencemetrics.catalog.Catalog;
import io.inferencemetrics.failure.CollectException;
import io.inferencemetrics.failure.FailureKind;
import io.inferencemetrics.metric.GpuMetrics;
import io.inferencemetrics.metric.Vocabulary;
import io.inferencemetrics.prometheus.MetricType;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.Dimension;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.spi.ExpositionWriter;
import io.inferencemetrics.spi.GpuProvider;
import io.inferencemetrics.spi.LocalSource;
import io.inferencemetrics.spi.LocalTransport;
import io.inferencemetrics.transport.BodySink;
import io.inferencemetrics.transport.FetchRequest;
import io.inferencemetrics.transport.FetchSummary;
import io.inferencemetrics.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MachineTest {
    private static final Catalog CATALOG = Catalog.parse("test", """
                    engine    small
                    vocabulary gpu
                    prefixes  small_
                    blank     own
                    blank     4294967295 lost
                    label gpu dimension gpu
                    gpu.name    | small_info          | info    |            | label:name
                    gpu.power   | small_power         | gauge   | milliwatts |
                    gpu.temp    | small_temp          | gauge   |            |
                    gpu.util    | small_util          | gauge   | percent    |
                    gpu.energy  | small_energy_total  | counter | millijoules
                    """, List.of());

    private final Machine machine = new Machine();

    /** A machine with two devices, of which the second may not be asked for its power. */
    private static final class Machine implements GpuProvider, LocalSource, LocalTransport {
        private Optional<String> unavailable = Optional.empty();
        private Set<String> extras = Set.of();
        private Set<String> asked = Set.of();
        private int opened;
        private int priority;
        private String selected = "";
        private double energy = 5_000;
        private int closed;

        @Override
        public String id() {
            return "small";
        }

        @Override
        public Catalog catalog() {
            return CATALOG;
        }

        @Override
        public int priority() {
            return priority;
        }

        @Override
        public Optional<LocalSource> local() {
            return Optional.of(this);
        }

        @Override
        public Optional<String> unavailable() {
            return unavailable;
        }

        @Override
        public Set<String> extras() {
            return extras;
        }

        @Override
        public LocalTransport open(String selection) {
            opened++;
            unavailable.ifPresent(why -> {
                throw new CollectException(FailureKind.CONNECT, why, "Install it.", null);
            });
            selected = selection;
            return this;
        }

        @Override
        public LocalTransport open(String selection, Set<String> wanted) {
            asked = wanted;
            return open(selection);
        }

        @Override
        public CompletableFuture<FetchSummary> fetch(FetchRequest request, BodySink sink) {
            ExpositionWriter out = new ExpositionWriter();
            out.family("small_info", MetricType.GAUGE);
            out.sample(1, "gpu", "a", "name", "An \"A\"\\\n1");
            out.family("small_power", MetricType.GAUGE);
            out.sample(250_500, "gpu", "a");
            out.absent(Absence.NO_PERMISSION, "gpu", "b");
            out.family("small_temp", MetricType.GAUGE);
            out.absent(Absence.NOT_SUPPORTED, "gpu", "a");
            out.sample(4_294_967_295.0, "gpu", "b");
            out.family("small_util", MetricType.GAUGE);
            out.sample(50.5, "gpu", "a");
            out.sample(100, "gpu", "b");
            out.family("small_energy_total", MetricType.COUNTER);
            out.sample(energy, "gpu", "a");
            out.absent(Absence.NOT_SUPPORTED, "gpu", "b");
            try {
                return CompletableFuture.completedFuture(out.send(request, sink));
            } catch (CollectException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static CollectorBuilder builder(GpuProvider... machines) {
        return CollectorBuilder.of(
                Installed.of("the GPUs", "metrics-gpu-", List.of(machines)).named("small"),
                InstalledEngines.of(List.of()));
    }

    @Test
    void thisMachineIsReadLikeAnEngineAndClosedWithItsCollector() {
        try (Collector collector = builder(machine).select("0,1").open()) {
            assertThat(machine.selected).isEqualTo("0,1");
            assertThat(collector.target()).isEqualTo("local:small");
            MetricsSnapshot s = collector.collect();
            assertThat(s.value(GpuMetrics.UTILIZATION)).isEqualTo(0.7525);
            assertThat(s.text(GpuMetrics.NAME)).contains("An \"A\"\\\n1");
            assertThat(s.metrics())
                    .startsWith(GpuMetrics.NAME)
                    .hasSize(GpuMetrics.all().size());
            assertThat(s.coverage().absent()).hasSize(GpuMetrics.all().size() - 4);
            assertThat(machine.closed).isZero();
        }
        assertThat(machine.closed).isEqualTo(1);
        assertThat(builder(machine).collect().value(GpuMetrics.ENERGY)).isEqualTo(5);
        assertThat(machine.closed).isEqualTo(2);
        assertThat(machine.selected).isEqualTo(LocalSource.ALL);
    }

    @Test
    void eachDeviceIsASnapshotOfItsOwn() {
        MetricsSnapshot s = builder(machine).collect();
        assertThat(s.devices()).containsOnlyKeys("a", "b");
        MetricsSnapshot b = s.where(Dimension.GPU, "b");
        assertThat(b.value(GpuMetrics.UTILIZATION)).isEqualTo(1);
        assertThat(((Reading.Absent<Double>) b.reading(GpuMetrics.POWER)).reason())
                .isEqualTo(Absence.NO_PERMISSION);
    }

    @Test
    void whatIsNotThereIsNoNumberAndSaysWhy() {
        MetricsSnapshot s = builder(machine).collect();
        Reading<Double> power = s.reading(GpuMetrics.POWER);
        assertThat(power.optional()).contains(250.5);
        assertThat(power.provenance().note()).isEqualTo("1 of 2 series have a value; {gpu=b} has none: no permission");
        Reading.Absent<Double> temperature = (Reading.Absent<Double>) s.reading(GpuMetrics.TEMPERATURE);
        assertThat(temperature.reason()).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(temperature.detail()).isEqualTo("small_temp says that there is no value: not supported");
        assertThat(s.where(Dimension.GPU, "b").reading(GpuMetrics.TEMPERATURE))
                .isInstanceOfSatisfying(
                        Reading.Absent.class, a -> assertThat(a.reason()).isEqualTo(Absence.LOST));
    }

    @Test
    void aWindowNeverSubtractsFromWhatIsNotThere() {
        try (Collector collector = builder(machine).open()) {
            MetricsSnapshot before = collector.collect();
            machine.energy = 8_000;
            Window window = Window.between(before, collector.collect());
            assertThat(window.increase(GpuMetrics.ENERGY).optional()).contains(3.0);
        }
    }

    @Test
    void whereTheFirstWayCannotReadThisMachineTheNextDoes() {
        machine.priority = 10;
        machine.unavailable = Optional.of("no library libsmall.so.1");
        Machine slower = new Machine();
        builder(slower, machine).collect();
        assertThat(slower.closed).isEqualTo(1);
        slower.unavailable = Optional.of("no program small-smi");
        assertThatThrownBy(() -> builder(slower, machine).open())
                .isInstanceOf(CollectException.class)
                .hasMessage("this machine cannot be read by small: no library libsmall.so.1; no program small-smi");
        machine.unavailable = Optional.empty();
        builder(slower, machine).collect();
        assertThat(machine.closed).isEqualTo(1);
    }

    @Test
    void aMachineIsOpenedOnceAndNotBeforeItIsWanted() {
        CollectorBuilder builder = builder(machine);
        assertThat(machine.opened).isZero();
        builder.open().close();
        assertThat(machine.opened).isEqualTo(1);
    }

    @Test
    void whatCostsMoreIsReadOnlyWhereItIsAskedFor() {
        machine.priority = 10;
        machine.extras = Set.of("more", "most");
        Machine slower = new Machine();
        builder(slower, machine).also("more").also("most").select("0").open().close();
        assertThat(machine.asked).containsExactlyInAnyOrder("more", "most");
        assertThat(machine.selected).isEqualTo("0");
        machine.unavailable = Optional.of("no library");
        builder(slower, machine).also("more").open().close();
        assertThat(slower.asked).isEmpty();
        assertThat(slower.opened).isEqualTo(1);
        assertThatThrownBy(() -> builder(slower, machine).also("all").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("also: 'all' is none of what small can read beyond the usual: more, most");
        assertThatThrownBy(() -> builder(slower).also("all").open()).hasMessageEndingWith("nothing");
        assertThatThrownBy(() -> builder(machine).also("more").at("host:1")).hasMessageContaining("also(more)");
    }

    @Test
    void whatCannotBeDoneSaysWhatWasExpected() {
        GpuProvider remote = new GpuProvider() {
            @Override
            public String id() {
                return "small";
            }

            @Override
            public Catalog catalog() {
                return CATALOG;
            }
        };
        assertThatThrownBy(() -> builder(remote).open()).hasMessageStartingWith("an address was expected: small");
        assertThatThrownBy(() -> builder(remote).collect()).hasMessageContaining("names no usual port");
        assertThatThrownBy(() -> builder(remote).select("0").at("host:1")).hasMessageContaining("devices()");
        assertThatThrownBy(() -> Collectors.forGpu("x")).hasMessageContaining("metrics-gpu-x");
        assertThatThrownBy(Collectors::forGpu).hasMessageContaining("metrics-gpu-nvml");
        assertThatThrownBy(Collectors::forHost).hasMessageContaining("metrics-host");
        assertThat(Collectors.gpus()).isEmpty();
        assertThatThrownBy(() -> builder(machine).maxBodyBytes(10).collect()).hasMessageContaining("at most 10");
        assertThatThrownBy(() -> new ExpositionWriter().sample(1, "gpu")).hasMessageContaining("gpu");
        assertThatThrownBy(() -> builder(machine)
                        .transport(Collectors.transport())
                        .transport((request, sink) -> Collectors.transport()
                                .fetch(request.withTarget(io.inferencemetrics.transport.Target.local("small")), sink))
                        .collect("host"))
                .hasMessageContaining("local:small is this machine itself");
    }

    @Test
    void aCatalogueKeepsToItsVocabulary() {
        String header = "engine e\nprefixes e_\n";
        assertThatThrownBy(() -> Catalog.parse("c", header + "gpu.power | e_p | gauge", List.of()))
                .hasMessageContaining("no metric of the vocabulary llm is named 'gpu.power'");
        assertThatThrownBy(() -> Catalog.parse("c", header + "vocabulary x\ngpu.power | e_p | gauge", List.of()))
                .hasMessageContaining("llm, gpu or host");
        assertThatThrownBy(() -> Catalog.parse("c", header + "blank 5 x", List.of()))
                .hasMessageContaining("not_supported");
        assertThat(CATALOG.vocabulary()).isEqualTo(Vocabulary.GPU);
    }
}
