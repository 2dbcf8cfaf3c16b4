package io.inferencemetrics.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferencemetrics.energy.GpuEnergy.Method;
import io.inferencemetrics.snapshot.Absence;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.snapshot.Reading;
import io.inferencemetrics.snapshot.Trust;
import io.inferencemetrics.testkit.SimulatedEngine;
import io.inferencemetrics.window.Reset;
import io.inferencemetrics.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TokenEnergyTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final Placement A = Placement.chosen(List.of("GPU-a"));

    private static String tokens(long count) {
        return "# TYPE vllm:generation_tokens_total counter\nvllm:generation_tokens_total{engine=\"0\"} " + count
                + "\n";
    }

    private static Window server(double seconds, long tokens) {
        Snapshots vllm = Snapshots.vllm();
        return Window.between(vllm.at(0, tokens(1000)), vllm.at(seconds, tokens(1000 + tokens)));
    }

    private static String energy(String gpu, long joules) {
        return "# TYPE nvml_energy_millijoules_total counter\nnvml_energy_millijoules_total{gpu=\"0\",uuid=\"" + gpu
                + "\"} " + joules * 1000 + "\n";
    }

    private static String power(String gpu, double watts) {
        return "# TYPE nvml_power_usage_milliwatts gauge\nnvml_power_usage_milliwatts{gpu=\"0\",uuid=\"" + gpu + "\"} "
                + watts * 1000 + "\n";
    }

    private static Window gpus(double seconds, String before, String after) {
        Snapshots nvml = Snapshots.nvml();
        return Window.between(nvml.at(0, before), nvml.at(seconds, after));
    }

    private static Reading.Absent<Double> absent(Reading<Double> reading) {
        assertThat(reading).isInstanceOf(Reading.Absent.class);
        return (Reading.Absent<Double>) reading;
    }

    @Test
    void energyIsWhatTheCountersOfTheGpusGrewBy() {
        String before = energy("GPU-a", 100) + "nvml_energy_millijoules_total{gpu=\"1\",uuid=\"GPU-b\"} 0\n";
        String after = energy("GPU-a", 700) + "nvml_energy_millijoules_total{gpu=\"1\",uuid=\"GPU-b\"} 400000\n";
        TokenEnergy one = TokenEnergy.over(server(10, 2000), gpus(10, before, after), A);
        assertThat(one.perToken().optional().orElseThrow()).isEqualTo(0.3, EXACTLY);
        assertThat(one.perTokenAtMost()).isEqualTo(one.perToken());
        assertThat(one.joules().optional().orElseThrow()).isEqualTo(600, EXACTLY);
        assertThat(one.watts().optional().orElseThrow()).isEqualTo(60, EXACTLY);
        assertThat(one.tokens().optional()).contains(2000.0);
        assertThat(one.gpus()).hasSize(1);
        assertThat(one.gpus().get(0).method()).isEqualTo(Method.COUNTER);
        assertThat(one.resets()).isEmpty();
        assertThat(one.perToken().provenance().trust()).isEqualTo(Trust.DERIVED);
        assertThat(one.perToken().provenance().source())
                .isEqualTo("nvml_energy_millijoules_total, vllm:generation_tokens_total");

        Placement both = Placement.chosen(List.of("GPU-a", "GPU-b"));
        TokenEnergy two = TokenEnergy.over(server(10, 2000), gpus(10, before, after), both);
        assertThat(two.perToken().optional().orElseThrow()).isEqualTo(0.5, EXACTLY);
    }

    @Test
    void powerIsIntegratedWhereThereIsNoCounter() {
        Snapshots nvml = Snapshots.nvml();
        Window gpus = Window.over(List.of(
                nvml.at(0, power("GPU-a", 100)), nvml.at(1, power("GPU-a", 300)), nvml.at(5, power("GPU-a", 200))));
        TokenEnergy energy = TokenEnergy.over(server(5, 100), gpus, A);
        // (100 + 300) / 2 * 1 s + (300 + 200) / 2 * 4 s
        assertThat(energy.joules().optional().orElseThrow()).isEqualTo(1200, EXACTLY);
        assertThat(energy.perToken().optional().orElseThrow()).isEqualTo(12, EXACTLY);
        assertThat(energy.gpus().get(0).method()).isEqualTo(Method.INTEGRATED_POWER);
        assertThat(energy.gpus().get(0).powerReadings()).isEqualTo(3);
        assertThat(energy.perToken().provenance().trust()).isEqualTo(Trust.APPROXIMATE);
        assertThat(energy.perToken().provenance().note()).contains("integrated over 3 readings of the power");
    }

    @Test
    void theIntegralIsThatOfTheObviousSum() {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Snapshots nvml = Snapshots.nvml();
            List<MetricsSnapshot> snapshots = new ArrayList<>();
            double seconds = 0;
            double before = 0;
            double joules = 0;
            for (int i = 0; i < 12; i++) {
                double watts = 50 + random.nextInt(600);
                double step = i == 0 ? 0 : 0.5 + random.nextInt(4);
                seconds += step;
                joules += step * (before + watts) / 2;
                before = watts;
                snapshots.add(nvml.at(seconds, power("GPU-a", watts)));
            }
            TokenEnergy energy = TokenEnergy.over(server(seconds, 1), Window.over(snapshots), A);
            assertThat(energy.joules().optional().orElseThrow()).isEqualTo(joules, within(1e-6));
        }
    }

    @Test
    void powerOfTheMomentStandsInForItsAverage() {
        String instant = power("GPU-a", 250).replace("usage", "instant");
        TokenEnergy energy = TokenEnergy.over(server(4, 10), gpus(4, instant, instant), A);
        assertThat(energy.joules().optional().orElseThrow()).isEqualTo(1000, EXACTLY);
    }

    @Test
    void aCounterThatDoesNotMoveTellsNothing() {
        String said = energy("GPU-a", 5) + power("GPU-a", 200);
        TokenEnergy energy = TokenEnergy.over(server(2, 10), gpus(2, said, said), A);
        assertThat(energy.joules().optional().orElseThrow()).isEqualTo(400, EXACTLY);
        assertThat(energy.gpus().get(0).method()).isEqualTo(Method.INTEGRATED_POWER);

        String stuck = energy("GPU-a", 5);
        TokenEnergy nothing = TokenEnergy.over(server(2, 10), gpus(2, stuck, stuck), A);
        assertThat(absent(nothing.joules()).detail())
                .isEqualTo("GPU-a: its energy counter has not moved, and its power was told 0 time(s)");
        assertThat(nothing.gpus().get(0).method()).isEqualTo(Method.NONE);
    }

    @Test
    void whereTheGpuTellsNeitherThereIsAReasonAndNoNumber() {
        String said = "# TYPE nvml_temperature_celsius gauge\nnvml_temperature_celsius{gpu=\"0\",uuid=\"GPU-a\"} 40\n";
        TokenEnergy energy = TokenEnergy.over(server(2, 10), gpus(2, said, said), A);
        assertThat(energy.perToken().optional()).isEmpty();
        assertThat(absent(energy.perToken()).detail()).startsWith("GPU-a: ");
        assertThat(absent(energy.perToken()).metric()).isEqualTo(EnergyMetrics.PER_TOKEN);
        assertThat(energy.watts()).isInstanceOf(Reading.Absent.class);
        assertThat(energy.tokens().optional()).contains(10.0);
    }

    @Test
    void oneGpuWithoutAnAnswerLeavesNoSum() {
        Placement both = Placement.chosen(List.of("GPU-a", "GPU-gone"));
        TokenEnergy energy = TokenEnergy.over(server(2, 10), gpus(2, energy("GPU-a", 1), energy("GPU-a", 9)), both);
        assertThat(absent(energy.perToken()).detail()).startsWith("GPU-gone: ");
        assertThat(energy.gpus().get(0).joules().optional().orElseThrow()).isEqualTo(8, EXACTLY);
    }

    @Test
    void stretchesWithoutPowerAreToldOf() {
        Snapshots nvml = Snapshots.nvml();
        Window gpus = Window.over(List.of(
                nvml.at(0, power("GPU-a", 100)),
                nvml.at(2, power("GPU-a", 100)),
                nvml.at(4, energy("GPU-b", 1)),
                nvml.at(10, energy("GPU-b", 1))));
        TokenEnergy energy = TokenEnergy.over(server(10, 10), gpus, A);
        assertThat(energy.gpus().get(0).joules().provenance().note())
                .isEqualTo("integrated over 2 readings of the power, which is known for 2.0 of 10.0 s");
    }

    @Test
    void theEnergyOfADeviceIsNotSplitBetweenItsParts() {
        Window gpus = gpus(10, energy("GPU-a", 0), energy("GPU-a", 700));
        Placement part = new Placement.Known(
                List.of(new UsedGpu("GPU-a", List.of("3"), List.of(101L), List.of("4", "5"), List.of())));
        TokenEnergy energy = TokenEnergy.over(server(10, 1000), gpus, part);
        assertThat(absent(energy.perToken()).reason()).isEqualTo(Absence.NOT_SUPPORTED);
        assertThat(absent(energy.perToken()).detail())
                .isEqualTo("GPU-a serves others too, MIG instances 4, 5; energy is told of whole devices, so it is less"
                        + " than 0.7000 J for a token");
        assertThat(energy.perTokenAtMost().optional().orElseThrow()).isEqualTo(0.7, EXACTLY);

        Placement whole = new Placement.Known(
                List.of(new UsedGpu("GPU-a", List.of("3", "4", "5"), List.of(101L), List.of(), List.of())));
        assertThat(TokenEnergy.over(server(10, 1000), gpus, whole).perToken().optional())
                .isPresent();
    }

    @Test
    void theEnergyOfADeviceIsNotSplitBetweenProcesses() {
        Placement shared =
                new Placement.Known(List.of(new UsedGpu("GPU-a", List.of(), List.of(101L), List.of(), List.of(200L))));
        TokenEnergy energy =
                TokenEnergy.over(server(10, 1000), gpus(10, energy("GPU-a", 0), energy("GPU-a", 700)), shared);
        assertThat(absent(energy.perToken()).detail()).startsWith("GPU-a serves others too, processes 200; ");
    }

    @Test
    void withoutATokenNothingWasObserved() {
        TokenEnergy energy = TokenEnergy.over(server(2, 0), gpus(2, energy("GPU-a", 1), energy("GPU-a", 9)), A);
        assertThat(energy.perToken()).isInstanceOf(Reading.NoObservations.class);
        assertThat(energy.joules().optional()).isPresent();
    }

    @Test
    void aServerThatDoesNotCountTokensSaysWhy() {
        Snapshots vllm = Snapshots.vllm();
        String other = "# TYPE vllm:num_requests_running gauge\nvllm:num_requests_running{engine=\"0\"} 1\n";
        Window server = Window.between(vllm.at(0, other), vllm.at(2, other));
        TokenEnergy energy = TokenEnergy.over(server, gpus(2, energy("GPU-a", 1), energy("GPU-a", 9)), A);
        assertThat(absent(energy.perToken()).detail()).startsWith("generated tokens: ");
    }

    @Test
    void whereTheGpusAreNotKnownTheReasonStandsInEveryPlace() {
        Placement unknown = new Placement.Unknown(Placement.Reason.NO_PERMISSION, "may not look");
        TokenEnergy energy = TokenEnergy.over(server(2, 10), gpus(2, energy("GPU-a", 1), energy("GPU-a", 9)), unknown);
        assertThat(absent(energy.perToken()).reason()).isEqualTo(Absence.NO_PERMISSION);
        assertThat(absent(energy.joules()).detail()).isEqualTo("may not look");
        assertThat(energy.gpus()).isEmpty();
        assertThat(energy.perToken().optional()).isEmpty();

        Placement elsewhere = new Placement.Unknown(Placement.Reason.NOT_HERE, "is not here");
        assertThat(absent(TokenEnergy.over(server(2, 10), gpus(2, "", ""), elsewhere)
                                .watts())
                        .reason())
                .isEqualTo(Absence.UNKNOWN);
    }

    @Test
    void whatStartedAgainIsToldOfWhereItCounts() {
        Snapshots vllm = Snapshots.vllm();
        Window server = Window.over(List.of(vllm.at(0, tokens(500)), vllm.at(1, tokens(10)), vllm.at(2, tokens(20))));
        String again = energy("GPU-a", 3) + "nvml_energy_millijoules_total{gpu=\"1\",uuid=\"GPU-b\"} 3\n";
        String before = energy("GPU-a", 5000) + "nvml_energy_millijoules_total{gpu=\"1\",uuid=\"GPU-b\"} 5000\n";
        TokenEnergy energy = TokenEnergy.over(server, gpus(2, before, again), A);
        assertThat(energy.resets())
                .extracting(Reset::family)
                .containsExactly("vllm:generation_tokens_total", "nvml_energy_millijoules_total");
        assertThat(energy.perToken().provenance().note()).contains("started again");
        assertThat(energy.joules().optional().orElseThrow()).isEqualTo(3, EXACTLY);
    }

    @Test
    void windowsOfDifferentLengthAreComparedByTheSecond() {
        TokenEnergy energy = TokenEnergy.over(server(5, 50), gpus(10, energy("GPU-a", 0), energy("GPU-a", 100)), A);
        // 10 W and 10 tokens a second
        assertThat(energy.perToken().optional().orElseThrow()).isEqualTo(1, EXACTLY);
        assertThat(energy.perToken().provenance().note())
                .contains("the windows of the server and of the GPUs have only 5.0 of 10.0 s in common");
    }

    @Test
    void withoutTimesEnergyIsDividedByTokensAsTheyAre() {
        Snapshots vllm = Snapshots.vllm();
        Snapshots nvml = Snapshots.nvml();
        Window server = Window.untimed(vllm.at(0, tokens(0)), vllm.at(0, tokens(50)));
        Window gpus = Window.untimed(nvml.at(0, energy("GPU-a", 0)), nvml.at(0, energy("GPU-a", 100)));
        TokenEnergy energy = TokenEnergy.over(server, gpus, A);
        assertThat(energy.perToken().optional().orElseThrow()).isEqualTo(2, EXACTLY);
        assertThat(absent(energy.watts()).reason()).isEqualTo(Absence.NO_TIME_BETWEEN);
    }

    @Test
    void aSimulatedServerAndItsExporterAgreeWithTheirOwnTotals() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
        InstantSource clock = now::get;
        SimulatedEngine vllm = SimulatedEngine.vllm().clock(clock).seed(3).busy();
        SimulatedEngine dcgm =
                SimulatedEngine.dcgmExporter(2).clock(clock).seed(3).busy();
        List<MetricsSnapshot> servers = new ArrayList<>();
        List<MetricsSnapshot> exporters = new ArrayList<>();
        Snapshots serverReads = Snapshots.vllm();
        Snapshots gpuReads = Snapshots.dcgm();
        for (int second = 0; second <= 60; second++) {
            servers.add(serverReads.at(second, vllm.metricsText()));
            exporters.add(gpuReads.at(second, dcgm.metricsText()));
            now.set(now.get().plus(Duration.ofSeconds(1)));
        }
        Placement all = Placement.chosen(exporters.get(60).devices().keySet());
        TokenEnergy energy = TokenEnergy.over(Window.over(servers), Window.over(exporters), all);
        double tokens = energy.tokens().optional().orElseThrow();
        double joules = energy.joules().optional().orElseThrow();
        assertThat(energy.gpus()).hasSize(2).allMatch(gpu -> gpu.method() == Method.COUNTER);
        assertThat(energy.perToken().optional().orElseThrow()).isEqualTo(joules / tokens, EXACTLY);
        assertThat(energy.watts().optional().orElseThrow()).isBetween(2 * 75.0, 2 * 700.0);
    }
}
