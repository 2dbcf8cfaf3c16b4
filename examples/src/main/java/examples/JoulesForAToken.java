package examples;

import io.inferencemetrics.Collector;
import io.inferencemetrics.Collectors;
import io.inferencemetrics.energy.GpuFinder;
import io.inferencemetrics.energy.Placement;
import io.inferencemetrics.energy.TokenEnergy;
import io.inferencemetrics.snapshot.MetricsSnapshot;
import io.inferencemetrics.window.Window;

/** Finds the GPUs that serve a server, and says how many joules they take for a token. */
public final class JoulesForAToken {
    private JoulesForAToken() {}

    /** Takes the server's address and that of a dcgm-exporter; without one the GPUs of this machine are read in process. */
    public static void main(String[] arguments) throws InterruptedException {
        String address = arguments[0];
        try (Collector server = Collectors.forEngine("vllm").at(address);
                Collector gpus = arguments.length < 2
                        ? Collectors.forGpu("nvml").open()
                        : Collectors.forGpu("dcgm").at(arguments[1])) {
            MetricsSnapshot gpusThen = gpus.collect();
            MetricsSnapshot serverThen = server.collect();
            Thread.sleep(1_000); // longer for an answer that means something: at least some requests' length
            MetricsSnapshot gpusNow = gpus.collect();
            MetricsSnapshot serverNow = server.collect();

            Placement placement = new GpuFinder().find(address, gpusNow);
            if (placement instanceof Placement.Unknown unknown) {
                System.out.println("all GPUs are taken for the server's: " + unknown.detail());
                placement = Placement.chosen(gpusNow.devices().keySet());
            }
            TokenEnergy energy = TokenEnergy.over(
                    Window.between(serverThen, serverNow), Window.between(gpusThen, gpusNow), placement);
            System.out.println("joules for a token " + energy.perToken().optional().orElse(Double.NaN));
            energy.gpus().forEach(gpu -> System.out.println(gpu.gpu().id() + " by " + gpu.method()));
        }
    }
}
